import type { Analysis } from '../src/engine.ts';
import type { Evaluation } from './measure.ts';
import { wilson } from './statistics.ts';

/** Which of the note's facts stand in the summary, and how long it is; against as many sentences from the note's top. */
export const evaluateSummaries = (notes: readonly string[], analyses: readonly Analysis[]): Evaluation => {
  const kept = { engine: 0, lead: 0, facts: 0, characters: 0, all: 0 };
  notes.forEach((note, at) => {
    const analysis = analyses[at]!;
    const sentences = analysis.summary.sentences;
    const length = sentences.reduce((total, { text }) => total + text.length, 0);
    kept.characters += length;
    kept.all += note.length;
    const facts = factsOf(analysis);
    const inSummary = new Set(
      facts
        .filter((fact) => sentences.some(({ start, end }) => start <= fact.start && fact.end <= end))
        .map(({ key }) => key),
    );
    const inLead = new Set(facts.filter(({ end }) => end <= length).map(({ key }) => key));
    for (const key of new Set(facts.map((fact) => fact.key))) {
      kept.facts++;
      if (inSummary.has(key)) kept.engine++;
      if (inLead.has(key)) kept.lead++;
    }
  });
  return {
    measures: [
      {
        task: 'facts kept in the summary',
        system: 'engine',
        metric: 'recall',
        score: wilson(kept.engine, kept.facts),
        support: kept.facts,
      },
      {
        task: 'facts kept in the summary',
        system: 'as much from the top',
        metric: 'recall',
        score: wilson(kept.lead, kept.facts),
        support: kept.facts,
      },
      {
        task: 'length of the summary',
        system: 'engine',
        metric: 'share of the note',
        score: wilson(kept.characters, kept.all),
        support: kept.all,
      },
    ],
    errors: [],
    notes: ['facts: the medications, doses and abnormal measurements that the engine itself found'],
  };
};

interface Fact {
  /** The same for the same fact stated twice. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const factsOf = ({ medications, vitals, labs }: Analysis): Fact[] => [
  ...medications.map(({ text, start, end }) => ({ key: `drug ${text.toLowerCase()}`, start, end })),
  ...medications.flatMap((drug) =>
    drug.doses.map(({ text, start, end }) => ({
      key: `dose ${drug.text.toLowerCase()} ${text.toLowerCase()}`,
      start,
      end,
    })),
  ),
  ...[...vitals, ...labs]
    .filter(({ flag }) => flag === 'low' || flag === 'high')
    .map(({ name, values, start, end }) => ({ key: `value ${name} ${values.join('/')}`, start, end })),
];
