import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';

type Answer = (error: NodeJS.ErrnoException | null, address: string, family: number) => void;

/** Form in which a datagram socket looks names up. */
export type SocketLookup = (hostname: string, options: unknown, answer: Answer) => void;

/** How long an address is used, and how long a name that cannot be resolved is left alone, in milliseconds. */
const KEPT = 60_000;
const RETRY = 30_000;

/**
 * Looks up the name of an agent once at a time, and remembers a failure as well.
 *
 * Without it every datagram to a name that cannot be resolved occupies a thread of libuv's pool of four for as long
 * as the resolver's timeout, and file access, crypto and the database's own look-ups queue behind it (seen with
 * hot-shots 17.1 and `cacheDns`).
 */
export function createAgentLookup(resolve: typeof lookup = lookup): SocketLookup {
  let answered = Number.NEGATIVE_INFINITY;
  let error: NodeJS.ErrnoException | null = null;
  let found: LookupAddress = { address: '', family: 0 };
  let waiting: Answer[] | undefined;

  return (hostname, _options, answer) => {
    const family = isIP(hostname);
    if (family !== 0) return answer(null, hostname, family);
    if (performance.now() - answered < (error === null ? KEPT : RETRY)) {
      return answer(error, found.address, found.family);
    }
    if (waiting !== undefined) {
      waiting.push(answer);
      return undefined;
    }
    const asked = [answer];
    waiting = asked;
    // The socket is a udp4 one for any name.
    return resolve(hostname, { family: 4 }, (failure, address, answeredFamily) => {
      answered = performance.now();
      error = failure;
      found = { address, family: answeredFamily };
      waiting = undefined;
      for (const each of asked) each(error, found.address, found.family);
    });
  };
}
