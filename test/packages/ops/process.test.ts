import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** A program that says as much as this and ends, as bin/ops.ts does. */
const program = (bytes: number) => `
  import { exitAfterFlush, exitOnBrokenPipe } from ${JSON.stringify(resolve('packages/ops/src/process.ts'))};
  exitOnBrokenPipe(process);
  process.stdout.write('x'.repeat(${bytes}));
  await new Promise((later) => setTimeout(later, 300));
  process.stdout.write('end');
  process.exitCode = 1;
  await exitAfterFlush(process);
`;

function run(bytes: number) {
  const child = spawn('node', ['--input-type=module', '--eval', program(bytes)]);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, errors })) };
}

test('a long answer into a slow pipe is whole', async () => {
  const { child, ended } = run(1_000_000);
  let size = 0;
  await new Promise((later) => setTimeout(later, 1_000));
  child.stdout.on('data', (chunk) => {
    size += chunk.length;
  });
  expect(await ended).toEqual({ code: 1, errors: '' });
  expect(size).toBe(1_000_003);
});

test('a reader that goes away ends the command without a word', async () => {
  const { child, ended } = run(1_000_000);
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await ended).toEqual({ code: 141, errors: '' });
});
