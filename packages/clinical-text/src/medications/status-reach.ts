import { auxiliaries, determiners, pluralAuxiliaries, type StatusEntry } from '../lexicon/medication-status.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import { boundary, type Cue, contrasts, type DrugPlace, pronouns, REACH } from './status-cue.ts';

/** Words between a status and its drug that are no filler, at most. */
const UNKNOWN_WORDS = 1;

const opening = new Set(['(', '[', ':', '-', '–', '—', '"', '*', '/', '>', '|', '{']);
const joining = new Set([
  'topical',
  'oral',
  'iv',
  ',',
  'and',
  '&',
  '/',
  '+',
  'plus',
  'or',
  'with',
  '(',
  ')',
  '|',
  'und',
  '-',
  'nor',
  'a',
  'an',
  'the',
]);

/** Which drugs of a sentence the words of a status reach, before them and after them. */
export class StatusReach {
  private readonly cues: PhraseTrie<readonly StatusEntry[]>;
  private readonly fillers: PhraseTrie<true>;
  private readonly determiners = new PhraseTrie<true>().addAll(determiners, true);
  private readonly auxiliaries: ReadonlySet<string> = new Set(auxiliaries);
  private readonly plural: ReadonlySet<string> = new Set(pluralAuxiliaries);

  constructor(cues: PhraseTrie<readonly StatusEntry[]>, fillers: PhraseTrie<true>) {
    this.cues = cues;
    this.fillers = fillers;
  }

  isDirect(tokens: Tokens, from: number, to: number): boolean {
    for (let at = from; at < to; ) {
      const match = this.determiners.longest(tokens, at, to);
      if (match === undefined) return false;
      at = match.end;
    }
    return true;
  }

  /** The first drug that the words reach, or null. */
  ahead(tokens: Tokens, drugs: readonly DrugPlace[], cue: Cue): number | null {
    const next = drugs.findIndex((drug) => drug.from >= cue.to);
    if (next < 0 || drugs[next]!.from - cue.to > REACH) return null;
    let unknown = 0;
    for (let at = cue.to; at < drugs[next]!.from; ) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] === PUNCTUATION) {
        if (!opening.has(word) && word !== ')' && word !== "'" && word !== '’') return null;
        at++;
        continue;
      }
      if (contrasts.has(word)) return null;
      const filler = this.fillers.longest(tokens, at, drugs[next]!.from);
      const other = this.cues.longest(tokens, at, drugs[next]!.from);
      if (filler === undefined && other === undefined && tokens.kinds[at] === WORD && ++unknown > UNKNOWN_WORDS)
        return null;
      at = Math.max(filler?.end ?? 0, other?.end ?? 0, at + 1);
    }
    return next;
  }

  /** The drug to which the words after it refer, or null. `close`: only parts of its order are between. */
  behind(
    tokens: Tokens,
    drugs: readonly DrugPlace[],
    cue: Cue,
  ): { readonly drug: number; readonly plural: boolean; readonly close: boolean } | null {
    let drug = -1;
    while (drug + 1 < drugs.length && drugs[drug + 1]!.to <= cue.from) drug++;
    if (drug < 0) return null;
    const start = Math.max(drugs[drug]!.end, drugs[drug]!.to);
    let comma = false;
    let plural = false;
    let words = 0;
    // "Resume apixaban when the bleeding has stopped": the words are of another subject.
    let subordinate = false;
    // "Offered varenicline, she would rather not", "given co-codamol but he never took it"
    const refersBack =
      /^(?:it|them)$/.test(tokens.lower[cue.to - 1]!) ||
      cue.entries.every(({ status, reach }) => status === 'refused' && reach === 'backward');
    for (let at = Math.min(start, cue.from); at < cue.from; at++) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.' || word === '?' || word === '!') return null;
      if (word === 'when' || word === 'until') subordinate = true;
      if (word === 'and' || word === ',' || word === 'then' || contrasts.has(word)) {
        comma = true;
        subordinate = false;
      } else if (pronouns.has(word) && !refersBack) return null;
      else if (this.auxiliaries.has(word)) plural ||= this.plural.has(word);
      else if (word === 'both' || word === 'all') plural = true;
      else if (tokens.kinds[at] === WORD && this.fillers.longest(tokens, at, cue.from) === undefined) words++;
    }
    let led = false;
    for (let at = cue.from - 1; at >= start && !led; at--) {
      const word = tokens.lower[at]!;
      if (this.auxiliaries.has(word)) led = true;
      else if (!word.endsWith('ly') && !/^(?:not|also|then|now|since|to|later|never|ever|initially|again)$/.test(word))
        break;
    }
    if (subordinate || words > (led ? 5 : 2)) return null;
    return { drug, plural, close: !comma && (led || words === 0) };
  }

  /** The drugs of an enumeration to which the words after it refer. */
  subjects(
    tokens: Tokens,
    drugs: readonly DrugPlace[],
    groups: readonly number[],
    last: number,
    plural: boolean,
  ): number[] {
    let first = last;
    while (
      first > 0 &&
      groups[first - 1] === groups[last] &&
      (plural || isJoined(tokens, drugs[first - 1]!, drugs[first]!, first < last))
    )
      first--;
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }

  objects(tokens: Tokens, drugs: readonly DrugPlace[], groups: readonly number[], first: number): number[] {
    const found = [first];
    for (let next = first + 1; next < drugs.length; next++) {
      // "Chemotherapy with cisplatin and Taxol": the class and its members.
      if (groups[next] !== groups[next - 1] && !this.names(tokens, drugs[next - 1]!, drugs[next]!)) break;
      found.push(next);
    }
    return found;
  }

  /** Whether words such as "treatment with" connect a class to a drug of it. */
  private names(tokens: Tokens, { end, to }: DrugPlace, next: DrugPlace): boolean {
    if (end > to || next.from - to > 4) return false;
    let naming = false;
    for (let at = to; at < next.from; ) {
      naming ||= /^(?:with|of|including|namely|like|:)$/.test(tokens.lower[at]!);
      const filler = this.fillers.longest(tokens, at, next.from);
      if (filler === undefined && tokens.lower[at] !== ':') return false;
      at = filler?.end ?? at + 1;
    }
    return naming;
  }
}

/** The index of each drug's enumeration: its drugs have only parts of orders, commas and "and" between them. */
export const groupsOf = (tokens: Tokens, drugs: readonly DrugPlace[]): number[] => {
  const groups: number[] = [];
  let group = 0;
  drugs.forEach((drug, index) => {
    const last = drugs[index - 1];
    if (last !== undefined) {
      for (let at = Math.max(last.to, Math.min(last.end, drug.from)); at < drug.from; at++) {
        if (!joining.has(tokens.lower[at]!)) {
          group++;
          break;
        }
      }
    }
    groups.push(group);
  });
  return groups;
};

/** "aspirin and clopidogrel": a participle after them refers to both; a comma alone joins only within such a list. */
const isJoined = (tokens: Tokens, a: DrugPlace, b: DrugPlace, within: boolean): boolean => {
  if (a.end > a.to) return false;
  for (let at = a.to; at < b.from; at++) {
    const word = tokens.lower[at]!;
    if (word === 'and' || word === '&' || word === '/' || word === '+' || word === '(' || word === 'or') return true;
    if (word === ',' && within) return true;
  }
  return false;
};
