/**
 * Judges the engine on foreign cases: inputs that other projects' users complained about, with the right answer, one
 * JSON object a line. The format is that of the cases' own README.
 */
import { readFileSync } from 'node:fs';
import type { Analysis, AnalysisOptions } from '../src/engine.ts';
import { ErrorLog, type Evaluation } from './measure.ts';
import { wilson } from './statistics.ts';

type Expected = Readonly<Record<string, string>>;

export interface Case {
  readonly id: string;
  readonly area: 'phi' | 'context' | 'medication' | 'measurement' | 'section' | 'summary';
  readonly kind: string;
  readonly severity: string;
  readonly text: string;
  readonly expect: {
    readonly mustNotContain?: readonly string[];
    readonly mustKeep?: readonly string[];
    readonly mustContain?: readonly string[];
    readonly modes?: readonly ('balanced' | 'recall-first')[];
    readonly findings?: readonly {
      readonly text: string;
      readonly is: Expected & { readonly _any?: readonly Expected[] };
    }[];
    readonly noAffirmedFinding?: readonly string[];
    readonly medications?: readonly {
      readonly text: string;
      readonly neg?: string;
      readonly dose?: string;
      readonly notdose?: string;
      readonly freq?: string;
      readonly route?: string;
    }[];
    readonly noAffirmedDrug?: readonly string[];
    readonly measurements?: readonly {
      readonly name: string;
      readonly values?: readonly number[];
      readonly flag?: string;
    }[];
    readonly absent?: readonly string[];
    readonly sections?: readonly { readonly at: string; readonly label: string }[];
  };
}

export interface Verdict {
  readonly id: string;
  readonly area: Case['area'];
  /** What is wrong; empty when the case passes. */
  readonly faults: readonly string[];
  /** An identifier was left in the text. */
  readonly leaks: boolean;
}

export type Analyze = (text: string, options: AnalysisOptions) => Analysis;

/** Dates are also moved by these, where a case is about moved dates. */
const SHIFTS = [39, 40];

export const readCases = (file: string): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

const matches = (item: object, { _any, ...is }: Expected & { readonly _any?: readonly Expected[] }): boolean =>
  Object.entries(is).every(([key, value]) => (item as Record<string, unknown>)[key] === value) &&
  (_any === undefined || _any.some((one) => matches(item, one)));

const judgePhi = ({ text, severity, expect }: Case, analyze: Analyze): { faults: string[]; leaks: boolean } => {
  const faults: string[] = [];
  let leaks = false;
  const shifts = severity.includes('shift') ? [undefined, ...SHIFTS] : [undefined];
  for (const mode of expect.modes ?? (['balanced', 'recall-first'] as const)) {
    for (const dateShiftDays of shifts) {
      const output = analyze(text, { mode, dateShiftDays }).deidentified.text;
      for (const part of expect.mustNotContain ?? []) {
        if (!output.includes(part)) continue;
        faults.push(`${mode}: contains "${part}"`);
        leaks ||= severity === 'PHI leak';
      }
      for (const part of expect.mustKeep ?? []) {
        if (!output.includes(part)) faults.push(`${mode}: lost "${part}"`);
      }
    }
  }
  return { faults, leaks };
};

const judgeContext = ({ expect }: Case, { findings }: Analysis): string[] => [
  ...(expect.findings ?? []).flatMap(({ text, is }) => {
    const found = findings.filter((finding) => finding.text.includes(text));
    if (found.length === 0) return [`no finding "${text}"`];
    return found.some((finding) => matches(finding, is)) ? [] : [`"${text}" is ${shown(found[0]!)}`];
  }),
  ...(expect.noAffirmedFinding ?? []).flatMap((text) =>
    findings.some((finding) => finding.text.includes(text) && finding.negation === 'affirmed')
      ? [`"${text}" is affirmed`]
      : [],
  ),
];

const shown = ({ negation, certainty, temporality, experiencer }: Analysis['findings'][number]): string =>
  [negation, certainty, temporality, experiencer].join(' ');

const judgeMedications = ({ expect }: Case, { medications }: Analysis): string[] => [
  ...(expect.medications ?? []).flatMap(({ text, neg, dose, notdose, freq, route }) => {
    const found = medications.filter((drug) => has(drug.text, text));
    if (found.length === 0) return [`no medication "${text}"`];
    const faultsOf = (drug: Analysis['medications'][number]): string[] => {
      const doses = drug.doses.map((span) => span.text).join(' | ');
      const faults: string[] = [];
      if (neg !== undefined && drug.negation !== neg) faults.push(`"${text}" is ${drug.negation}`);
      if (dose !== undefined && !has(doses, dose)) faults.push(`"${text}" has dose "${doses}", not "${dose}"`);
      if (notdose !== undefined && has(doses, notdose)) faults.push(`"${text}" has the dose "${notdose}" of another`);
      const often = drug.frequencies.map((span) => span.text).join(' | ');
      if (freq !== undefined && !has(often, freq)) faults.push(`"${text}" has frequency "${often}", not "${freq}"`);
      const ways = drug.routes.map((span) => span.text).join(' | ');
      if (route !== undefined && !has(ways, route)) faults.push(`"${text}" has route "${ways}", not "${route}"`);
      return faults;
    };
    const all = found.map(faultsOf);
    return all.some((faults) => faults.length === 0) ? [] : all[0]!;
  }),
  ...(expect.noAffirmedDrug ?? []).flatMap((text) =>
    medications.some((drug) => has(drug.text, text) && drug.negation === 'affirmed') ? [`"${text}" is affirmed`] : [],
  ),
];

