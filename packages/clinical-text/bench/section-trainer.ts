import type { SectionLabel } from '../src/engine.ts';
import type { SectionModel } from '../src/sections/classifier.ts';
import { type FeatureSink, featureWord, SectionFeatures, TOPIC_WEIGHT } from '../src/sections/features.ts';
import { type Tokens, tokenize } from '../src/text/tokens.ts';
import { labelOf, type SectionCode } from './section-codes.ts';
import { sectionExamples } from './section-examples.ts';
import { generator } from './statistics.ts';

export interface Example {
  readonly text: string;
  readonly label: SectionLabel;
}

/** The examples that were written for this project. */
export const ownExamples = (): Example[] =>
  Object.entries(sectionExamples).flatMap(([code, texts]) =>
    texts.map((text) => ({ text, label: labelOf[code as SectionCode] })),
  );

export interface TrainingOptions {
  /** @default 20 */
  readonly epochs?: number;
  /** @default 0.3 */
  readonly rate?: number;
  /** @default 0.004 */
  readonly decay?: number;
  /** How far rare labels are lifted: 0 not at all, 1 to the weight of common ones. @default 0.4 */
  readonly balance?: number;
  /** A feature of fewer texts than this is not learnt: no rare word of a training text is kept. @default 3 */
  readonly least?: number;
}

interface Row {
  readonly label: number;
  readonly features: readonly (readonly [index: number, value: number])[];
}

const softmax = (scores: Float64Array): Float64Array => {
  const top = Math.max(...scores);
  let total = 0;
  for (let at = 0; at < scores.length; at++) total += scores[at] = Math.exp(scores[at]! - top);
  for (let at = 0; at < scores.length; at++) scores[at]! /= total;
  return scores;
};

/** The features of a text by name. */
export class FeatureNames implements FeatureSink {
  readonly names = new Set<string>();

  word(tokens: Tokens, at: number): void {
    this.names.add(featureWord(tokens, at));
  }

  pair(tokens: Tokens, first: number, second: number): void {
    this.names.add(`${featureWord(tokens, first)} ${featureWord(tokens, second)}`);
  }

  ending(tokens: Tokens, at: number): void {
    this.names.add(`~${featureWord(tokens, at).slice(-4)}`);
  }

  named(name: string): void {
    this.names.add(name);
  }

  /** The value of each feature, as the classifier weighs it. */
  values(): Map<string, number> {
    const scale = 1 / Math.sqrt(this.names.size);
    return new Map([...this.names].map((name) => [name, /^[@#]/.test(name) ? TOPIC_WEIGHT * scale : scale]));
  }
}

const featuresOf = (extractor: SectionFeatures, text: string): Map<string, number> => {
  const tokens = tokenize(text);
  const names = new FeatureNames();
  extractor.read(tokens, 0, tokens.count, names);
  return names.values();
};

/** Multinomial logistic regression by AdaGrad, in a fixed order of a fixed seed: the same examples give the same model. */
export const trainSections = (
  examples: readonly Example[],
  { epochs = 20, rate = 0.3, decay = 0.004, balance = 0.4, least = 3 }: TrainingOptions = {},
): SectionModel => {
  const extractor = new SectionFeatures();
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const extracted = examples.map(({ text }) => featuresOf(extractor, text));
  const seen = new Map<string, number>();
  for (const features of extracted) for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  const names = [...seen]
    .filter(([, count]) => count >= least)
    .map(([name]) => name)
    .sort();
  const index = new Map(names.map((name, at) => [name, at]));
  const rows: Row[] = examples.map(({ label }, at) => ({
    label: labels.indexOf(label),
    features: [...extracted[at]!].flatMap(([name, value]) =>
      index.has(name) ? [[index.get(name)!, value] as const] : [],
    ),
  }));
  const frequency = labels.map((_, label) => rows.filter((row) => row.label === label).length / rows.length);
  const width = labels.length;
  const weights = new Float64Array((names.length + 1) * width);
  const squares = new Float64Array(weights.length).fill(1e-6);
  const random = generator(7);
  const order = rows.map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (const at of order) {
      const row = rows[at]!;
      const features = [...row.features, [names.length, 1] as const];
      const scores = new Float64Array(width);
      for (const [feature, value] of features) {
        for (let label = 0; label < width; label++) scores[label]! += weights[feature * width + label]! * value;
      }
      softmax(scores);
      const importance = (1 / (frequency[row.label]! * width)) ** balance;
      for (const [feature, value] of features) {
        for (let label = 0; label < width; label++) {
          const cell = feature * width + label;
          const error = scores[label]! - (label === row.label ? 1 : 0);
          const gradient = importance * error * value + decay * weights[cell]!;
          squares[cell]! += gradient * gradient;
          weights[cell]! -= (rate * gradient) / Math.sqrt(squares[cell]!);
        }
      }
    }
  }
  return serialise(labels, names, weights);
};

/** Weights below this, in hundredths, change nothing and are left out. */
const NEGLIGIBLE = 15;

const serialise = (labels: readonly SectionLabel[], names: readonly string[], weights: Float64Array): SectionModel => {
  const width = labels.length;
  const lines = names.flatMap((name, at) => {
    const pairs: string[] = [];
    for (let label = 0; label < width; label++) {
      const weight = Math.round(100 * weights[at * width + label]!);
      if (Math.abs(weight) >= NEGLIGIBLE) pairs.push(`${label}:${weight}`);
    }
    return pairs.length === 0 ? [] : [`${name}\t${pairs.join(' ')}`];
  });
  const bias = labels.map((_, label) => Math.round(100 * weights[names.length * width + label]!) / 100);
  return { labels, bias, weights: lines.join('\n') };
};
