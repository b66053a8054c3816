import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchOutput } from '../../../service/src/telemetry/output.ts';

/** A stream that stands for a pipe: what is written waits until somebody reads. */
const pipe = () => new PassThrough({ highWaterMark: 16 }) as unknown as NodeJS.WriteStream;
const broken = (code: string) => Object.assign(new Error('write failed'), { code });
const soon = (promise: Promise<unknown>) => Promise.race([promise, sleep(20_000, 'not within 20 s', { ref: false })]);

test.each(['stdout', 'stderr'] as const)(
  'output is lost when %s refuses a write, and stays lost without a throw',
  async (name) => {
    const streams = { stdout: pipe(), stderr: pipe() };
    const output = watchOutput(streams);
    streams[name].emit('error', broken('EPIPE'));
    streams[name].emit('error', broken('ECONNRESET'));
    expect(await soon(output.lost)).toBe('output lost');
    expect(output.loss()).toBe(name === 'stdout' ? 'EPIPE' : undefined);
  },
);

test('output is lost when more waits for its reader than may', async () => {
  const streams = { stdout: pipe(), stderr: pipe() };
  const output = watchOutput({ ...streams, limit: 100_000 });
  for (let i = 0; i < 99; i++) streams.stdout.write('x'.repeat(1_000));
  expect(await Promise.race([output.lost, sleep(1_500, 'goes on')])).toBe('goes on');
  for (let i = 0; i < 30; i++) streams.stdout.write('x'.repeat(1_000));
  expect(await soon(output.lost)).toBe('output lost');
  expect(output.loss()).toBeUndefined();
});

test('settles when the reader has taken everything, and not before', async () => {
  const streams = { stdout: pipe(), stderr: pipe() };
  const output = watchOutput(streams);
  streams.stdout.write('x'.repeat(100_000));
  const settled = output.settled().then(() => 'settled');
  expect(await Promise.race([settled, sleep(100, 'waits')])).toBe('waits');
  (streams.stdout as unknown as PassThrough).resume();
  expect(await soon(settled)).toBe('settled');
});

test('settles when the reader is gone', async () => {
  const streams = { stdout: pipe(), stderr: pipe() };
  const output = watchOutput(streams);
  streams.stdout.write('x'.repeat(100_000));
  const settled = output.settled().then(() => 'settled');
  streams.stdout.emit('error', broken('EPIPE'));
  expect(await soon(settled)).toBe('settled');
});
