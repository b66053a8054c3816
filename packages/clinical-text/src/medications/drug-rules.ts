import {
  drugClasses,
  drugStems,
  endogenous,
  givingWords,
  levelWordsAfter,
  levelWordsBefore,
  notDrugs,
  saltWords,
} from '../lexicon/drug-classes.ts';
import { cardiovascularDrugs } from '../lexicon/drugs-cardiovascular.ts';
import { infectionAndCancerDrugs } from '../lexicon/drugs-infection-cancer.ts';
import { nervousDrugs } from '../lexicon/drugs-nervous.ts';
import { otherDrugs } from '../lexicon/drugs-other.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';

export interface DrugMention {
  readonly from: number;
  readonly to: number;
  readonly kind: 'drug' | 'class';
}

/** Shorter words with a stem are rarely drugs: "season", "person". */
const SHORTEST_STEMMED = 7;

/** Names of drugs and of classes of drugs. */
export class DrugRules {
  private readonly names = new PhraseTrie<'drug' | 'class'>();
  private readonly salts = new PhraseTrie<true>().addAll(saltWords, true);
  private readonly bodys = new PhraseTrie<true>().addAll(endogenous, true);
  private readonly before: ReadonlySet<string> = new Set(levelWordsBefore);
  private readonly after: ReadonlySet<string> = new Set(levelWordsAfter);
  private readonly giving: ReadonlySet<string> = new Set(givingWords);
  private readonly exceptions: ReadonlySet<string> = new Set(notDrugs);
  private readonly stems: ReadonlySet<string>;
  private readonly longestStem: number;

  constructor() {
    for (const drugs of [cardiovascularDrugs, nervousDrugs, infectionAndCancerDrugs, otherDrugs])
      this.names.addAll(drugs, 'drug');
    this.names.addAll(drugClasses, 'class');
    this.stems = new Set(drugStems);
    this.longestStem = Math.max(...drugStems.map((stem) => stem.length));
  }

  find(tokens: Tokens): DrugMention[] {
    const found: DrugMention[] = [];
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kinds[at] !== WORD && tokens.lower[at] !== '5' && tokens.lower[at] !== '6') continue;
      const match = this.names.longest(tokens, at, tokens.count);
      let kind = match?.value;
      let end = match?.end ?? at + 1;
      if (match === undefined && this.hasStem(tokens.lower[at]!)) kind = 'drug';
      if (kind === undefined) continue;
      if (this.isLevel(tokens, at, end)) continue;
      if (kind === 'drug') {
        const salt = this.salts.longest(tokens, end, tokens.count);
        if (salt !== undefined && tokens.breaks[end] === 0) end = salt.end;
      }
      found.push({ from: at, to: end, kind });
      at = end - 1;
    }
    return found;
  }

  /** "Serum albumin 3.1" is a result, "albumin infusion" a treatment. */
  private isLevel(tokens: Tokens, from: number, to: number): boolean {
    const next = tokens.lower[to] ?? '';
    const previous = tokens.lower[from - 1] ?? '';
    if (next === 'level' || next === 'levels' || previous === 'serum' || previous === 'plasma') return true;
    if (this.bodys.longest(tokens, from, to)?.end !== to) return false;
    if (this.before.has(previous) && !this.giving.has(tokens.lower[from - 2] ?? '')) return true;
    if (this.giving.has(previous) || this.giving.has(next)) return false;
    for (let at = Math.max(0, from - 4); at < from - 1; at++) if (this.giving.has(tokens.lower[at]!)) return false;
    if (
      tokens.kinds[to] === NUMBER &&
      /^(?:mg|mcg|units?|iu|g)$/.test(tokens.lower[to + 1] ?? '') &&
      tokens.lower[to + 2] !== '/'
    )
      return false;
    return (
      this.after.has(next) ||
      tokens.kinds[to] === NUMBER ||
      next === '(' ||
      next === '-' ||
      next === ',' ||
      next === '/' ||
      next === ')'
    );
  }

  private hasStem(word: string): boolean {
    if (word.length < SHORTEST_STEMMED || this.exceptions.has(word)) return false;
    const singular = word.endsWith('s') ? word.slice(0, -1) : word;
    for (let length = Math.min(this.longestStem, word.length - 3); length >= 4; length--) {
      if (this.stems.has(word.slice(-length)) || this.stems.has(singular.slice(-length))) return true;
    }
    return false;
  }
}
