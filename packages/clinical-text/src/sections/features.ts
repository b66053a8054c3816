import { drugClasses } from '../lexicon/drug-classes.ts';
import { cardiovascularDrugs } from '../lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from '../lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from '../lexicon/drugs-nervous.ts';
import { otherDrugs } from '../lexicon/drugs-other.ts';
import { problems } from '../lexicon/problems.ts';
import { topicWords } from '../lexicon/section-topics.ts';
import { symptoms } from '../lexicon/symptoms.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';

/** Only so much of a text is read: labels show early, and the cost stays bounded. */
export const TOKENS_READ = 400;

/** Topics generalise to words that no training text holds. */
export const TOPIC_WEIGHT = 2;

const SHORTEST_WITH_ENDING = 6;
const surgical = /(?:ectomy|otomy|ostomy|oplasty|plasty|orrhaphy|pexy)$/;

/** Takes the features of a text in their order. The same one may come more than once. */
export interface FeatureSink {
  word(tokens: Tokens, at: number): void;
  /** Of two words that follow each other. */
  pair(tokens: Tokens, first: number, second: number): void;
  ending(tokens: Tokens, at: number): void;
  /** A feature of the beginning or of the whole text. Those of topics begin with "@" or "#". */
  named(name: string): void;
}

/** The word of a feature: all numbers are one. */
export const featureWord = (tokens: Tokens, at: number): string =>
  tokens.kinds[at] === NUMBER ? '0' : tokens.lower[at]!;

/** Words, pairs of words and topics of a text, for the section model; the same in training and in use. */
export class SectionFeatures {
  private readonly topics = new PhraseTrie<string>();
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.topics], (word) => surgical.test(word));
    for (const drugs of [cardiovascularDrugs, nervousDrugs, infectionAndCancerDrugs, otherDrugs])
      this.topics.addAll(drugs, 'drug');
    this.topics.addAll(drugClasses, 'drug-class').addAll(symptoms, 'symptom').addAll(problems, 'problem');
    for (const [topic, phrases] of Object.entries(topicWords)) this.topics.addAll(phrases, topic);
  }

  /** @param from @param to the tokens of the text */
  read(tokens: Tokens, from: number, to: number, sink: FeatureSink): void {
    const limit = Math.min(to, from + TOKENS_READ);
    const words: number[] = [];
    for (let at = from; at < limit; at++) {
      if (!isFeatureWord(tokens, at)) continue;
      sink.word(tokens, at);
      if (words.length > 0) sink.pair(tokens, words[words.length - 1]!, at);
      words.push(at);
    }
    const word = (index: number): string | undefined =>
      index < words.length ? featureWord(tokens, words[index]!) : undefined;
    sink.named(`^${word(0)}`);
    sink.named(`^${word(0)} ${word(1)}`);
    if (words.length <= 6) sink.named(`=${words.map((at) => featureWord(tokens, at)).join(' ')}`);
    if (word(0) === '0' && from + 1 < to && tokens.lower[from + 1] === '.') sink.named('@list');
    if (tokens.lower[from] === '"' || tokens.lower[from] === '“') sink.named('@quoted');
    if (words.length > 1 && tokens.lower.slice(from, Math.min(to, from + 4)).includes(':')) sink.named('@labelled');
    for (const at of words)
      if (tokens.lower[at]!.length >= SHORTEST_WITH_ENDING && tokens.kinds[at] === WORD) sink.ending(tokens, at);
    sink.named(`#${Math.min(7, Math.floor(Math.log2(words.length + 1)))}`);
    for (const [topic, hits] of this.countTopics(tokens, from, limit)) {
      sink.named(`@${topic}`);
      if (hits > 1) sink.named(`@${topic}+`);
      if (hits / words.length > 0.2) sink.named(`@${topic}!`);
    }
  }

  private countTopics(tokens: Tokens, from: number, limit: number): Map<string, number> {
    const hits = new Map<string, number>();
    const hit = (topic: string): void => void hits.set(topic, (hits.get(topic) ?? 0) + 1);
    const opens = this.openings.of(tokens);
    for (let at = from; at < limit; at++) {
      if ((opens[at]! & this.bit) === 0) continue;
      const match = this.topics.longest(tokens, at, limit);
      if (match !== undefined) {
        hit(match.value);
        at = match.end - 1;
      } else if (tokens.kinds[at] === WORD && surgical.test(tokens.lower[at]!)) hit('operation');
    }
    return hits;
  }
}

const isFeatureWord = (tokens: Tokens, at: number): boolean =>
  tokens.kinds[at] === WORD || tokens.kinds[at] === NUMBER || tokens.lower[at] === ':' || tokens.lower[at] === '%';
