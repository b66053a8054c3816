import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EmbeddedEngine } from '@healthcare-ai/clinical-text/embedded-engine';
import { ThreadedEngine, type ThreadedEngineOptions } from '../../../service/src/analysis/thread/threaded-engine.ts';
import { threadBundle } from '../support/bundle.ts';

const bundle = resolve(threadBundle);
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-thread-'));
const engines: ThreadedEngine[] = [];
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  rmSync(folder, { recursive: true, force: true });
});

const start = async (file: string, options: Partial<ThreadedEngineOptions> = {}) => {
  const engine = await ThreadedEngine.start({ file, threads: 1, ...options });
  engines.push(engine);
  return engine;
};

/** A thread that speaks the protocol, and does with a note what the note says. */
const thread = join(folder, 'thread.cjs');
writeFileSync(
  thread,
  `const { parentPort } = require('node:worker_threads');
   parentPort.on('message', ({ note }) => {
     if (note === 'loop') for (;;);
     if (note === 'exit') process.exit(3);
     if (note === 'throw') throw new Error('quotes the note');
     if (note === 'fail') parentPort.postMessage({ kind: 'failed' });
     else {
       const from = Date.now();
       const done = () => parentPort.postMessage({ kind: 'done', analysis: { note, from, to: Date.now() } });
       setTimeout(done, note === 'slow' ? 200 : 0);
     }
   });
   parentPort.postMessage({ kind: 'ready', name: 'n', version: 'v', rulePackSha256: 's' });`,
);

test('gives the analysis that the rules give without a thread', async () => {
  const rules = new EmbeddedEngine();
  const engine = await start(bundle);
  const note = 'HISTORY: Denies fever. Seen 03/14/2026.\nPLAN: metoprolol 25 mg daily.';

  const options = { mode: 'recall-first', replacement: 'surrogate', dateShiftDays: -14, surrogateSeed: 'x' } as const;

  expect(await engine.analyze(note, options)).toEqual(await rules.analyze(note, options));
  expect([engine.name, engine.version, engine.rulePackSha256]).toEqual([
    rules.name,
    rules.version,
    rules.rulePackSha256,
  ]);
});

test('reads with the site profile that it is started with', async () => {
  const profile = { wards: ['Blue Bay'] };
  const engine = await start(bundle, { site: { profile } });

  expect((await engine.analyze('Moved to blue bay.')).deidentified.text).toBe('Moved to [INSTITUTION].');
  expect(engine.rulePackSha256).toBe(new EmbeddedEngine({ profile }).rulePackSha256);
});

test('leaves the event loop free while it works', async () => {
  const engine = await start(bundle);
  const long = 'The patient denies fever and takes metoprolol 25 mg daily. '.repeat(8_000);
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 5);

  await engine.analyze(long);
  clearInterval(ticking);

  // In this thread the same would be a single turn, of about a second.
  expect(turns).toBeGreaterThan(5);
});

test.each([
  ['loop', 'timeout'],
  ['exit', 'engine-crashed'],
  ['throw', 'engine-crashed'],
  ['fail', 'engine-error'],
])('a note at which a thread must %s fails alone (%s), and the next is analysed', async (note, code) => {
  const engine = await start(thread, { timeout: 2_000 });
  const bad = engine.analyze(note);
  const next = engine.analyze('next');

  await expect(bad).rejects.toMatchObject({ name: 'AnalysisError', code });
  expect(await next).toMatchObject({ note: 'next' });
  expect(await engine.analyze('and another')).toMatchObject({ note: 'and another' });
});

test('has as many notes in work as it has threads', async () => {
  const engine = await start(thread, { threads: 2 });
  await Promise.all([engine.analyze('warm'), engine.analyze('warm')]);

  const notes = await Promise.all(['slow', 'slow', 'slow', 'slow'].map((note) => engine.analyze(note)));

  const spans = notes as unknown as { readonly from: number; readonly to: number }[];
  const inWork = spans.map(({ from }) => spans.filter((span) => span.from <= from && from < span.to).length);
  expect(Math.max(...inWork)).toBe(2);
});

test('takes nothing once it is closed', async () => {
  const engine = await start(thread);
  await engine.close();

  await expect(engine.analyze('late')).rejects.toMatchObject({ code: 'stopped' });
});
