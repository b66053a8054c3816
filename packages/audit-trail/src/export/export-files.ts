import type { EventSchema } from '../format/event.ts';
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
export const derivedFormats = (schema: EventSchema): readonly DerivedFormat[] => [csvFormat(schema), fhirFormat];

/** Files of the derived forms, and what an export may have in each: the form of its own schema or of an earlier one. */
export const derivedFiles: ReadonlyMap<string, readonly DerivedFormat[]> = Map.groupBy(
  new Set([...derivedFormats(1), ...derivedFormats(2)]),
  ({ file }) => file,
);
