import type { TokenRange } from '../document.ts';
import type { StatusEntry } from '../lexicon/medication-status.ts';
import type { MedicationStatus } from '../model.ts';

/** A drug and the end of its order, in the order of the sentence. */
export interface DrugPlace {
  readonly from: number;
  readonly to: number;
  /** The end of the last dose, route or frequency of this drug. */
  readonly end: number;
}

export interface StatusOf {
  status: MedicationStatus | null;
  readonly cues: TokenRange[];
  family: boolean;
  replaces: number | null;
  replacedBy: number | null;
}

export interface Cue extends TokenRange {
  readonly entries: readonly StatusEntry[];
}

/** Tokens from status words to their drug. */
export const REACH = 9;

export const boundary = new Set([';', '•']);
export const contrasts = new Set(['but', 'however', 'whereas', 'although', 'though']);
export const pronouns = new Set(['she', 'he', 'patient', 'pt', 'they', 'we', 'i', 'you']);
/** "On", "takes", "given": true of any drug that is not said to be stopped. */
export const isActive = (status: MedicationStatus) => status === 'active' || status === 'new' || status === 'changed';
