import type {
  Analysis,
  AnalysisOptions,
  Finding,
  Medication,
  PhiSpan,
  Section,
  Span,
  SummarySentence,
} from '@healthcare-ai/clinical-text/engine';
import { redact } from '@healthcare-ai/clinical-text/phi/redact';
import type { ModelOutput } from './answer.ts';
import { ordered, QuoteFinder } from './quotes.ts';

/** The identity of what made an analysis. */
export type Maker = Pick<Analysis, 'engine' | 'version' | 'rulePackSha256'>;

/**
 * An analysis from the model's answer and the rules' own reading of the same note. Findings, medications and the key
 * sentences are the model's; sections, vitals, laboratory values, ages and sexes are the rules'; what identifies a person
 * is what either of the two found.
 */
export function assemble(
  note: string,
  answer: ModelOutput,
  rules: Analysis,
  maker: Maker,
  options: AnalysisOptions,
): { readonly analysis: Analysis; readonly droppedQuotes: number } {
  const quotes = new QuoteFinder(note);
  const sectionOf = ({ start }: Span) => labelAt(rules.sections, start);
  const findings = answer.findings.flatMap(({ quote, ...assertion }): Finding[] => {
    const span = quotes.next('finding', quote);
    return span ? [{ ...span, ...assertion, section: sectionOf(span) }] : [];
  });
  const medications = answer.medications.flatMap((medication): Medication[] => {
    const span = quotes.next('medication', medication.quote);
    if (!span) return [];
    const parts = (list: readonly string[]) => ordered(list.flatMap((quote) => quotes.near(span, quote) ?? []));
    const { kind, negation, doses, routes, frequencies } = medication;
    return [{ ...span, kind, negation, doses: parts(doses), routes: parts(routes), frequencies: parts(frequencies) }];
  });
  const sentences = answer.key_sentences.flatMap(({ quote, reasons }): SummarySentence[] => {
    const span = quotes.next('sentence', quote);
    return span ? [{ ...span, section: sectionOf(span), reasons }] : [];
  });
  const identifiers = answer.identifiers.flatMap(({ quote, category }): PhiSpan[] =>
    quotes.all(quote).map((span) => ({ ...span, category, rule: 'model' })),
  );
  const phi = ordered([...rules.phi, ...identifiers]);
  return {
    droppedQuotes: quotes.dropped,
    analysis: {
      ...rules,
      ...maker,
      findings: ordered(findings),
      medications: ordered(medications),
      phi,
      deidentified: redact(note, phi, options),
      summary: { sentences: ordered(sentences) },
    },
  };
}

const labelAt = (sections: readonly Section[], at: number): Section['label'] | null =>
  sections.find(({ start, end }) => start <= at && at < end)?.label ?? null;
