import type * as z from 'zod';

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What the OpenAPI document says of one operation. */
export interface RouteDescription {
  readonly method: HttpMethod;

  /** In OpenAPI's form: `/notes/{audit_id}`. */
  readonly path: string;

  /** Unique; what generated clients call the operation. */
  readonly operationId: string;

  /** One line. */
  readonly summary: string;

  /**
   * Markdown.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Statuses of problems beyond those of every route, of routes with a credential and of routes with a body.
   *
   * @default - none
   */
  readonly problems?: readonly number[];

  /** Headings under which the operation is listed. */
  readonly tags: readonly string[];

  /**
   * Roles of which the caller needs one.
   *
   * @default - any authenticated caller, or anyone for a public route
   */
  readonly roles?: readonly string[];

  /**
   * Whether no credential is needed.
   *
   * @default false
   */
  readonly public?: boolean;

  /** @default - takes nothing */
  readonly request?: RequestDescription;

  /** By status code. What every route may answer (400, 401, 413, ...) is added by itself. */
  readonly responses: Readonly<Record<number, ResponseDescription | undefined>>;
}

export interface RequestDescription {
  /** The JSON body. */
  readonly body?: z.ZodType;

  /** Parameters of the path, by name. */
  readonly params?: z.ZodObject;

  /** Parameters of the query, by name. */
  readonly query?: z.ZodObject;

  /** Headers, by name. `Authorization` and `Content-Type` have their own places in OpenAPI. */
  readonly headers?: z.ZodObject;
}

export interface ResponseDescription {
  readonly description: string;

  /**
   * The body.
   *
   * @default - a problem (RFC 9457) when `problem` is set, otherwise none
   */
  readonly schema?: z.ZodType;

  /**
   * Whether the body is a problem.
   *
   * @default false
   */
  readonly problem?: boolean;

  /**
   * Media type of the body.
   *
   * @default - application/json, or application/problem+json
   */
  readonly contentType?: string;

  /** @default - none that are worth naming */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema?: z.ZodType }>>;
}
