import type { AnalysisView } from '../api/types.ts';
import type { Place } from '../text/split.ts';
import { type Abnormal, abnormalOf, codeStatusNames, drugDetail, oneLine, readable } from './items.ts';

type V2 = AnalysisView['v2'];
type Test = V2['tests'][number];

/** A line of "in one look", which leads to its words. */
export interface LookLine extends Place {
  readonly key: string;
  /** Item that a click selects; undefined for a sentence. */
  readonly item: string | undefined;
  readonly lead: string;
  readonly rest: string | undefined;
  readonly abnormal?: Abnormal;
}

export interface OneLook {
  readonly codeStatus: readonly LookLine[];
  readonly abnormal: readonly LookLine[];
  readonly allergies: readonly LookLine[];
  readonly drugChanges: readonly LookLine[];
  readonly plan: readonly LookLine[];
  readonly followUp: readonly LookLine[];
}

const changes: ReadonlySet<string> = new Set(['new', 'changed', 'stopped', 'held', 'planned', 'refused', 'not-given']);

/** What a clinician looks for in the first seconds. */
export function oneLookOf(v2: V2): OneLook {
  const line = (
    { id, start, end }: Place & { readonly id: string },
    lead: string,
    rest?: string,
    abnormal?: Abnormal,
  ): LookLine => ({ key: id, item: id, start, end, lead, rest: rest || undefined, abnormal });

  const followUp = v2.follow_up.map((one) => line(one, oneLine(one.text), `(${readable(one.kind)})`));

  return {
    codeStatus: v2.code_status.map((one) => line(one, oneLine(one.text), codeStatusNames[one.value])),
    abnormal: v2.tests.flatMap((one) => {
      const newest = one.values.find((value) => value.newest);
      const abnormal = newest && abnormalOf(newest);
      if (newest === undefined || abnormal === undefined) return [];
      const baseline = one.values.find((value) => value.baseline && value !== newest);
      return [line(one, valueText(one, newest), baseline && `baseline ${oneLine(baseline.text.text)}`, abnormal)];
    }),
    // A sentence about allergies of which no allergy was read is quoted: leaving it out would be worse than repeating it.
    allergies: [
      ...v2.allergies
        .filter(({ subject, status }) => subject === 'patient' && status === 'active')
        .map((one) => {
          if (one.none !== null) return line(one, capital(readable(one.none)));
          const reactions = one.reactions.map(({ text }) => oneLine(text)).join(', ');
          const kind = one.kind === 'unknown' ? '' : one.kind;
          return line(one, capital(one.substance ?? oneLine(one.text)), [kind, reactions].filter(Boolean).join(': '));
        }),
      ...sentencesOf(v2, 'allergy', v2.allergies),
    ],
    drugChanges: lastOfEach(
      v2.medications.filter(({ status, subject }) => subject === 'patient' && changes.has(status)),
      ({ name, status }) => `${name} ${status}`,
    ).map((one) => line(one, capital(one.name), [readable(one.status), drugDetail(one)].filter(Boolean).join(': '))),
    plan: sentencesOf(v2, 'plan', [...v2.follow_up, ...v2.code_status]),
    followUp,
  };
}

/** Sentences that the summary kept for a reason, without those of which the mentions say the same. */
function sentencesOf(
  v2: V2,
  reason: V2['summary']['sentences'][number]['reasons'][number],
  mentions: readonly Place[],
): LookLine[] {
  return v2.summary.sentences
    .filter(({ reasons }) => reasons.includes(reason))
    .filter((sentence) => !mentions.some(({ start, end }) => start < sentence.end && end > sentence.start))
    .map(({ start, end, text }) => ({
      key: `s${start}`,
      item: undefined,
      start,
      end,
      lead: oneLine(text).replace(/^(?:\d+[.)]|[-*•])\s+/, ''),
      rest: undefined,
    }));
}

/** The note's own words up to the value, where they are short; otherwise the name and the value. */
function valueText({ start, text, name }: Test, newest: Test['values'][number]): string {
  const words = oneLine(text.slice(0, newest.text.end - start));
  return capital(words.length <= 32 ? words : `${name} ${oneLine(newest.text.text)}`);
}

/** The last mention of each says most: the course is told before the list at discharge. */
function lastOfEach<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
