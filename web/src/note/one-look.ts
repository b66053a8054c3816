import type { AnalysisView } from '../api/types.ts';
import type { Place } from '../text/split.ts';
import { type Abnormal, abnormalOf, codeStatusNames, drugDetail, followUpName, oneLine, readable } from './items.ts';

type V2 = AnalysisView['v2'];
type Test = V2['tests'][number];
type Medication = V2['medications'][number];

/** A line of "in one look", which leads to its words. */
export interface LookLine extends Place {
  readonly key: string;
  /** Item that a click selects; undefined for a sentence. */
  readonly item: string | undefined;
  readonly lead: string;
  readonly rest: string | undefined;
  readonly abnormal?: Abnormal | undefined;
}

/** Lines with a name in common: the values of one test, or the drugs with one kind of change. */
export interface LookGroup {
  readonly name: string;
  readonly lines: readonly LookLine[];
  /** Values that the note has before those. */
  readonly earlier: number;
}

export interface OneLook {
  readonly codeStatus: readonly LookLine[];
  readonly abnormal: readonly LookGroup[];
  readonly allergies: readonly LookLine[];
  readonly drugChanges: readonly LookGroup[];
  readonly plan: readonly LookLine[];
  readonly followUp: readonly LookLine[];
}

/** In the order in which they are shown. */
const changes: readonly Medication['status'][] = [
  'new',
  'changed',
  'stopped',
  'held',
  'planned',
  'refused',
  'not-given',
];

/** What a clinician looks for in the first seconds. */
export function oneLookOf(v2: V2, note: string): OneLook {
  return {
    codeStatus: lastOfEach(
      v2.code_status.map((one) => {
        // The whole sentence: it can be about somebody else.
        const { start, end } = v2.structure.items[one.item] ?? one;
        return line(
          one,
          capital(codeStatusNames[one.value]),
          shortened(oneLine(note.slice(start, end)).replace(/^(?:code|resuscitation) status:? /i, '')),
        );
      }),
      ({ lead, rest }) => `${lead} ${rest}`,
    ),
    abnormal: abnormalIn(v2.tests),
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
    drugChanges: changesIn(v2.medications),
    plan: lastOfEach(sentencesOf(v2, 'plan', [...v2.follow_up, ...v2.code_status]), wordsOf),
    followUp: lastOfEach(
      v2.follow_up.map((one) => line(one, capital(oneLine(one.text)), `(${followUpName(one.kind)})`)),
      wordsOf,
    ),
  };
}

const line = (
  { id, start, end }: Place & { readonly id: string },
  lead: string,
  rest?: string,
  abnormal?: Abnormal,
): LookLine => ({ key: id, item: id, start, end, lead, rest: rest || undefined, abnormal });

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
      lead: oneLine(text).replace(/^(?:(?:\d+[.)]|[-*•]|plan:)\s+)+/i, ''),
      rest: undefined,
    }));
}

/**
 * Tests with an abnormal value, each once: a value of the day of admission beside that of today says more than either.
 * The values are in the order of the note, those of one statement from the oldest to the newest.
 */
function abnormalIn(tests: readonly Test[]): LookGroup[] {
  const shown = 4;
  return [...Map.groupBy(tests, ({ name }) => name).values()]
    .filter((group) => group.some((one) => one.values.some((value) => value.newest && abnormalOf(value))))
    .map((group) => {
      const name = shortNameOf(group);
      const values = withoutRepeats(group.flatMap((one) => valuesOf(one, name)));
      const recent = values.slice(-shown);
      const lines = recent.some((one) => one.abnormal)
        ? recent
        : [values.findLast((one) => one.abnormal)!, ...recent.slice(1)];
      return { name, lines, earlier: values.length - lines.length };
    });
}

function valuesOf(one: Test, name: string): LookLine[] {
  const first = one.values[0];
  // Such as "peaked at"; another name of the test says nothing.
  const between = first === undefined ? '' : withoutStart(namePart(one, first), [name, one.name]);
  const words = between.includes(' ') ? between : '';
  return one.values
    .toSorted((a, b) => Number(a.newest) - Number(b.newest))
    .map((value) => {
      const before = value.baseline ? 'baseline' : value === first ? words : '';
      const abnormal = value.baseline ? undefined : abnormalOf(value);
      const lead = [before, oneLine(value.text.text)].filter(Boolean).join(' ');
      return { ...line(one, lead, undefined, abnormal), key: `${one.id}-${value.text.start}` };
    });
}

/** The shortest name that the note itself has for a test. */
function shortNameOf(group: readonly Test[]): string {
  const names = group.flatMap((one) => (one.values[0] ? [namePart(one, one.values[0])] : []));
  const [short] = names.filter((name) => name !== '').toSorted((a, b) => a.length - b.length);
  return capital(short !== undefined && short.length <= 24 ? short : group[0]!.name);
}

const namePart = ({ start, text }: Test, { text: value }: Test['values'][number]): string =>
  oneLine(text.slice(0, Math.max(0, value.start - start))).replace(/(?: (?:is|was|of)| ?[:=])$/i, '');

const withoutStart = (text: string, starts: readonly string[]): string => {
  const start = starts.find((one) => text.toLowerCase().startsWith(one.toLowerCase())) ?? '';
  return text.slice(start.length).trim();
};

const withoutRepeats = (lines: readonly LookLine[]): LookLine[] =>
  lines.filter(({ lead }, index) => lead !== lines[index + 1]?.lead);

/** Each drug once, with its last change in the note; a planned change is listed beside one that was made. */
function changesIn(medications: readonly Medication[]): LookGroup[] {
  const changed = lastOfEach(
    medications.filter(({ status, subject }) => subject === 'patient' && changes.includes(status)),
    ({ name, status }) => `${name} ${status === 'planned'}`,
  );
  return changes.flatMap((status) => {
    const lines = changed
      .filter((one) => one.status === status)
      .map((one) => line(one, capital(oneLine(one.text)), drugDetail(one)));
    return lines.length > 0 ? [{ name: readable(status), lines, earlier: 0 }] : [];
  });
}

/** The last mention of each says most: the course is told before the list at discharge. */
function lastOfEach<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const last = new Map<string, T>();
  for (const one of all) {
    last.delete(keyOf(one));
    last.set(keyOf(one), one);
  }
  return [...last.values()];
}

const wordsOf = ({ lead }: LookLine): string => lead.toLowerCase().replace(/[.;]$/, '');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const shortened = (text: string): string => (text.length > 140 ? `${text.slice(0, 139).trimEnd()}…` : text);
