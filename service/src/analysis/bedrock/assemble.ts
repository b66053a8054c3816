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
import type { SummarySource } from '../report.ts';
import type { ModelOutput } from './answer.ts';
import { type Contradiction, contradictions } from './contradictions.ts';
import { ordered, QuoteFinder } from './quotes.ts';
import type { SentText } from './sent-text.ts';

/** The identity of what made an analysis. */
export type Maker = Pick<Analysis, 'engine' | 'version' | 'rulePackSha256'>;

/** What the model's answer comes to. */
export interface Assembled {
  readonly analysis: Analysis;
  /** Items and sentences whose quote the note does not have. */
  readonly droppedQuotes: number;
  /** Of the sentences that are left. */
  readonly summary: string;
  readonly sources: readonly SummarySource[];
  readonly contradictions: readonly Contradiction[];
}

/**
 * An analysis from the model's answer and the rules' own reading of the same note. Findings, medications and the key
 * sentences are the model's; sections, vitals, laboratory values, ages and sexes are the rules'; what identifies a person
 * is what either of the two found.
 */
export function assemble(
  note: string,
  sent: SentText,
  answer: ModelOutput,
  rules: Analysis,
  maker: Maker,
  options: AnalysisOptions,
): Assembled {
  const quotes = new QuoteFinder(sent);
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
  const allergies = answer.allergies.flatMap(({ quote, status }) => {
    const span = quotes.next('allergy', quote);
    return span ? [{ ...span, status }] : [];
  });
  const { summary, sources } = grounded(answer.summary, quotes, rules);
  const phi = ordered([...rules.phi, ...identifiers]);
  // What the rules moved stays moved; what only the model found is masked.
  const moved = new Map(
    rules.deidentified.spans
      .filter(({ category }) => category === 'DATE')
      .map(({ start, end, replacement }) => [start, { end, text: replacement }] as const),
  );
  const deidentified = { ...rules.deidentified, ...redact(note, phi, options, moved) };
  const { v2, ...read } = rules;
  return {
    droppedQuotes: quotes.dropped,
    summary,
    sources,
    contradictions: contradictions({ findings, medications, allergies }, rules),
    analysis: {
      ...read,
      ...(options.schema === 2 && v2 ? { v2: { ...v2, phi, deidentified } } : {}),
      ...maker,
      findings: ordered(findings),
      medications: ordered(medications),
      phi,
      deidentified,
      summary: { sentences: ordered(sentences) },
    },
  };
}

/** The sentences whose quote is in the note; where none is, those that the rules chose. */
function grounded(
  sentences: ModelOutput['summary'],
  quotes: QuoteFinder,
  rules: Analysis,
): Pick<Assembled, 'summary' | 'sources'> {
  const kept = sentences.flatMap(({ sentence, quote }) => {
    const [source] = quotes.all(quote);
    return source ? [{ text: sentence.trim(), source }] : [];
  });
  const chosen =
    kept.length > 0
      ? kept
      : rules.summary.sentences.map((sentence) => ({ text: sentence.text.trim(), source: sentence }));
  let summary = '';
  const sources: SummarySource[] = [];
  for (const { text, source } of chosen) {
    if (summary !== '') summary += ' ';
    sources.push({
      start: summary.length,
      end: summary.length + text.length,
      note: { start: source.start, end: source.end },
    });
    summary += text;
  }
  return { summary, sources };
}

const labelAt = (sections: readonly Section[], at: number): Section['label'] | null =>
  sections.find(({ start, end }) => start <= at && at < end)?.label ?? null;
