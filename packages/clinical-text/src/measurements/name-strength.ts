import type { MeasurementRule } from '../lexicon/measurements.ts';
import { type Tokens, touches } from '../text/tokens.ts';
import type { Draft, Named } from './test-draft.ts';
import { isLowerCase } from './test-value.ts';
import type { ValueMention } from './value-mention.ts';

/** Tokens between two measurements of one run. */
const RUN = 12;
/** Abbreviations that are also words or other abbreviations: a neighbour or a unit has to confirm them. */
const ambiguous = new Set([
  'be',
  'map',
  'got',
  'gas',
  'news',
  'gap',
  'pt',
  'ur',
  'bm',
  'mg',
  'fe',
  'fs',
  'us',
  'rate',
  'alb',
  'lac',
  'osm',
  'bg',
  'p',
  'r',
  't',
  'mag',
  'eos',
  'pef',
  'tg',
  'ph',
  'sat',
  'bz',
  'af',
  'wt',
  'ht',
  'iron',
  'gfr',
  'ck',
  'ef',
  'base',
]);

/** Of those, the ones that need no other evidence in capitals, or with a word or mark before the value. */
const plainApart = new Set(['ph', 'map', 'ef', 'ck', 'wt', 'ht', 'sat', 'gfr']);

/**
 * Undefined: no measurement at all. True: only beside another one.
 * @param letters names of one letter
 */
export const isWeak = (
  tokens: Tokens,
  { from, to, rule, prose }: Named,
  value: ValueMention,
  letters: ReadonlyMap<string, MeasurementRule>,
): boolean | undefined => {
  if (prose) return false;
  const name = tokens.lower[from]!;
  const gap = value.from - to;
  const hyphen = gap === 1 && tokens.lower[to] === '-' && touches(tokens, to) && touches(tokens, value.from);
  const joined = hyphen || (touches(tokens, value.from) && gap === 0);
  const single = to === from + 1;
  if (single && name.length < 3 && gap > 3) return undefined;
  // "BP-120/80, T-38.4", but "T-4": a short name with a dash needs a pair, or other measurements around it.
  if (single && name.length < 3 && hyphen) return value.second === null;
  const united = value.unit !== null || value.flag !== null;
  // "CK7" is a marker, "T4" a hormone: a name that touches its value needs a run of vital signs around it.
  if (joined && name.length < 5) return true;
  if (!single) return false;
  if (name.length === 1 && (isLowerCase(tokens, from) || letters.has(name)))
    return !(rule.name === 'temperature' && !isLowerCase(tokens, from) && value.number.low! >= 34);
  // "Cytokeratin (CK) 20"
  if (tokens.lower[from - 1] === '(' && ambiguous.has(name) && !united) return true;
  if (name === 'news' && !isLowerCase(tokens, from)) return false;
  // "BM 2.9" is a glucose, "BM 2" may be of the bowels.
  if (name === 'bm' && /[.,]/.test(tokens.lower[value.from]!)) return false;
  if (united) return false;
  if (ambiguous.has(name)) return !(plainApart.has(name) && (!isLowerCase(tokens, from) || gap > 0));
  return name.length < 3 && isLowerCase(tokens, from) && gap > 0;
};

/** Drops the weak measurements of a run that have no confirming neighbour. */
export const confirm = (drafts: Draft[], first: number): void => {
  const run = drafts.splice(first);
  run.forEach((draft, index) => {
    const neighbours = [run[index - 1], run[index + 1]];
    const beside = neighbours.some(
      (other) =>
        other !== undefined &&
        other.values.length > 0 &&
        other.rule !== draft.rule &&
        (other.from >= draft.end ? other.from - draft.end : draft.from - other.end) <= RUN,
    );
    if (!draft.weak || beside) drafts.push(draft);
  });
};
