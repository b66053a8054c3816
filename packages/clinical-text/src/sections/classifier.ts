import type { SectionLabel } from '../engine.ts';
import type { Openings } from '../text/openings.ts';
import { type Tokens, tokenize } from '../text/tokens.ts';
import { SectionFeatures, TOPIC_WEIGHT } from './features.ts';
import { KnownFeatures } from './known-features.ts';

/** A linear model: for each feature, weights by label. */
export interface SectionModel {
  readonly labels: readonly SectionLabel[];
  readonly bias: readonly number[];
  /** One entry a line: feature, tab, pairs `label index:weight` with weights in hundredths. */
  readonly weights: string;
}

/** Classifies the section of a text that has no heading. */
export class SectionClassifier {
  private readonly features: SectionFeatures;
  private readonly model: SectionModel;
  private readonly known: KnownFeatures;
  /** Of each feature, where its weights begin in `labels` and `weights`; they end where those of the next begin. */
  private readonly starts: Int32Array;
  private readonly labels: Uint8Array;
  private readonly weights: Float64Array;
  private readonly scores: Float64Array;

  constructor(model: SectionModel, openings?: Openings) {
    this.features = new SectionFeatures(openings);
    this.model = model;
    const names: string[] = [];
    const starts: number[] = [];
    const labels: number[] = [];
    const weights: number[] = [];
    for (const line of model.weights.split('\n')) {
      const [feature, pairs] = line.split('\t');
      if (feature === undefined || pairs === undefined) continue;
      names.push(feature);
      starts.push(labels.length);
      for (const pair of pairs.split(' ')) {
        const [label, weight] = pair.split(':');
        labels.push(Number(label));
        weights.push(Number(weight) / 100);
      }
    }
    this.known = new KnownFeatures(names);
    this.starts = Int32Array.from([...starts, labels.length]);
    this.labels = Uint8Array.from(labels);
    this.weights = Float64Array.from(weights);
    this.scores = new Float64Array(model.bias.length);
  }

  classify(text: string): SectionLabel {
    const tokens = tokenize(text);
    return this.classifyRange(tokens, 0, tokens.count);
  }

  /** @param from @param to the tokens of the text */
  classifyRange(tokens: Tokens, from: number, to: number): SectionLabel {
    const { known, scores, starts, labels, weights } = this;
    known.clear();
    this.features.read(tokens, from, to, known);
    scores.set(this.model.bias);
    // Long texts have many features: without this a long text would always be the class of long texts.
    const scale = 1 / Math.sqrt(known.size);
    for (let at = 0; at < known.count; at++) {
      const feature = known.found[at]!;
      const value = known.isTopic(feature) ? TOPIC_WEIGHT * scale : scale;
      for (let entry = starts[feature]!; entry < starts[feature + 1]!; entry++)
        scores[labels[entry]!]! += weights[entry]! * value;
    }
    // Words of a note must not be kept after its analysis.
    known.clear();
    let best = 0;
    for (let label = 1; label < scores.length; label++) if (scores[label]! > scores[best]!) best = label;
    return this.model.labels[best]!;
  }
}
