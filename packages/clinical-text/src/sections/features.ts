import { drugClasses } from '../lexicon/drug-classes.ts';
import { cardiovascularDrugs } from '../lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from '../lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from '../lexicon/drugs-nervous.ts';
import { otherDrugs } from '../lexicon/drugs-other.ts';
import { problems } from '../lexicon/problems.ts';
import { topicWords } from '../lexicon/section-topics.ts';
import { symptoms } from '../lexicon/symptoms.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens, tokenize, WORD } from '../text/tokens.ts';

/** Only so much of a text is read: labels show early, and the cost stays bounded. */
const TOKENS_READ = 400;

/** Topics generalise to words that no training text holds. */
const TOPIC_WEIGHT = 2;

const surgical = /(?:ectomy|otomy|ostomy|oplasty|plasty|orrhaphy|pexy)$/;

/** Words, pairs of words and topics of a text, for the section model; the same in training and in use. */
export class SectionFeatures {
  private readonly topics = new PhraseTrie<string>();

  constructor() {
    for (const drugs of [cardiovascularDrugs, nervousDrugs, infectionAndCancerDrugs, otherDrugs])
      this.topics.addAll(drugs, 'drug');
    this.topics.addAll(drugClasses, 'drug-class').addAll(symptoms, 'symptom').addAll(problems, 'problem');
    for (const [topic, phrases] of Object.entries(topicWords)) this.topics.addAll(phrases, topic);
  }

  of(text: string): Map<string, number> {
    const tokens = tokenize(text);
    const count = Math.min(tokens.count, TOKENS_READ);
    const features = new Map<string, number>();
    const add = (name: string): void => void features.set(name, 1);
    const words = normalise(tokens, count);
    for (let at = 0; at < words.length; at++) {
      add(words[at]!);
      if (at > 0) add(`${words[at - 1]} ${words[at]}`);
    }
    add(`^${words[0]}`);
    add(`^${words[0]} ${words[1]}`);
    if (words.length <= 6) add(`=${words.join(' ')}`);
    if (words[0] === '0' && tokens.lower[1] === '.') add('@list');
    if (tokens.lower[0] === '"' || tokens.lower[0] === '“') add('@quoted');
    if (words.length > 1 && tokens.lower.slice(0, 4).includes(':')) add('@labelled');
    for (const word of words) if (word.length > 5) add(`~${word.slice(-4)}`);
    add(`#${Math.min(7, Math.floor(Math.log2(words.length + 1)))}`);
    const topics = this.countTopics(tokens, count);
    for (const [topic, hits] of topics) {
      add(`@${topic}`);
      if (hits > 1) add(`@${topic}+`);
      if (hits / words.length > 0.2) add(`@${topic}!`);
    }
    // Long texts have many features: without this a long text would always be the class of long texts.
    const scale = 1 / Math.sqrt(features.size);
    for (const name of features.keys())
      features.set(name, name.startsWith('@') || name.startsWith('#') ? TOPIC_WEIGHT * scale : scale);
    return features;
  }

  private countTopics(tokens: Tokens, count: number): Map<string, number> {
    const hits = new Map<string, number>();
    const hit = (topic: string): void => void hits.set(topic, (hits.get(topic) ?? 0) + 1);
    for (let at = 0; at < count; at++) {
      const match = this.topics.longest(tokens, at, count);
      if (match !== undefined) {
        hit(match.value);
        at = match.end - 1;
      } else if (tokens.kinds[at] === WORD && surgical.test(tokens.lower[at]!)) hit('operation');
    }
    return hits;
  }
}

const normalise = (tokens: Tokens, count: number): string[] => {
  const words: string[] = [];
  for (let at = 0; at < count; at++) {
    const kind = tokens.kinds[at];
    if (kind === WORD) words.push(tokens.lower[at]!);
    else if (kind === NUMBER) words.push('0');
    else if (tokens.lower[at] === ':' || tokens.lower[at] === '%') words.push(tokens.lower[at]!);
  }
  return words;
};
