import type { Deidentified, KnownName, KnownPeople, KnownPerson, PhiCategory } from '../engine.ts';
import { nameParticles } from '../lexicon/name-context.ts';
import { nicknames } from '../lexicon/nicknames.ts';
import type { Sentence } from '../text/sentences.ts';
import { CAPITALISED, LOWER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { isoDay } from './calendar.ts';
import { type Candidate, RANK } from './candidate.ts';
import { KnownValues } from './known-values.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Letters of a name below which one edit makes another word. */
const SHORTEST_FUZZY = 5;
/** Tokens of a name with its initials and marks. */
const LONGEST_NAME = 12;
/** Before a name in capitals. */
const personWords: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'prof',
  'wife',
  'husband',
  'son',
  'daughter',
  'patient',
  'pt',
]);
const particles: ReadonlySet<string> = new Set(nameParticles);

interface Part {
  /** Pointer into the request, such as `/patient/names/0`. */
  readonly pointer: string;
  /** The parts of one person's name are adjacent. */
  readonly person: number;
  readonly category: PhiCategory;
  /** Also a word of English or medicine: alone it counts only with a capital inside a sentence. */
  readonly plain: boolean;
}

export interface KnownMatches {
  readonly candidates: readonly Candidate[];
  readonly found: ReadonlySet<string>;
}

