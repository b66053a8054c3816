import type { Output } from '../output.ts';
import { readableTime } from '../wait.ts';

/** What a step found, and what it makes of it. */
export interface Plan {
  /** The state as it is, in words. */
  readonly sees: string;

  /** What is going to change; undefined when there is nothing left to do. */
  readonly will?: string;

  /** Changes it. @returns what was done, in words */
  readonly act?: () => Promise<string>;
}

/** A part of a deploy. Stateless: `look` reads the state from AWS, so an interrupted deploy can be resumed. */
export interface Step {
  readonly title: string;

  /** In what state an interruption of this step leaves things. */
  readonly interrupted: string;
  look(): Promise<Plan>;
}

export interface StepRecord {
  readonly step: string;
  readonly sees: string;
  readonly will?: string;
  readonly did?: string;
  readonly seconds: number;
}

export interface RunStepsOptions {
  readonly output: Pick<Output, 'progress'>;

  /** Called with the state in which the command leaves the stage. */
  readonly state: (text: string) => void;

  /** Asked once, before the first change. */
  readonly confirm: () => Promise<void>;
  readonly now: () => number;
}

/** Takes the steps one after the other, and shows of each what it sees, will do and did. The first failure ends it. */
export async function runSteps(steps: readonly Step[], options: RunStepsOptions): Promise<StepRecord[]> {
  const { output, state, confirm, now } = options;
  const records: StepRecord[] = [];
  let asked = false;
  for (const [index, step] of steps.entries()) {
    const started = now();
    const seconds = () => Math.round((now() - started) / 100) / 10;
    state(step.interrupted);
    output.progress(`[${index + 1}/${steps.length}] ${step.title}`);
    const { sees, will, act } = await step.look();
    output.progress(`  sees  ${sees}`);
    if (act === undefined) {
      output.progress('  done  nothing to do');
      records.push({ step: step.title, sees, seconds: seconds() });
      continue;
    }
    output.progress(`  will  ${will}`);
    if (!asked) await confirm();
    asked = true;
    const did = await act();
    output.progress(`  did   ${did} (${readableTime(now() - started)})`);
    records.push({ step: step.title, sees, will, did, seconds: seconds() });
  }
  return records;
}
