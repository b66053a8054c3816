import { graphemeWidener } from './graphemes.ts';
import type { Place } from './split.ts';

/** Finds words in one note, as often as asked. */
export type Finder = (query: string) => Place[];

/**
 * Prepares a note for finding. Case, accents, width and the form of white space make no difference: "creme" finds "Crème",
 * composed or decomposed, and a blank finds the end of a line.
 */
export function createFinder(text: string): Finder {
  const folded = fold(text);
  const widen = graphemeWidener(text);
  return (query) => {
    const wanted = fold(query.trim()).text;
    if (wanted === '') return [];
    const hits: Place[] = [];
    for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + wanted.length)) {
      hits.push(widen({ start: folded.starts[at]!, end: folded.ends[at + wanted.length - 1]! }));
    }
    return hits;
  };
}

interface Folded {
  readonly text: string;
  /** Where in the note each unit of `text` begins and ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function fold(text: string): Folded {
  const [units, starts, ends]: [string[], number[], number[]] = [[], [], []];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const form = foldCharacter(character);
    // A run of white space is one blank, which reaches over all of it.
    if (form === ' ' && units.at(-1) === ' ') ends[ends.length - 1] = end;
    else {
      for (const unit of form) {
        for (let index = 0; index < unit.length; index += 1) {
          units.push(unit[index]!);
          starts.push(start);
          ends.push(end);
        }
      }
    }
    start = end;
  }
  return { text: units.join(''), starts, ends };
}

function foldCharacter(character: string): string {
  if (/\s/.test(character)) return character === '\ufeff' ? '' : ' ';
  if (character < '\u0080') return character.toLowerCase();
  return character
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
}
