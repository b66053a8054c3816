import type { Draft } from '../gates/draft.ts';

/** A change to the deployment written by hand that one policy has to refuse. */
export interface Refusal {
  readonly what: string;

  /** The resource on which the policy has to speak; empty for the deployment as a whole. */
  readonly on: string;
  readonly change: (draft: Draft) => void;
}

export type Refusals = { readonly [policy: string]: readonly Refusal[] };

export const refusal = (what: string, on: string, change: (draft: Draft) => void): Refusal => ({ what, on, change });
