import type { Analysis, DeidentificationMode, PhiCategory } from '../src/engine.ts';
import { ErrorLog, type Evaluation, type Measure } from './measure.ts';
import type { Planted, PlantedText } from './planter.ts';
import { type Counts, prf, wilson } from './statistics.ts';

export type Analyse = (text: string, mode: DeidentificationMode) => Analysis;

interface Word {
  readonly start: number;
  readonly end: number;
}
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));

/** For words in order of place: which lie in a span. */
const covered = (words: readonly Word[], spans: readonly Word[]): boolean[] => {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let at = 0;
  return words.map((word) => {
    while (at < sorted.length && sorted[at]!.end <= word.start) at++;
    return at < sorted.length && sorted[at]!.start < word.end;
  });
};

const naive =
  /\b\d{3}-\d{2}-\d{4}\b|\b[\w.]{1,40}@[\w.]{1,40}\b|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\b(?:Mr|Mrs|Ms|Dr)\. [A-Z]\w{1,30}/g;

/** Words of identifiers found, by mode; the parts of the words that were planted; and a few expressions as a baseline. */
export const evaluatePhi = (task: string, documents: readonly PlantedText[], analyse: Analyse): Evaluation => {
  const errors = new ErrorLog();
  const measures: Measure[] = [];
  const systems: readonly (readonly [string, (text: string) => readonly Word[]])[] = [
    ['engine, balanced', (text) => analyse(text, 'balanced').phi],
    ['engine, recall-first', (text) => analyse(text, 'recall-first').phi],
    [
      'a few expressions',
      (text) => [...text.matchAll(naive)].map(({ index, 0: hit }) => ({ start: index, end: index + hit.length })),
    ],
  ];
  for (const [system, find] of systems) {
    const counts: Counts[] = [];
    const byCategory = new Map<PhiCategory, { hits: number; total: number }>();
    for (const { text, planted } of documents) {
      const words = wordsOf(text);
      const spans = find(text);
      const got = covered(words, spans);
      const gold = covered(words, planted);
      counts.push(countWords(gold, got));
      for (const { category, ...place } of planted)
        tally(
          byCategory,
          category,
          covered(
            wordsOf(text).filter((word) => word.start >= place.start && word.end <= place.end),
            spans,
          ),
        );
      if (system.startsWith('engine'))
        logErrors(errors, `${task} (${system.slice(8)})`, text, words, gold, got, planted);
    }
    const { f1, precision, recall, support } = prf(counts);
    measures.push({ task, system, metric: 'F1 (words)', score: f1, precision, recall, support });
    if (system.startsWith('engine')) {
      for (const [category, { hits, total }] of [...byCategory].sort()) {
        measures.push({
          task: `${task}: ${category}`,
          system,
          metric: 'recall (words)',
          score: wilson(hits, total),
          support: total,
        });
      }
    }
  }
  return {
    measures,
    errors: errors.list(),
    notes: ['identifiers are planted by this command; no planted name stands in a lexicon of the engine'],
  };
};

const countWords = (gold: readonly boolean[], got: readonly boolean[]): Counts => {
  let truePositive = 0;
  let falsePositive = 0;
  let falseNegative = 0;
  gold.forEach((isGold, at) => {
    if (isGold && got[at]) truePositive++;
    else if (isGold) falseNegative++;
    else if (got[at]) falsePositive++;
  });
  return { truePositive, falsePositive, falseNegative };
};

const tally = (
  byCategory: Map<PhiCategory, { hits: number; total: number }>,
  category: PhiCategory,
  found: readonly boolean[],
): void => {
  const entry = byCategory.get(category) ?? { hits: 0, total: 0 };
  entry.total += found.length;
  entry.hits += found.filter(Boolean).length;
  byCategory.set(category, entry);
};

const logErrors = (
  errors: ErrorLog,
  task: string,
  text: string,
  words: readonly Word[],
  gold: readonly boolean[],
  got: readonly boolean[],
  planted: readonly Planted[],
): void => {
  words.forEach((word, at) => {
    if (gold[at] === got[at]) return;
    const category = planted.find(({ start, end }) => start <= word.start && word.end <= end)?.category;
    errors.add(
      task,
      gold[at] ? `missed ${category}` : 'false alarm',
      `${text.slice(Math.max(0, word.start - 40), word.start)}[${text.slice(word.start, word.end)}]${text.slice(word.end, word.end + 30)}`,
    );
  });
};

/** Share of words masked in text that holds no identifiers, or of annotated clinical words. */
export const evaluateOverRedaction = (
  task: string,
  texts: readonly { readonly text: string; readonly words?: readonly Word[] }[],
  analyse: Analyse,
): Evaluation => {
  const errors = new ErrorLog();
  const measures = (['balanced', 'recall-first'] as const).map((mode): Measure => {
    let masked = 0;
    let total = 0;
    for (const { text, words = wordsOf(text) } of texts) {
      const got = covered(words, analyse(text, mode).phi);
      total += words.length;
      got.forEach((hit, at) => {
        if (!hit) return;
        masked++;
        const word = words[at]!;
        errors.add(
          `${task} (${mode})`,
          'masked',
          `${text.slice(Math.max(0, word.start - 40), word.start)}[${text.slice(word.start, word.end)}]${text.slice(word.end, word.end + 30)}`,
        );
      });
    }
    return {
      task,
      system: `engine, ${mode}`,
      metric: 'share of words masked',
      score: wilson(masked, total),
      support: total,
    };
  });
  return { measures, errors: errors.list(), notes: [] };
};
