import type { ServerResponse } from 'node:http';
import type { Problem } from './problem.ts';
import type { RequestContext } from './request-context.ts';
import type { LinesReply } from './route.ts';

export interface Responder {
  /** @param body undefined for an answer without one */
  json(response: ServerResponse, context: RequestContext, status: number, body: unknown): void;
  /**
   * Sends lines as they are made and no faster than the client reads them. Resolves when they are sent or the client is
   * gone.
   */
  lines(response: ServerResponse, context: RequestContext, reply: LinesReply): Promise<void>;
  /** Sends JSON that was written before: many clients share one copy. */
  document(response: ServerResponse, context: RequestContext, json: Buffer): void;
  /** Sends a problem as RFC 9457 has it, and notes its code as the reason of the request. */
  problem(response: ServerResponse, context: RequestContext, problem: Problem): void;
}

export interface ResponderOptions {
  /** Sent with every answer, as name, value, name, value. */
  readonly headers: readonly string[];
  /** True once the process is stopping: each answer then asks the client to open no further request here. */
  readonly draining: () => boolean;
}

/**
 * Writes answers with one raw `writeHead`. Measured end to end, `res.json` (negotiation, an ETag by SHA-1, a freshness
 * check) costs 18 % of the throughput, and setting headers one by one as much again.
 */
export function createResponder({ headers: always, draining }: ResponderOptions): Responder {
  const headOf = (context: RequestContext, headers: readonly string[]): string[] => {
    const all = [...always, 'X-Request-Id', context.requestId, ...context.headers, ...headers];
    // A client that got no 100 (Continue) may send its body or not: only a new connection is unambiguous.
    const uninvited = context.expectsContinue && !context.invited;
    if ((draining() || uninvited) && !headers.includes('Connection')) all.push('Connection', 'close');
    return all;
  };
  const send = (
    response: ServerResponse,
    context: RequestContext,
    status: number,
    type: string,
    body: string | Buffer | undefined,
    headers: readonly string[],
  ) => {
    if (response.headersSent || response.destroyed) return;
    const length = body === undefined ? [] : ['Content-Type', type, 'Content-Length', String(Buffer.byteLength(body))];
    response.writeHead(status, [...headOf(context, headers), ...length]);
    response.end(body);
  };
  return {
    json(response, context, status, body) {
      const text = body === undefined ? undefined : JSON.stringify(body);
      send(response, context, status, 'application/json; charset=utf-8', text, []);
    },
    async lines(response, context, { lines, fileName }) {
      const begin = () => {
        if (response.headersSent) return;
        const disposition = `attachment; filename="${fileName}"`;
        const headers = ['Content-Type', 'application/x-ndjson', 'Content-Disposition', disposition];
        response.writeHead(200, headOf(context, headers));
      };
      try {
        for await (const line of lines) {
          if (response.destroyed) return;
          begin();
          if (!response.write(line) && !(await drained(response))) return;
        }
      } catch (error) {
        // The status is already sent. Cutting the answer off shows the client that it is incomplete.
        if (response.headersSent) response.destroy();
        throw error;
      }
      if (response.destroyed) return;
      begin();
      response.end();
    },
    document(response, context, json) {
      send(response, context, 200, 'application/json; charset=utf-8', json, []);
    },
    problem(response, context, problem) {
      context.reason = problem.code;
      const headers = Object.entries(problem.headers).flat();
      const body = JSON.stringify(problem.toBody(context.requestId));
      send(response, context, problem.status, 'application/problem+json', body, headers);
    },
  };
}

/** How long a client may take to read what waits for it before more is made, in ms. */
const longestWait = 60_000;

/** Resolves when the client has read what was written; to false when it disconnected, or was too slow and was cut off. */
function drained(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (read: boolean) => {
      clearTimeout(timer);
      response.off('drain', onDrain).off('close', onClose);
      resolve(read);
    };
    const onDrain = () => end(true);
    const onClose = () => end(false);
    const timer = setTimeout(() => response.destroy(), longestWait);
    response.once('drain', onDrain).once('close', onClose);
  });
}
