import type { AnalysisView } from '../api/types.ts';
import type { Place } from '../text/split.ts';

/** The five layers. More could not be told apart by colour (docs/page.md). */
export const groups = ['problem', 'drug', 'value', 'care', 'identifier'] as const;
export type Group = (typeof groups)[number];

/** Short, so that all fit in one row beside the note. */
export const groupNames: Readonly<Record<Group, string>> = {
  problem: 'Problems',
  drug: 'Drugs',
  value: 'Values',
  care: 'Care',
  identifier: 'Identifiers',
};

/** Headings of the list, where there is room. */
export const groupTitles: Readonly<Record<Group, string>> = {
  ...groupNames,
  drug: 'Drugs and allergies',
  care: 'Care and plan',
};

/** What the analysis says of some words of the note, in the form that text and list show. */
export interface Item extends Place {
  readonly id: string;
  readonly group: Group;
  readonly words: string;
  /** "symptom", "drug", "lab value". */
  readonly kind: string;
  /** How far it is true, and for whom: "absent", "possible", "family". Never left out where it is not simply true. */
  readonly says: readonly string[];
  /** Dose, range or due date. */
  readonly detail: string | undefined;
  readonly section: string | undefined;
  /** Short form of `says`, behind the words in the text. */
  readonly tag: string | undefined;
  /** Thin frame and muted ink: not so, or not of this patient. */
  readonly framed: boolean;
  /** Dotted line: not certain. */
  readonly doubtful: boolean;
  /** Dashed line: history. */
  readonly past: boolean;
  readonly abnormal: Abnormal | undefined;
}

export type Abnormal = 'low' | 'high' | 'critical' | 'abnormal';

type Problem = AnalysisView['v2']['problems'][number];
type Medication = AnalysisView['v2']['medications'][number];
type Regimen = Medication['steps'][number];
type Test = AnalysisView['v2']['tests'][number];
type Procedure = AnalysisView['v2']['procedures'][number];