/** Letters without marks: notes are typed without them. */
const folded = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
const transcribed = (word: string): string =>
  folded(word.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'));

/** Identifiers of the patient, relatives and staff that the caller knows: matched before any rule, in any letter case. */
export class KnownIdentifiers {
  /** Birth dates as day numbers: the date rules find them in every form. */
  readonly births: ReadonlySet<number>;
  private readonly birthPointers = new Map<number, string>();
  private readonly parts = new Map<string, Part>();
  private readonly shortened = new Map<string, string>();
  private readonly values = new KnownValues();
  private readonly pointers: string[] = [];
  private readonly lexicon: NameLexicon;

  constructor({ patient, others = [], staff = [] }: KnownPeople, lexicon: NameLexicon) {
    this.lexicon = lexicon;
    let people = 0;
    if (patient !== undefined) this.addPerson(patient, '/patient', people++);
    others.forEach((person, at) => {
      this.addPerson(person, `/others/${at}`, people++);
    });
    staff.forEach((name, at) => {
      this.addName(name, `/staff/${at}`, people++);
    });
    this.births = new Set(this.birthPointers.keys());
    for (const part of this.parts.keys()) {
      if (part.length < SHORTEST_FUZZY) continue;
      for (const short of [part, ...deletions(part)]) if (!this.shortened.has(short)) this.shortened.set(short, part);
    }
  }

  find(tokens: Tokens, sentences: readonly Sentence[]): KnownMatches {
    const candidates: Candidate[] = [];
    const found = new Set<string>();
    for (const { candidate, pointer } of this.values.find(tokens)) {
      candidates.push(candidate);
      found.add(pointer);
    }
    if (this.parts.size === 0) return { candidates, found };
    for (const sentence of sentences) {
      for (let at = sentence.from; at < sentence.to; ) {
        const match = this.nameAt(tokens, at, sentence);
        if (match === undefined) at++;
        else {
          candidates.push(match.candidate);
          for (const pointer of match.pointers) found.add(pointer);
          at = match.candidate.to;
        }
      }
    }
    return { candidates, found };
  }

  report({ candidates, found }: KnownMatches, births: ReadonlySet<number>): NonNullable<Deidentified['known']> {
    const all = new Set(found);
    for (const birth of births) all.add(this.birthPointers.get(birth)!);
    return { matches: candidates.length + births.size, notFound: this.pointers.filter((pointer) => !all.has(pointer)) };
  }

  private addPerson(person: KnownPerson, pointer: string, index: number): void {
    person.names?.forEach((name, at) => {
      this.addName(name, `${pointer}/names/${at}`, index);
    });
    const birth = isoDay(person.birthDate);
    if (birth !== undefined) {
      this.birthPointers.set(birth, `${pointer}/birth_date`);
      this.pointers.push(`${pointer}/birth_date`);
    }
    const add = (kind: string, at: number, category: PhiCategory, value: string): void => {
      this.pointers.push(`${pointer}/${kind}/${at}`);
      this.values.add(value, category, `${pointer}/${kind}/${at}`);
    };
    person.identifiers?.forEach(({ category, value }, at) => {
      add('identifiers', at, category, value);
    });
    person.phones?.forEach((value, at) => {
      this.pointers.push(`${pointer}/phones/${at}`);
      this.values.addPhone(value, `${pointer}/phones/${at}`);
    });
    person.emails?.forEach((value, at) => {
      add('emails', at, 'EMAIL', value);
    });
    person.addresses?.forEach(({ lines = [], city, postalCode }, at) => {
      const address = `${pointer}/addresses/${at}`;
      this.pointers.push(address);
      for (const line of lines) this.values.addAddressLine(line, address);
      if (postalCode !== undefined) this.values.add(postalCode, 'LOCATION', address);
      if (city !== undefined) {
        const words = wordsOf(city);
        if (words.length > 1) this.values.add(city, 'LOCATION', address);
        else
          for (const word of words) this.addPart(word, { pointer: address, person: -1 - index, category: 'LOCATION' });
      }
    });
  }

  private addName({ given = [], family, also = [], former = [] }: KnownName, pointer: string, person: number): void {
    this.pointers.push(pointer);
    const add = (word: string): void => this.addPart(word, { pointer, person, category: 'NAME' });
    for (const name of [...given, ...(family === undefined ? [] : [family]), ...also, ...former]) {
      const words = wordsOf(name);
      for (const word of words) if (words.length === 1 || !particles.has(word)) add(word);
      if (words.length > 1) add(words.join(''));
    }
    for (const name of given)
      for (const word of wordsOf(name))
        for (const forms of nicknames)
          if (forms.includes(word) && (forms[0] === word || forms.indexOf(word) < 3))
            for (const form of forms) add(form);
  }

  private addPart(word: string, part: Omit<Part, 'plain'>): void {
    for (const form of new Set([word, folded(word), transcribed(word)])) {
      if (form.length < 2 || this.parts.has(form)) continue;
      this.parts.set(form, { ...part, plain: form.length < 3 || this.lexicon.known.has(form) });
    }
  }

  private partAt(tokens: Tokens, at: number): Part | undefined {
    const word = tokens.lower[at]!;
    if (tokens.kinds[at] !== WORD || word.length < 2) return undefined;
    return this.parts.get(word) ?? this.parts.get(folded(word)) ?? this.misspelt(tokens, at);
  }

  /** One edit or one swap away, with the same first letter, and no word that is known. */
  private misspelt(tokens: Tokens, at: number): Part | undefined {
    const word = tokens.lower[at]!;
    if (word.length < SHORTEST_FUZZY) return undefined;
    for (const short of [word, ...deletions(word)]) {
      const part = this.shortened.get(short);
      if (part === undefined || part[0] !== word[0] || !isOneEdit(part, word)) continue;
      return this.lexicon.known.hasAt(tokens, at) ? undefined : this.parts.get(part);
    }
    return undefined;
  }

  private nameAt(
    tokens: Tokens,
    at: number,
    sentence: Sentence,
  ): { readonly candidate: Candidate; readonly pointers: readonly string[] } | undefined {
    const first = this.partAt(tokens, at) ?? this.joinedAt(tokens, at);
    if (first === undefined) return undefined;
    const words = new Set<string>([tokens.lower[at]!]);
    const pointers = new Set<string>([first.pointer]);
    let to = at + 1;
    let capital = tokens.shapes[at] !== LOWER;
    for (let next = to; next < sentence.to && next - at < LONGEST_NAME && tokens.breaks[next]! < 2; next++) {
      const part = this.partAt(tokens, next);
      if (part?.person === first.person) {
        words.add(tokens.lower[next]!);
        pointers.add(part.pointer);
        capital ||= tokens.shapes[next] !== LOWER;
        to = next + 1;
      } else if (!this.joins(tokens, next)) break;
    }
    const sure = words.size > 1 && (capital || !first.plain);
    if (!sure && !(first.plain ? this.isCapitalInside(tokens, at, sentence) : tokens.lower[at]!.length > 2))
      return undefined;
    let from = at;
    // "A. O'Riordan": the initials before it.
    while (from > sentence.from && at - from < 4 && this.isInitialBefore(tokens, from))
      from = tokens.lower[from - 1] === '.' ? from - 2 : from - 1;
    const end = words.size > 1 ? to : at + 1;
    return {
      candidate: {
        from,
        to: end,
        category: first.category,
        rule: words.size > 1 ? 'known name' : 'part of a known name',
        rank: RANK.known,
      },
      pointers: [...pointers],
    };
  }

  /** "O'Riordan", of which the first part is a letter. */
  private joinedAt(tokens: Tokens, at: number): Part | undefined {
    if (
      tokens.kinds[at] !== WORD ||
      tokens.lower[at]!.length > 3 ||
      !/^['’-]$/.test(tokens.lower[at + 1] ?? '') ||
      !touches(tokens, at + 1) ||
      !touches(tokens, at + 2)
    )
      return undefined;
    return this.partAt(tokens, at + 2);
  }

  private joins(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at]!;
    if (tokens.kinds[at] === PUNCTUATION) return /^[-'’.,]$/.test(word);
    return tokens.kinds[at] === WORD && (word.length === 1 || particles.has(word));
  }

  private isInitialBefore(tokens: Tokens, from: number): boolean {
    const at = tokens.lower[from - 1] === '.' ? from - 2 : from - 1;
    return (
      at >= 0 &&
      tokens.kinds[at] === WORD &&
      tokens.lower[at]!.length === 1 &&
      tokens.shapes[at] !== LOWER &&
      tokens.breaks[from] === 0
    );
  }

  private isCapitalInside(tokens: Tokens, at: number, sentence: Sentence): boolean {
    if (tokens.shapes[at] === LOWER) return false;
    const before = tokens.lower[at - 1] ?? '';
    if (tokens.shapes[at] !== CAPITALISED) return personWords.has(before);
    if (this.isInitialBefore(tokens, at)) return true;
    const first = at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && !/^[,'’-]$/.test(before));
    if (!first || (this.lexicon.isGiven(tokens, at) && !this.lexicon.isEveryday(tokens, at))) return true;
    return /^['’]$/.test(tokens.lower[at + 1] ?? '') && tokens.lower[at + 2] === 's';
  }
}

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+/gu) ?? [];

const deletions = (word: string): string[] =>
  Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));

/** One letter more, less or other, or two neighbours swapped. */
const isOneEdit = (a: string, b: string): boolean => {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.length - start - end, b.length - start - end];
  return (
    (left <= 1 && right <= 1) || (left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start])
  );
};
