import type { Span } from '@healthcare-ai/clinical-text/engine';
import type { SentText } from './sent-text.ts';

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Matches a quote as whole words, in any case, with any white space for white space. */
function pattern(quote: string): RegExp | undefined {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const body = words.map(literal).join('\\s+');
  const wordAt = (character: string) => /[\p{L}\p{N}]/u.test(character);
  const first = wordAt([...words[0]!][0]!) ? '(?<![\\p{L}\\p{N}])' : '';
  const last = wordAt([...words.at(-1)!].at(-1)!) ? '(?![\\p{L}\\p{N}])' : '';
  return new RegExp(`${first}${body}${last}`, 'giv');
}

/** Every place of a quote in a note, in order; none for a lone surrogate or the like. */
function placesOf(note: string, quote: string): Span[] {
  const expression = quote.isWellFormed() ? pattern(quote) : undefined;
  if (!expression) return [];
  return [...note.matchAll(expression)].map(({ index, 0: text }) => ({ start: index, end: index + text.length, text }));
}

/**
 * Finds the places of quotes: the second item with the same words gets the second place. What is not in the note was
 * made up, and gets none.
 */
export class QuoteFinder {
  readonly #sent: SentText;
  readonly #used = new Map<string, number>();
  #dropped = 0;

  /** @param sent the text that the model read; places are given in the note */
  constructor(sent: SentText) {
    this.#sent = sent;
  }

  #places(quote: string): Span[] {
    return placesOf(this.#sent.text, quote).map((place) => this.#sent.toNote(place));
  }

  /** Quotes that the note does not have. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @param kind items of different kinds may share a place */
  next(kind: string, quote: string): Span | undefined {
    const places = this.#places(quote);
    if (places.length === 0) {
      this.#dropped += 1;
      return undefined;
    }
    const key = `${kind}\u0000${quote.trim().toLowerCase()}`;
    const nth = this.#used.get(key) ?? 0;
    this.#used.set(key, nth + 1);
    return places[nth];
  }

  /** Every place of what identifies a person: a name that is masked once must be masked everywhere. */
  all(quote: string): Span[] {
    const places = this.#places(quote);
    if (places.length === 0) this.#dropped += 1;
    return places;
  }

  /** The place of a quote that is nearest to another, what follows before what precedes. */
  near(anchor: Span, quote: string): Span | undefined {
    const places = this.#places(quote);
    if (places.length === 0) {
      this.#dropped += 1;
      return undefined;
    }
    const distance = ({ start, end }: Span) =>
      start >= anchor.end ? start - anchor.end : 2 * (anchor.start - end) + 100;
    return places
      .filter(({ start, end }) => start >= anchor.end || end <= anchor.start)
      .sort((a, b) => distance(a) - distance(b))[0];
  }
}

/** In order, without overlaps: of two that overlap, the longer is kept. */
export function ordered<Item extends Span>(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  for (const item of [...items].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || item.start >= last.end) kept.push(item);
    else if (item.end - item.start > last.end - last.start) kept[kept.length - 1] = item;
  }
  return kept;
}
