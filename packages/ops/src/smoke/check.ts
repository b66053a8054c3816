import type { SmokeClient } from './client.ts';
import type { Target } from './target.ts';

/** What the checks are made with, and what earlier ones found. */
export interface SmokeContext {
  readonly target: Target;
  readonly client: SmokeClient;

  /** @default - none: checks that need it are not made */
  readonly apiKey?: string;

  /**
   * Version that the API must have.
   *
   * @default - any
   */
  readonly expectedVersion?: string;

  /** Port of plain HTTP, which must do nothing but redirect; undefined is not to be tried. */
  readonly httpPort?: number;

  /** Whether to use up the key's allowance. */
  readonly exhaustRateLimit: boolean;

  /** The note that was sent, once it was. */
  sent?: SentNote;
}

export interface SentNote {
  readonly auditId: string;
  readonly requestId: string;
  readonly patientId: string;
  readonly noteText: string;
  readonly read: boolean;
}

export interface Check {
  readonly name: string;
  /** What holds when it passes. */
  readonly claim: string;
  /** @default false */
  readonly needsKey?: boolean;
  /**
   * Resolves with what was seen when the claim holds.
   *
   * @throws CheckFailed when it does not, NotMade when that is unknown
   */
  run(world: SmokeContext): Promise<string>;
}

/** The claim does not hold. The message describes what was seen instead, in words of ours. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** The check was not possible from here, with the reason. */
export class NotMade extends Error {
  override readonly name = 'NotMade';
}

export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new CheckFailed(otherwise);
}
