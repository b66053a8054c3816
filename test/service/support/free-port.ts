import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which systems give out ports by themselves: from 32,768 on in Linux, from 49,152 elsewhere. So
 * nobody who asks for any port, and no connection, takes this one before its server listens, or while it restarts.
 */
const [lowest, highest] = [10_000, 32_000];
/** Workers of one run of jest never draw the same: more than there are cores. */
const workers = 200;
const perWorker = (highest - lowest) / workers;
// Drawn in turn, not at random: a port whose server does not listen yet, or whose task is being replaced, looks free,
// and of 110 a dozen draws would hit one of a few such ports in one run out of many.
let turn = randomInt(perWorker);

/** A port that was free a moment ago, and that this process draws again only after all its others. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.JEST_WORKER_ID ?? 0) % workers;
  for (let attempt = 0; attempt < perWorker; attempt++) {
    turn = (turn + 1) % perWorker;
    const port = lowest + turn * workers + worker;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port between ${lowest} and ${highest} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
