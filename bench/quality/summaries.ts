import type { Analysis } from '../../service/src/analysis/engine.ts';
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
    const summary = sentences.map(({ text }) => text.toLowerCase()).join('\n');
    const lead = note.slice(0, length).toLowerCase();
    for (const fact of factsOf(analysis)) {
      kept.facts++;
      if (summary.includes(fact)) kept.engine++;
      if (lead.includes(fact)) kept.lead++;
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

const factsOf = ({ medications, vitals, labs }: Analysis): string[] => [
  ...medications.map(({ text }) => text.toLowerCase()),
  ...medications.flatMap(({ doses }) => doses.map(({ text }) => text.toLowerCase())),
  ...[...vitals, ...labs].filter(({ flag }) => flag === 'low' || flag === 'high').map(({ text }) => text.toLowerCase()),
];
