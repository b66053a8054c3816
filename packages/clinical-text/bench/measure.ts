import type { Interval } from './statistics.ts';

/** One line of the report: what a system reaches at a task. */
export interface Measure {
  readonly task: string;
  /** `engine`, or the name of a baseline of the same run. */
  readonly system: string;
  readonly metric: string;
  readonly score: Interval;
  readonly precision?: Interval;
  readonly recall?: Interval;
  /** How many gold items the figure rests on. */
  readonly support: number;
}

/** What was missed, by class; examples quote the text and are shown to developers only. */
export interface ErrorClass {
  readonly task: string;
  readonly class: string;
  readonly count: number;
  readonly examples: readonly string[];
}

export interface Evaluation {
  readonly measures: readonly Measure[];
  readonly errors: readonly ErrorClass[];
  /** What a reader of the figures must know. */
  readonly notes: readonly string[];
}

const EXAMPLES = 400;

/** Gathers errors by class. */
export class ErrorLog {
  private readonly classes = new Map<string, { task: string; class: string; count: number; examples: string[] }>();

  add(task: string, errorClass: string, example: string): void {
    const key = `${task}\0${errorClass}`;
    const entry = this.classes.get(key) ?? { task, class: errorClass, count: 0, examples: [] };
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(example.replace(/\s+/g, ' '));
    this.classes.set(key, entry);
  }

  list(): ErrorClass[] {
    return [...this.classes.values()].sort((a, b) => a.task.localeCompare(b.task) || b.count - a.count);
  }
}
