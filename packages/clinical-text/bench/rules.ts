import type { NoteAnalysis } from '../src/model.ts';
import type { Evaluation } from './measure.ts';
import { entitiesOf, overlaps } from './medications.ts';
import type { EntityRow } from './shapes.ts';
import { wilson } from './statistics.ts';

/**
 * Precision of each rule: how many of its mentions overlap an annotation of their kind. The bands of confidence rest on
 * it. Annotators left out much that a clinician would call a problem, so the figures are on the low side. No corpus at hand
 * annotates allergies, devices, social factors, code status and follow-up.
 */
export const evaluateRules = (rows: readonly EntityRow[], analyses: readonly NoteAnalysis[]): Evaluation => {
  const counts = new Map<string, { right: number; all: number }>();
  rows.forEach((row, at) => {
    const { problems, medications, tests, procedures } = analyses[at]!;
    const examined = entitiesOf(row, 'Diagnostic_procedure');
    const kinds = [
      { mentions: problems, gold: [...entitiesOf(row, 'Sign_symptom'), ...entitiesOf(row, 'Disease_disorder')] },
      { mentions: medications, gold: entitiesOf(row, 'Medication') },
      { mentions: tests, gold: [...examined, ...entitiesOf(row, 'Lab_value')] },
      { mentions: procedures, gold: [...examined, ...entitiesOf(row, 'Therapeutic_procedure')] },
    ];
    for (const { mentions, gold } of kinds) {
      for (const mention of mentions) {
        const rule = mention.rules[0]!;
        const count = counts.get(rule) ?? { right: 0, all: 0 };
        count.all++;
        if (gold.some((entity) => overlaps(entity, mention))) count.right++;
        counts.set(rule, count);
      }
    }
  });
  return {
    measures: [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([rule, { right, all }]) => ({
        task: `rule ${rule}`,
        system: 'engine',
        metric: 'precision',
        score: wilson(right, all),
        support: all,
      })),
    errors: [],
    notes: [],
  };
};
