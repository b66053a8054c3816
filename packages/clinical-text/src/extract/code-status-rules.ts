import { isOfRelative } from '../context/relatives.ts';
import type { Document, Item } from '../document.ts';
import { codeStatuses, codeStatusKeys } from '../lexicon/code-status.ts';
import type { CodeStatus } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { WORD } from '../text/tokens.ts';
import { mentionOf } from './mentions.ts';

/** Resuscitation status and ceilings of care. */
export class CodeStatusRules {
  private readonly statuses = new PhraseTrie<CodeStatus['value']>();
  private readonly keys = new PhraseTrie<true>().addAll(codeStatusKeys, true);
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.statuses, this.keys]);
    for (const [value, phrases] of Object.entries(codeStatuses))
      this.statuses.addAll(phrases, value as keyof typeof codeStatuses);
  }

  find(document: Document): CodeStatus[] {
    const { tokens } = document;
    const found: CodeStatus[] = [];
    const opens = this.openings.of(tokens);
    const add = (item: Item, from: number, to: number, value: CodeStatus['value'], rule: string): void =>
      void found.push({ ...mentionOf(document, item, { from, to, id: `c${found.length + 1}`, rule }), value });
    for (const item of document.items) {
      const before = found.length;
      let key: number | undefined;
      for (let at = item.from; at < item.to; at++) {
        if ((opens[at]! & this.bit) === 0 || tokens.kinds[at] !== WORD) continue;
        const status = this.statuses.longest(tokens, at, item.to);
        if (status !== undefined && isOfRelative(tokens, item, at)) {
          at = status.end - 1;
          continue;
        }
        if (status !== undefined && !(document.inHeading[at] === 1 && tokens.lower[status.end] === ':')) {
          add(item, at, status.end, status.value, 'code-status.phrase');
          at = status.end - 1;
          continue;
        }
        const named = this.keys.longest(tokens, at, item.to);
        if (named === undefined) continue;
        if (isOfRelative(tokens, item, at)) break;
        if (tokens.lower[named.end] === ':' || tokens.lower[named.end] === '-') key = named.end + 1;
        at = named.end - 1;
      }
      if (key === undefined || found.length > before || key >= item.to) continue;
      let to = item.to;
      while (to > key && tokens.kinds[to - 1] !== WORD) to--;
      if (to > key) add(item, key, to, statusIn(tokens.lower.slice(key, to)), 'code-status.key');
    }
    return found;
  }
}

const statusIn = (words: readonly string[]): CodeStatus['value'] => {
  const [first] = words;
  if (first === 'full' || first === 'yes') return 'full';
  return 'other';
};
