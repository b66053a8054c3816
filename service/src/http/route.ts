import type { IncomingHttpHeaders } from 'node:http';
import type { AuditAction } from '@healthcare-ai/audit-trail/format/event';
import type * as z from 'zod';
import type { Permission } from '../identity/roles.ts';
import type { Actor } from '../notes/actor.ts';
import type { RequestContext } from './request-context.ts';
import type { KnownNames } from './unknown-names.ts';

/** What a handler is given: everything about the request that was checked, and nothing that was not. */
export interface Call<Body = unknown> {
  readonly actor: Actor;
  readonly body: Body;
  /** Path parameters that have the form of a UUID; others never reach a handler. */
  readonly params: Readonly<Record<string, string>>;
  /** The flags that the route documents, by name. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** The raw query string, without `?`; read it with `queryCursor`. */
  readonly query: string;
  /** Undefined where none was sent, and on routes that are not idempotent. */
  readonly idempotencyKey: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly context: RequestContext;
}

export interface Reply {
  readonly status: number;
  /** Undefined with 204. */
  readonly body: unknown;
}

/** A long answer, written as it is made: status 200, one JSON value a line (https://github.com/ndjson/ndjson-spec). */
export interface LinesReply {
  /** Lines with their line breaks. What throws before the first of them is answered as a problem. */
  readonly lines: AsyncIterable<string>;
  /** Name of the file that a browser stores it in. */
  readonly fileName: string;
}

/** Documentation of a route in the OpenAPI document. */
export interface RouteDocumentation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** Schema of the answer with status 200. */
  readonly response?: z.ZodType;

  /**
   * Media type of the answer with status 200.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;

  /**
   * What an answer with status 202 means; it has the schema of the one with 200.
   *
   * @default - it is never given
   */
  readonly accepted?: string;

  /**
   * Flags of the query, by name, with what they do.
   *
   * @default - none
   */
  readonly flags?: Readonly<Record<string, string>>;

  /**
   * Whether the query may have a `cursor`, which a page of the answer returned as `next_cursor`.
   *
   * @default false
   */
  readonly paged?: boolean;

  /**
   * Statuses of problems beyond those that every route, or every route with a body, has.
   *
   * @default - none
   */
  readonly problems?: readonly number[];
  readonly idempotent?: boolean;
}

/** What the pipeline runs. */
export interface Operation<Body = unknown> {
  readonly method: 'GET' | 'POST';
  /** In the form of OpenAPI: `/notes/{audit_id}`. */
  readonly path: string;
  /** Undefined for what every principal may do: with its own session. */
  readonly permission: Permission | undefined;
  /** What its events are called. Whatever ends without one is recorded under this name by the pipeline. */
  readonly action: AuditAction;
  readonly body?: z.ZodType<Body>;

  /**
   * What becomes of members and query parameters that the route does not know.
   *
   * @default 'refused'
   */
  readonly unknownNames?: KnownNames['others'];
  readonly documentation?: RouteDocumentation;
  handle(call: Call<Body>): Promise<Reply | LinesReply>;
}

/** A route that holds patients' data or their trail. It cannot be written without a permission and an audit action. */
export interface Route<Body = unknown> extends Operation<Body> {
  readonly permission: Permission;
  readonly documentation: RouteDocumentation;
}

/** Keeps the type of the body between schema and handler. */
export const defineRoute = <Body = undefined>(route: Route<Body>): Route => route as Route;
