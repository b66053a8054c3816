import { csvFormat } from './derived/csv.ts';
import type { DerivedFormat } from './derived/derived-format.ts';
import { fhirFormat } from './derived/fhir.ts';

/** The files of an export; `manifest.json` describes them. */
export const exportFiles = {
  events: 'events.jsonl',
  checkpoints: 'checkpoints.jsonl',
  unproven: 'unproven.jsonl',
} as const;

/** Forms of the events for other programs: made from them, so that a verifier makes them again and compares. */
export const derivedFormats: readonly DerivedFormat[] = [csvFormat, fhirFormat];
