import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which systems give out ports by themselves: from 32,768 on in Linux, from 49,152 elsewhere. So
 * nobody who asks for any port, and no connection, takes this one before its server listens, or while it restarts.
 */
const [lowest, highest] = [10_000, 32_000];
/** Workers of one run of jest never draw the same: more than there are cores. */
const workers = 200;

/** A port that was free a moment ago, and that only another call of this can draw. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.JEST_WORKER_ID ?? 0) % workers;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + randomInt((highest - lowest) / workers) * workers + worker;
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
