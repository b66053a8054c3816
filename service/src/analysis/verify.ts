import type { Analysis, AnalysisEngine, Finding, Medication } from '@healthcare-ai/clinical-text/engine';

/** Something in an answer that the note does not bear out; offsets are into the answer, so that nothing is quoted. */
export interface Doubt {
  readonly kind: 'number' | 'drug' | 'dose' | 'negation' | 'allergy';
  readonly start: number;
  readonly end: number;
}

export interface Verdict {
  /** A clinician must look at what is `needs_review`; `verified` says only that no doubt was found. */
  readonly status: 'verified' | 'needs_review';
  readonly doubts: readonly Doubt[];
}

const number = /\d[\d,]*(?:\.\d+)?/g;
const numberWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

const normalNumber = (text: string): string => {
  const plain = text.replaceAll(',', '');
  return plain.includes('.') ? plain.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '') : plain.replace(/^0+(?=\d)/, '');
};

const numbersOf = (text: string): Set<string> => {
  const numbers = new Set([...text.matchAll(number)].map(([match]) => normalNumber(match)));
  for (const [match] of text.toLowerCase().matchAll(/[a-z]{3,6}/g)) {
    const value = numberWords.indexOf(match);
    if (value >= 0) numbers.add(String(value));
  }
  return numbers;
};

const named = ({ text }: { readonly text: string }): string => text.toLowerCase().replace(/[\s-]+/g, ' ');

/** The amounts that a text ties to each drug. */
const dosesOf = (medications: readonly Medication[]): Map<string, Set<string>> => {
  const doses = new Map<string, Set<string>>();
  for (const medication of medications) {
    const amounts = doses.get(named(medication)) ?? new Set();
    for (const { text } of medication.doses)
      for (const [amount] of text.matchAll(number)) amounts.add(normalNumber(amount));
    doses.set(named(medication), amounts);
  }
  return doses;
};

/** For each finding, whether the text affirms it, denies it, or both. */
const negationsOf = (findings: readonly Finding[]): Map<string, Set<Finding['negation']>> => {
  const negations = new Map<string, Set<Finding['negation']>>();
  for (const finding of findings) {
    negations.set(named(finding), (negations.get(named(finding)) ?? new Set()).add(finding.negation));
  }
  return negations;
};

/**
 * Checks what a language model wrote against the note that it was given: a number, a drug, a drug's dose, a negation or
 * an allergy that the note does not hold makes the answer `needs_review`. It finds what was added or turned round, not what was
 * left out, and reads both texts with the rules of `reader`.
 */
export class AnswerVerifier {
  private readonly reader: AnalysisEngine;

  constructor(reader: AnalysisEngine) {
    this.reader = reader;
  }

  async verify(note: string, answer: string): Promise<Verdict> {
    const [source, claim] = await Promise.all([
      this.reader.analyze(note, { schema: 2 }),
      this.reader.analyze(answer, { schema: 2 }),
    ]);
    const doubts = [
      ...this.strangeNumbers(note, answer),
      ...this.strangeDrugs(note, source.medications, claim.medications),
      ...this.strangeNegations(source.findings, claim.findings),
      ...strangeAllergies(source, claim),
    ].sort((a, b) => a.start - b.start || a.end - b.end);
    return { status: doubts.length === 0 ? 'verified' : 'needs_review', doubts };
  }

  private strangeNumbers(note: string, answer: string): Doubt[] {
    const numbers = numbersOf(note);
    return [...answer.matchAll(number)]
      .filter(({ index, 0: match }) => !numbers.has(normalNumber(match)) && !isListNumber(answer, index, match))
      .map(({ index, 0: match }) => ({ kind: 'number', start: index, end: index + match.length }));
  }

  private strangeDrugs(note: string, source: readonly Medication[], claimed: readonly Medication[]): Doubt[] {
    const doses = dosesOf(source);
    const words = note.toLowerCase().replace(/[\s-]+/g, ' ');
    return claimed
      .filter(({ kind }) => kind === 'drug')
      .flatMap((medication): Doubt[] => {
        const { start, end } = medication;
        if (!doses.has(named(medication)) && !words.includes(named(medication))) return [{ kind: 'drug', start, end }];
        const amounts = doses.get(named(medication)) ?? new Set();
        return medication.doses
          .filter(({ text }) => [...text.matchAll(number)].some(([amount]) => !amounts.has(normalNumber(amount))))
          .map((dose) => ({ kind: 'dose', start: dose.start, end: dose.end }));
      });
  }

  /** A finding that both texts name must stand as the note has it; one that is denied must be denied in the note. */
  private strangeNegations(source: readonly Finding[], claimed: readonly Finding[]): Doubt[] {
    const negations = negationsOf(source);
    return claimed
      .filter((finding) => {
        const inNote = negations.get(named(finding));
        return inNote === undefined ? finding.negation === 'negated' : !inNote.has(finding.negation);
      })
      .map(({ start, end }) => ({ kind: 'negation', start, end }));
  }
}

/** "1." at the beginning of a line counts the answer's own items. */
const isListNumber = (answer: string, index: number, match: string): boolean =>
  match.length < 3 &&
  /(?:^|\n)\s*$/.test(answer.slice(Math.max(0, index - 8), index)) &&
  /^[.)]/.test(answer.slice(index + match.length));

/** An allergy that the note does not have, "no known allergies" beside one, and a drug that is taken beside its allergy. */
const strangeAllergies = (source: Analysis, claim: Analysis): Doubt[] => {
  const own = (analysis: Analysis) =>
    (analysis.v2?.allergies ?? []).filter(({ status, subject }) => status === 'active' && subject === 'patient');
  const known = new Set(own(source).flatMap(({ substance }) => substance ?? []));
  const strange = own(claim).filter(({ substance, none }) =>
    substance === null ? none !== 'not-asked' && known.size > 0 : !known.has(substance),
  );
  const taken = claim.medications.filter(
    (medication) => medication.negation === 'affirmed' && known.has(named(medication)),
  );
  return [...strange, ...taken].map(({ start, end }) => ({ kind: 'allergy', start, end }));
};
