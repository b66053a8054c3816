import { createHash } from 'node:crypto';
import type { Coding } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Tokens } from '../text/tokens.ts';

/** Kinds of list that a site may mount. A list of medications or problems also adds its terms to what is found. */
export const vocabularySystems = [
  'rxnorm',
  'dm+d',
  'icd-10-cm',
  'snomed',
  'local-medications',
  'local-problems',
] as const;
export type VocabularySystem = (typeof vocabularySystems)[number];

/** The content of a file of `code<TAB>term` lines. */
export interface VocabularySource {
  readonly system: VocabularySystem;
  readonly text: string;
}

interface Entry {
  readonly system: VocabularySystem;
  readonly code: string;
  readonly term: string;
}

/** More terms need more memory than an analysis thread has. */
const MOST_TERMS = 200_000;
const LONGEST_TERM = 200;

/** A line that cannot be read. The message names the line and never shows its words. */
export class VocabularyError extends Error {
  constructor(line: number, fault: string) {
    super(`line ${line} ${fault}`);
    this.name = 'VocabularyError';
  }
}

const codingSystem = (system: VocabularySystem): Coding['system'] =>
  system.startsWith('local') ? 'local' : (system as Coding['system']);

/** Reads `code<TAB>term` lines; a third column, empty lines and lines that begin with # are ignored. @throws VocabularyError */
export const parseVocabulary = ({ system, text }: VocabularySource): Entry[] => {
  const entries: Entry[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue;
    const [code = '', term = ''] = raw.split('\t').map((column) => column.trim());
    const line = index + 1;
    if (!raw.includes('\t')) throw new VocabularyError(line, 'has no tab between code and term');
    if (!/^[A-Za-z0-9][A-Za-z0-9.+_:-]{0,63}$/.test(code))
      throw new VocabularyError(
        line,
        'has a code that is empty, too long or contains other characters than letters, digits and . + _ : -',
      );
    if (term.length > LONGEST_TERM)
      throw new VocabularyError(line, `has a term longer than ${LONGEST_TERM} characters`);
    if (!/\p{L}/u.test(term)) throw new VocabularyError(line, 'has a term without a letter');
    if (entries.length === MOST_TERMS) throw new VocabularyError(line, `exceeds the limit of ${MOST_TERMS} terms`);
    entries.push({ system, code, term });
  }
  return entries;
};

const kinds: Readonly<Record<VocabularySystem, 'medication' | 'problem' | null>> = {
  rxnorm: 'medication',
  'dm+d': 'medication',
  'local-medications': 'medication',
  'icd-10-cm': 'problem',
  'local-problems': 'problem',
  snomed: null,
};

/** The lists that a site mounted: codes by term, and terms to look for. */
export class Vocabulary {
  private readonly codes = new PhraseTrie<readonly Coding[]>();
  /** Terms of drugs; single words of everyday English are the caller's to leave out. */
  readonly medications: readonly string[];
  readonly problems: readonly string[];
  /** SHA-256 of the lists in their order; part of the hash of the rule pack. Null without lists. */
  readonly sha256: string | null;

  /** @throws VocabularyError */
  constructor(sources: readonly VocabularySource[] = []) {
    const byTerm = new Map<string, Coding[]>();
    const medications = new Set<string>();
    const problems = new Set<string>();
    for (const source of sources) {
      for (const { system, code, term } of parseVocabulary(source)) {
        const key = term.toLowerCase();
        const codings = byTerm.get(key) ?? [];
        if (codings.length === 0) byTerm.set(key, codings);
        codings.push({ system: codingSystem(system), code, display: term, from: 'file' });
        const kind = kinds[system];
        if (kind !== null) (kind === 'medication' ? medications : problems).add(key);
      }
    }
    for (const [term, codings] of byTerm) this.codes.add(term, codings);
    this.medications = [...medications];
    this.problems = [...problems];
    this.sha256 = sources.length === 0 ? null : hashOf(sources);
  }

  /** The codes of the longest listed term that begins a mention. */
  codesOf(tokens: Tokens, from: number, to: number): readonly Coding[] {
    return this.codes.longest(tokens, from, to)?.value ?? [];
  }

  /** The codes of a mention that is a listed term as a whole. */
  exactCodesOf(tokens: Tokens, from: number, to: number): readonly Coding[] {
    const match = this.codes.longest(tokens, from, to);
    return match?.end === to ? match.value : [];
  }
}

const hashOf = (sources: readonly VocabularySource[]): string => {
  const hash = createHash('sha256');
  for (const { system, text } of sources) hash.update(`${system}\0${text.length}\0`).update(text);
  return hash.digest('hex');
};
