import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EmbeddedEngine } from '../src/embedded-engine.ts';
import type { Dataset } from './shapes.ts';

export interface Speed {
  readonly notes: number;
  readonly charactersANote: number;
  /** By processor time, which other work on the machine does not change. */
  readonly notesPerCpuSecond: number;
  /** By the clock. */
  readonly notesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** What is reachable after a full collection, after a tenth of the notes and at the end: flat where nothing leaks. */
  readonly heapMiB: readonly [afterATenth: number, atTheEnd: number];
  /** Resident, collector's leisure included. */
  readonly residentMiB: number;
}

const SIZE = 2500;

const liveHeap = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

/** The data's own text, cut into notes of 2.5 kB. */
const notesOf = (datasets: readonly Dataset[]): string[] => {
  const text = datasets
    .flatMap((dataset) =>
      dataset.rows.map((row) => ('note_text' in row ? row.note_text : 'text' in row ? row.text : row.sentence)),
    )
    .join('\n\n');
  return Array.from({ length: Math.max(1, Math.floor(text.length / SIZE)) }, (_, at) =>
    text.slice(at * SIZE, (at + 1) * SIZE),
  );
};

/** One core, one note after the other. */
export const measureSpeed = (datasets: readonly Dataset[], engine: EmbeddedEngine, count: number): Speed => {
  const notes = notesOf(datasets);
  for (const note of notes.slice(0, 200)) engine.analyzeSync(note);
  const times = new Float64Array(count);
  const mebibytes = (bytes: number): number => Math.round((10 * bytes) / 2 ** 20) / 10;
  let afterATenth = 0;
  const start = performance.now();
  const cpu = process.cpuUsage();
  for (let at = 0; at < count; at++) {
    const before = performance.now();
    engine.analyzeSync(notes[at % notes.length]!);
    times[at] = performance.now() - before;
    if (at === Math.floor(count / 10)) afterATenth = liveHeap();
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  times.sort();
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  return {
    notes: count,
    charactersANote: SIZE,
    notesPerCpuSecond: Math.round((count * 1e6) / (user + system)),
    notesPerSecond: Math.round(count / seconds),
    p50Ms: rounded(times[Math.floor(count * 0.5)]!),
    p99Ms: rounded(times[Math.floor(count * 0.99)]!),
    residentMiB: mebibytes(process.memoryUsage().rss),
    heapMiB: [mebibytes(afterATenth), mebibytes(liveHeap())],
  };
};
