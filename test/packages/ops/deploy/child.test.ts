import { runChild } from '@healthcare-ai/ops/deploy/child';

const never = new AbortController().signal;
const node = (script: string, more: Partial<Parameters<typeof runChild>[2]> = {}) =>
  runChild(process.execPath, ['-e', script], { signal: never, timeoutMs: 20_000, env: process.env, ...more });

describe('A program that a deploy runs', () => {
  it('returns its lines as they come, and its exit code', async () => {
    const seen: string[] = [];
    const script = 'console.log("one"); console.error("two"); process.exitCode = 3';
    const { code, lines } = await node(script, { onLine: (line) => void seen.push(line) });
    expect(code).toBe(3);
    expect([...lines].sort()).toEqual(['one', 'two']);
    expect(seen).toEqual(lines);
  });

  it('is stopped when it takes too long, and the line says how long it had', async () => {
    await expect(node('setInterval(() => {}, 1000)', { timeoutMs: 300 })).rejects.toThrow(/took longer than/);
  });

  it('is stopped by Ctrl-C', async () => {
    const controller = new AbortController();
    const running = node('setInterval(() => {}, 1000)', { signal: controller.signal });
    setTimeout(() => controller.abort(new DOMException('interrupted', 'AbortError')), 100);
    await expect(running).rejects.toThrow('interrupted');
  });

  it('is reported when it is not installed', async () => {
    const missing = runChild('no-such-program', [], { signal: never, timeoutMs: 1000, env: { PATH: '/nowhere' } });
    await expect(missing).rejects.toThrow(
      'no-such-program could not be started (ENOENT). Is it installed and on PATH?',
    );
  });
});
