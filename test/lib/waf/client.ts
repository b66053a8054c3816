import { Agent, type OutgoingHttpHeaders, request } from 'node:http';

export interface Sent {
  readonly method?: string;

  /** As it stands on the wire: nothing is normalized. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
}

export interface Client {
  /** The status of the answer. */
  readonly send: (sent: Sent) => Promise<number>;
  readonly close: () => void;
}

/** A client of an ordinary kind, which reuses its connections. */
export function clientOf(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const send = ({ method = 'POST', path, headers, body }: Sent): Promise<number> => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const json =
      payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path,
          headers: {
            host: 'notes.example.org',
            'user-agent': 'interface-engine/1.0',
            accept: 'application/json',
            ...json,
            ...headers,
          },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
        },
      );
      outgoing.once('error', reject);
      outgoing.end(payload);
    });
  };
  return { send, close: () => agent.destroy() };
}
