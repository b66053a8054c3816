import type { SectionLabel } from '../engine.ts';
import { SectionFeatures } from './features.ts';

/** A linear model: for each feature, weights by label. */
export interface SectionModel {
  readonly labels: readonly SectionLabel[];
  readonly bias: readonly number[];
  /** One entry a line: feature, tab, pairs `label index:weight` with weights in hundredths. */
  readonly weights: string;
}

/** Classifies the section of a text that has no heading. */
export class SectionClassifier {
  private readonly weights = new Map<string, readonly (readonly [label: number, weight: number])[]>();
  private readonly features: SectionFeatures;
  private readonly model: SectionModel;

  constructor(model: SectionModel, features: SectionFeatures = new SectionFeatures()) {
    this.model = model;
    this.features = features;
    for (const line of model.weights.split('\n')) {
      const [feature, pairs] = line.split('\t');
      if (feature === undefined || pairs === undefined) continue;
      this.weights.set(
        feature,
        pairs.split(' ').map((pair) => {
          const [label, weight] = pair.split(':');
          return [Number(label), Number(weight) / 100] as const;
        }),
      );
    }
  }

  classify(text: string): SectionLabel {
    const scores = [...this.model.bias];
    for (const [feature, value] of this.features.of(text)) {
      for (const [label, weight] of this.weights.get(feature) ?? []) scores[label]! += weight * value;
    }
    let best = 0;
    for (let label = 1; label < scores.length; label++) if (scores[label]! > scores[best]!) best = label;
    return this.model.labels[best]!;
  }
}