const judgeMeasurements = ({ expect }: Case, { vitals, labs }: Analysis): string[] => {
  const all = [...vitals, ...labs];
  return [
    ...(expect.measurements ?? []).flatMap(({ name, values, flag }) => {
      const pattern = new RegExp(name, 'i');
      const found = all.filter((measurement) => pattern.test(measurement.name));
      const right = found.some(
        (measurement) =>
          (values === undefined || values.every((value, at) => measurement.values[at] === value)) &&
          (flag === undefined || measurement.flag === flag),
      );
      const got = found.map((measurement) => `${measurement.values.join('/')} ${measurement.flag}`).join(', ');
      return right ? [] : [`${name} is ${got === '' ? 'missing' : got}, not ${values?.join('/') ?? ''} ${flag ?? ''}`];
    }),
    ...(expect.absent ?? []).flatMap((name) =>
      all.some((measurement) => new RegExp(name, 'i').test(measurement.name)) ? [`${name} was found`] : [],
    ),
  ];
};

const judgeSections = ({ text, expect }: Case, { sections }: Analysis): string[] =>
  (expect.sections ?? []).flatMap(({ at, label }) => {
    const place = text.indexOf(at);
    const got = sections.find(({ start, end }) => start <= place && place < end)?.label ?? 'none';
    return new RegExp(`^(?:${label})$`).test(got) ? [] : [`"${at}" is in ${got}, not in ${label}`];
  });

const judgeSummary = ({ expect }: Case, { summary }: Analysis): string[] => {
  const text = summary.sentences.map((sentence) => sentence.text).join('\n');
  return [
    ...(expect.mustContain ?? []).flatMap((part) => (text.includes(part) ? [] : [`lacks "${part}"`])),
    ...(expect.mustNotContain ?? []).flatMap((part) => (text.includes(part) ? [`contains "${part}"`] : [])),
  ];
};

/** What is wrong with the engine's answer to a case. Quotes the case, which holds no real patient's words. */
export const judge = (one: Case, analyze: Analyze): Verdict => {
  const { id, area } = one;
  if (area === 'phi') return { id, area, ...judgePhi(one, analyze) };
  const analysis = analyze(one.text, {});
  const faults = {
    context: judgeContext,
    medication: judgeMedications,
    measurement: judgeMeasurements,
    section: judgeSections,
    summary: judgeSummary,
  }[area](one, analysis);
  return { id, area, faults, leaks: false };
};

export interface Score {
  readonly area: string;
  readonly passed: number;
  readonly total: number;
  readonly leaks: number;
}

export const scoreOf = (verdicts: readonly Verdict[]): Score[] => {
  const areas = ['all', ...new Set(verdicts.map(({ area }) => area))];
  return areas.map((area) => {
    const of = verdicts.filter((verdict) => area === 'all' || verdict.area === area);
    return {
      area,
      passed: of.filter(({ faults }) => faults.length === 0).length,
      total: of.length,
      leaks: of.filter(({ leaks }) => leaks).length,
    };
  });
};

/** How many foreign cases pass, by area, and how many texts with identifiers keep one. */
export const evaluateCases = (cases: readonly Case[], analyze: Analyze): Evaluation => {
  const verdicts = cases.map((one) => judge(one, analyze));
  const errors = new ErrorLog();
  for (const { id, area, faults } of verdicts)
    for (const fault of faults) errors.add(`foreign cases, ${area}`, id, fault);
  const identifying = cases.filter(({ area, severity }) => area === 'phi' && severity === 'PHI leak').length;
  const scores = scoreOf(verdicts);
  return {
    measures: [
      ...scores.map(({ area, passed, total }) => ({
        task: `foreign cases, ${area}`,
        system: 'engine',
        metric: 'share that passes',
        score: wilson(passed, total),
        support: total,
      })),
      {
        task: 'foreign cases, texts that keep an identifier',
        system: 'engine',
        metric: 'share',
        score: wilson(scores[0]?.leaks ?? 0, identifying),
        support: identifying,
      },
    ],
    errors: errors.list(),
    notes: ['the rules were written with these cases at hand: the share is of what was mended, not of what is to come'],
  };
};
