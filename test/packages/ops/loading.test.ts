import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { canaries } from './support/run-ops.ts';

/** Runs a program, and asks which clients of AWS it loaded. Nothing listens where it would look for AWS. */
async function loadedBy(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly clients: string[] }> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    // With a warm cache a process starts in half the time.
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...canaries,
  };
  const child = spawn(process.execPath, ['--require', './test/packages/ops/support/say-clients.cjs', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 60_000,
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, err] = await Promise.all([closed, text(child.stderr)]);
  return { code, clients: JSON.parse(/^clients: (.*)$/m.exec(err)![1]!) };
}

describe('The clients of AWS, which take half a second to load all together', () => {
  it.each([
    { code: 0, line: 'bin/ops.ts --help' },
    { code: 0, line: 'bin/ops.ts rollout --help' },
    { code: 2, line: 'bin/ops.ts status' },
    { code: 2, line: 'bin/ops.ts logs --stage dev --level loud' },
    { code: 2, line: 'bin/ops.ts audit verify --dir /nonexistent --public-key /nonexistent' },
    { code: 0, line: 'bin/deploy.ts --help' },
    { code: 2, line: 'bin/deploy.ts --stage dev --digest latest' },
  ])('are not loaded by "$line", which ends with $code', async ({ code, line }) => {
    expect(await loadedBy(...line.split(' '))).toEqual({ code, clients: [] });
  });

  it('are loaded for the services that a command calls, and for no other', async () => {
    expect(await loadedBy('bin/ops.ts', 'scale', '--stage', 'dev', '--min', '1', '--yes')).toEqual({
      code: 1,
      clients: ['client-application-auto-scaling'],
    });
  });
});