/** Every item of an analysis, in the order of the note. */
export function itemsOf(analysis: AnalysisView): Item[] {
  const { v2, sections, phi } = analysis;
  const headingOf = (index: number | null) => {
    const section = index === null ? undefined : sections[index];
    return section && readable(section.label);
  };
  const make = (
    group: Group,
    mention: Place & { readonly id: string; readonly text: string; readonly section: number | null },
    kind: string,
    rest: Partial<Item> = {},
  ): Item => ({
    id: mention.id,
    group,
    start: mention.start,
    end: mention.end,
    words: oneLine(mention.text),
    kind,
    says: [],
    detail: undefined,
    section: headingOf(mention.section),
    tag: undefined,
    framed: false,
    doubtful: false,
    past: false,
    abnormal: undefined,
    ...rest,
  });
  return [
    ...v2.problems.map((one) => make('problem', one, one.kind, { ...assertionOf(one), detail: problemDetail(one) })),
    ...v2.medications.map((one) => make('drug', one, one.kind === 'class' ? 'drug class' : 'drug', drugOf(one))),
    ...v2.allergies.map((one) =>
      make('drug', one, one.none === null ? (one.kind === 'unknown' ? 'allergy' : one.kind) : 'allergies', {
        says: [
          ...(one.none === null ? [] : [readable(one.none)]),
          ...(one.status === 'active' ? [] : [one.status]),
          ...(one.subject === 'patient' ? [] : [one.subject]),
        ],
        detail: joined(one.reactions.map(({ text }) => oneLine(text))),
        tag: one.status === 'refuted' ? 'neg' : one.subject === 'patient' ? undefined : one.subject,
        framed: one.status === 'refuted' || one.subject !== 'patient',
        past: one.status === 'resolved',
      }),
    ),
    ...v2.tests.map((one) => make('value', one, testKinds[one.kind], testOf(one))),
    ...v2.procedures.map((one) => make('care', one, 'procedure', procedureOf(one))),
    ...v2.devices.map((one) =>
      make('care', one, 'device', {
        says: one.status === 'in-situ' ? [] : [one.status],
        tag: one.status === 'in-situ' ? undefined : one.status,
        framed: one.status === 'removed',
      }),
    ),
    ...v2.social.map((one) =>
      make('care', one, one.kind, {
        says: one.status === 'unknown' ? [] : [one.status],
        past: one.status === 'former',
      }),
    ),
    ...v2.code_status.map((one) => make('care', one, 'code status', { says: [codeStatusNames[one.value]] })),
    ...v2.follow_up.map((one) =>
      make('care', one, followUpName(one.kind), {
        says: one.kind === 'return-if' ? ['only if'] : [],
        detail: one.due && oneLine(one.due.text.text),
      }),
    ),
    ...phi.map((one, index) =>
      make('identifier', { ...one, id: `i${index}`, section: null }, readable(one.category.toLowerCase())),
    ),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
}

const testKinds: Readonly<Record<Test['kind'], string>> = {
  vital: 'vital sign',
  lab: 'lab value',
  score: 'score',
  other: 'value',
};

export const codeStatusNames: Readonly<Record<AnalysisView['v2']['code_status'][number]['value'], string>> = {
  full: 'full resuscitation',
  dnar: 'do not resuscitate',
  'no-intubation': 'no intubation',
  'ward-based': 'ward-based care',
  comfort: 'comfort care',
  other: 'see the note',
};

export const followUpName = (kind: AnalysisView['v2']['follow_up'][number]['kind']): string =>
  kind === 'return-if' ? 'when to return' : readable(kind);

type Said = Pick<Item, 'says' | 'tag' | 'framed' | 'doubtful' | 'past'>;

const presences: Readonly<Record<Problem['presence'], { readonly says?: string; readonly tag?: string }>> = {
  present: {},
  likely: { says: 'likely', tag: 'likely' },
  possible: { says: 'possible', tag: '?' },
  unlikely: { says: 'unlikely', tag: 'neg?' },
  absent: { says: 'absent', tag: 'neg' },
};

/** Everything that makes a mention less than true of this patient now. All of it is shown, never only the first. */
function assertionOf(
  one: Pick<Problem, 'presence' | 'conditional' | 'generic' | 'time' | 'subject' | 'relation'>,
): Said {
  const { says, tag } = presences[one.presence];
  const someoneElse = one.subject !== 'patient';
  const whose = one.relation ? `${one.subject}: ${oneLine(one.relation.text).toLowerCase()}` : one.subject;
  return {
    says: [
      says,
      someoneElse ? whose : undefined,
      one.conditional ? 'only if' : undefined,
      one.generic ? 'general advice' : undefined,
      one.time === 'current' ? undefined : one.time === 'past' ? 'history' : one.time,
    ].filter((word) => word !== undefined),
    tag: joined([
      tag,
      someoneElse ? one.subject : undefined,
      one.conditional || one.generic ? 'if' : undefined,
      one.time === 'resolved' ? 'resolved' : undefined,
    ]),
    framed: one.presence === 'absent' || one.presence === 'unlikely' || someoneElse || one.conditional || one.generic,
    doubtful: one.presence === 'likely' || one.presence === 'possible' || one.presence === 'unlikely',
    past: one.time === 'past' || one.time === 'resolved',
  };
}

const problemDetail = ({ text: words, severity, side, course, onset }: Problem) =>
  joined(
    [severity, side && { text: side.value }, course, onset?.text]
      .filter((part) => part !== undefined)
      .map(({ text }) => oneLine(text))
      // "chronic" beside "chronic kidney disease" says nothing.
      .filter((part) => !words.toLowerCase().includes(part.toLowerCase())),
  );

const notTaken: ReadonlySet<Medication['status']> = new Set(['stopped', 'held', 'refused', 'not-given']);

function drugOf(one: Medication): Partial<Item> {
  const { says, tag, ...rest } = assertionOf({ ...one, conditional: false, generic: false, time: 'current' });
  const status = one.status === 'active' || one.status === 'unknown' ? undefined : readable(one.status);
  const changed = status !== undefined && one.status !== 'historical' ? status : undefined;
  return {
    ...rest,
    says: [...says, ...(status ? [status] : [])],
    tag: joined([tag, changed]),
    framed: rest.framed || notTaken.has(one.status),
    past: one.status === 'historical' || one.status === 'completed',
    detail: drugDetail(one),
  };
}

/** Dose, route and frequency as the note has them; for a change, from what to what. */
export function drugDetail({ steps, previous }: Pick<Medication, 'steps' | 'previous'>): string | undefined {
  const [now] = steps.map(regimenText).filter((text) => text !== '');
  const before = previous === undefined ? '' : regimenText(previous);
  if (before !== '' && now !== undefined) return `${before} → ${now}`;
  return now;
}

const regimenText = ({ strength, dose, rate, route, frequency, duration, prn }: Regimen): string =>
  [strength?.text, dose?.text, rate?.text, route, frequency, prn, duration?.text]
    .filter((part) => part !== undefined)
    .map(({ text }) => oneLine(text))
    .join(' ')
    .replace(/\.$/, '');

function testOf(one: Test): Partial<Item> {
  const newest = one.values.find((value) => value.newest) ?? one.values.at(-1);
  const abnormal = newest && abnormalOf(newest);
  return {
    says: [abnormal, one.pending ? 'pending' : undefined].filter((word) => word !== undefined),
    tag: one.pending ? 'pending' : undefined,
    framed: one.pending,
    abnormal,
    detail: newest && rangeOf(newest),
  };
}

/** What the note itself says goes before the range of the rules. */
export function abnormalOf(value: Test['values'][number]): Abnormal | undefined {
  const flag = value.flag_of_note?.value ?? value.flag_of_range?.value;
  return flag === 'normal' ? undefined : flag;
}

const rangeOf = (value: Test['values'][number]): string | undefined => {
  if (value.range_of_note) return `note's range ${oneLine(value.range_of_note.text.text)}`;
  return value.flag_of_range ? `usual ${value.flag_of_range.range.join('–')}` : undefined;
};

function procedureOf(one: Procedure): Partial<Item> {
  const { says, tag, ...rest } = assertionOf(one);
  const status = one.status === 'done' ? undefined : readable(one.status);
  return {
    ...rest,
    says: [...says, ...(status ? [status] : [])],
    tag: joined([tag, status]),
    framed: rest.framed || one.status === 'refused' || one.status === 'cancelled',
    detail: one.when && oneLine(one.when.text.text),
  };
}

/** A name of the API in words. */
export const readable = (name: string): string => (name === 'follow-up' ? name : name.replaceAll(/[-_]/g, ' '));

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const joined = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ') || undefined;

/** Kinds that the name of their layer says already. */
const plain: ReadonlySet<string> = new Set(['problem', 'drug', 'lab value', 'value']);

/** Kind and detail, as the list shows them. */
export const factsOf = ({ kind, detail }: Item): string =>
  [plain.has(kind) ? undefined : kind, detail].filter((part) => part !== undefined).join(', ');

/** Everything that the analysis says of an item, for the line next to its words. */
export const allFactsOf = ({ kind, says, detail, section }: Item): string[] =>
  [kind, ...says, detail, section && `in ${section}`].filter((fact) => fact !== undefined);

/** How a screen reader names an item: "pulmonary embolism, absent, assessment". In the order in which it is shown. */
export const spoken = (item: Item): string =>
  [item.words, ...item.says, factsOf(item), item.section]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
