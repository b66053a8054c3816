import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { median, quantile } from '../statistics.ts';
import type { Load } from './load.ts';

/**
 * Sends one request again and again over raw sockets, and prints a `Load`. It looks at the status and the length of an
 * answer only: an HTTP client would take more of a core than the server under test.
 */
const [host, port, file, connections, seconds, pause] = process.argv.slice(2) as string[];
const request = readFileSync(file!);
const latencies: number[] = [];
let failed = 0;
let open = 0;
const started = performance.now();
const end = started + Number(seconds) * 1000;

function finish(): void {
  const load: Load = {
    requests: latencies.length,
    seconds: (performance.now() - started) / 1000,
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    failed,
  };
  process.stdout.write(`JSON ${JSON.stringify(load)}\n`);
}

for (let connection = 0; connection < Number(connections); connection++) {
  const socket = connect({ host: host!, port: Number(port), noDelay: true });
  let sentAt = 0;
  let answer = '';
  const next = () => {
    sentAt = performance.now();
    if (sentAt >= end) socket.end();
    else socket.write(request);
  };
  open += 1;
  socket.on('connect', next);
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    const head = answer.indexOf('\r\n\r\n');
    if (head < 0 || answer.length < head + 4 + Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0)) return;
    latencies.push(performance.now() - sentAt);
    if (!answer.startsWith('HTTP/1.1 200')) failed += 1;
    answer = '';
    const wait = Number(pause) * (0.5 + Math.random());
    if (wait > 0) setTimeout(next, wait);
    else next();
  });
  socket.on('error', () => {
    failed += 1;
  });
  socket.on('close', () => {
    open -= 1;
    if (open === 0) finish();
  });
}
