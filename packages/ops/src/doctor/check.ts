import type { StackResource } from '../aws/stack-resources.ts';
import type { OpsContext } from '../context.ts';
import type { StackView } from '../rollout/stack.ts';

/** What one look found. */
export interface Diagnosis {
  readonly state: 'ok' | 'fault' | 'unknown';
  readonly saw: string;
  /** What a person does about it: a command wherever there is one. */
  readonly fix?: string;
}

export const stackParts = ['audit', 'network', 'registry', 'database', 'tasks', 'service', 'monitoring'] as const;
export type StackPart = (typeof stackParts)[number];

/** What the checks look with; each stack is asked for once. */
export interface CheckInput {
  readonly context: OpsContext;
  /** Of the credentials. */
  readonly account: string;

  /** Undefined if it is not deployed. */
  stack(part: StackPart): Promise<StackView | undefined>;

  /** @throws Unknown if the stack is not deployed */
  resources(part: StackPart, type: string): Promise<StackResource[]>;

  /** Addresses of a name in the DNS; none if there is no such name. */
  resolve(name: string): Promise<readonly string[]>;
}

export interface DoctorCheck {
  readonly name: string;
  /** Only reads. @throws Unknown when the result is unknown; errors of AWS count as unknown, too */
  run(input: CheckInput): Promise<Diagnosis>;
}

/** The result is unknown, with the reason: never a pass. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
  readonly fix: string | undefined;

  constructor(why: string, fix?: string) {
    super(why);
    this.fix = fix;
  }
}

const marks = { ok: 'ok   ', fault: 'FAULT', unknown: '?    ' } as const;

/** Findings for people, each with what it is about, and what to do below it. */
export function findingLines(findings: readonly (readonly [about: string, found: Diagnosis])[]): string[] {
  const width = Math.max(...findings.map(([about]) => about.length));
  return findings.flatMap(([about, { state, saw, fix }]) => [
    `${marks[state]}  ${about.padEnd(width)}  ${saw}`,
    ...(fix ? [`       ${''.padEnd(width)}  -> ${fix}`] : []),
  ]);
}

export const ok = (saw: string): Diagnosis => ({ state: 'ok', saw });
export const fault = (saw: string, fix: string): Diagnosis => ({ state: 'fault', saw, fix });

export const deployCommand = ({ stage }: Pick<OpsContext, 'stage'>): string => `npm run deploy -- --stage ${stage}`;
