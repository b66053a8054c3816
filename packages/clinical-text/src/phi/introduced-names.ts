import { CAPITALISED, LOWER, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, named, RANK } from './candidate.ts';
import type { LabelledNames } from './labelled-names.ts';
import type { NameCues } from './name-cues.ts';
import { nameEnd, smallNameEnd } from './name-end.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Words for people who are greeted without a name. */
const addressees: ReadonlySet<string> = new Set(
  'colleague colleagues all team both sir madam doctor doctors everyone there nurse parents parent patient friend friends again folks guys'.split(
    ' ',
  ),
);
const noNames: ReadonlySet<string> = new Set(
  'unknown not correct incorrect wrong right spelt spelled misspelled withheld missing the same different confirmed checked on in unclear illegible changed used'.split(
    ' ',
  ),
);
const modals: ReadonlySet<string> = new Set([
  'will',
  'may',
  'can',
  'might',
  'hope',
  'sun',
  'son',
  'bill',
  'pat',
  'max',
  'ill',
]);
/** How a name is expected at a place. */
interface Expected {
  readonly shouting: boolean;
  readonly small: boolean;
  /** An unknown word in small letters counts too. */
  readonly sure: boolean;
  /** After "is called" and the like: any capitalised word counts. */
  readonly declared?: boolean;
  readonly rule: string;
}

/** Names after words that lead to one: a relation, a greeting, a role, "my name is". */
export class IntroducedNames {
  private readonly lexicon: NameLexicon;
  private readonly cues: NameCues;
  private readonly labelled: LabelledNames;

  constructor(lexicon: NameLexicon, cues: NameCues, labelled: LabelledNames) {
    this.lexicon = lexicon;
    this.cues = cues;
    this.labelled = labelled;
  }

  /** "his wife Ellen", "son, Femi,", "dtr (tamika)", "HUSBAND TOBIAS" */
  byRelation(tokens: Tokens, at: number, shouting: boolean, small: boolean): Candidate | undefined {
    const relation = this.cues.relations.longest(tokens, at, tokens.count);
    if (relation === undefined) return undefined;
    let from = relation.end;
    const mark = /^[,(:]$/.test(tokens.lower[from] ?? '') ? tokens.lower[from] : undefined;
    if (mark !== undefined) from++;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 1) return undefined;
    return this.person(tokens, from, { shouting, small, sure: mark === '(', rule: 'relation' });
  }

  /** "my name is Ellen", "spoke with ellen" */
  byIntroduction(tokens: Tokens, at: number, shouting: boolean, small: boolean): Candidate | undefined {
    const field = this.cues.fields.longest(tokens, at, tokens.count);
    if (field !== undefined) return this.labelled.byField(tokens, field.end);
    const greeting = this.byGreeting(tokens, at);
    if (greeting !== undefined) return greeting;
    const declaration = this.cues.declarations.longest(tokens, at, tokens.count);
    const introduction = declaration ?? this.cues.introductions.longest(tokens, at, tokens.count);
    const contact = introduction ?? this.cues.contacts.longest(tokens, at, tokens.count) ?? this.roleBefore(tokens, at);
    if (contact === undefined) return undefined;
    let from = contact.end;
    while (from - contact.end < 2 && /^[:"'“‘(]$/.test(tokens.lower[from] ?? '')) from++;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 0) return undefined;
    if (declaration === undefined && this.cues.relations.longest(tokens, from, tokens.count) !== undefined)
      return undefined;
    // "consultant van Niekerk"
    const particles = this.lexicon.particlesEnd(tokens, from);
    if (particles > from && tokens.shapes[from] === LOWER && this.lexicon.mayBeSurname(tokens, particles))
      return named(
        from,
        nameEnd(this.lexicon, tokens, particles, true, false),
        'introduction and particles',
        RANK.title,
      );
    return this.person(tokens, from, {
      shouting,
      small,
      sure: introduction !== undefined,
      declared: declaration !== undefined,
      rule: 'introduction',
    });
  }

  /** "Hi Tom,", "Cheers, Bex" */
  private byGreeting(tokens: Tokens, at: number): Candidate | undefined {
    const greeting = this.cues.greetings.longest(tokens, at, tokens.count);
    if (greeting === undefined) return undefined;
    const from = tokens.lower[greeting.end] === ',' ? greeting.end + 1 : greeting.end;
    const { lexicon } = this;
    if (from >= tokens.count || tokens.breaks[from]! > 2 || tokens.shapes[from] !== CAPITALISED) return undefined;
    if (this.cues.titles.longest(tokens, from, tokens.count) !== undefined || !lexicon.mayBeSurname(tokens, from))
      return undefined;
    const to = from + 1;
    const ends = to >= tokens.count || tokens.breaks[to]! > 0 || /^[,.!)-]$/.test(tokens.lower[to]!);
    return ends && !addressees.has(tokens.lower[from]!)
      ? named(from, Math.max(to, nameEnd(lexicon, tokens, from, true, false)), 'greeting', RANK.title)
      : undefined;
  }

  /** "Keyworker Sally": a role and a given name; "reg Okwuosa": or a surname that is no other word. */
  private roleBefore(tokens: Tokens, at: number): { readonly end: number } | undefined {
    const role = this.cues.roles.longest(tokens, at, tokens.count);
    if (role !== undefined) {
      const particles = this.lexicon.particlesEnd(tokens, role.end);
      if (particles > role.end && tokens.shapes[particles] === CAPITALISED) return role;
    }
    return role !== undefined &&
      (this.lexicon.isGiven(tokens, role.end) ||
        (this.lexicon.isWordy(tokens, role.end) && tokens.shapes[role.end] === CAPITALISED) ||
        (tokens.shapes[role.end] === CAPITALISED &&
          (this.lexicon.isUnknown(tokens, role.end) ||
            this.lexicon.isEponym(tokens, role.end) ||
            (this.lexicon.isSurname(tokens, role.end) && !this.lexicon.known.hasAt(tokens, role.end)))) ||
        this.lexicon.isInitialled(tokens, role.end) ||
        (tokens.shapes[at] === UPPER &&
          tokens.shapes[role.end] === UPPER &&
          tokens.lower[role.end]!.length > 5 &&
          this.lexicon.isUnknown(tokens, role.end)) ||
        (tokens.shapes[at] === LOWER && tokens.shapes[role.end] === LOWER))
      ? role
      : undefined;
  }

  /** A name where one is expected, in any case. */
  private person(
    tokens: Tokens,
    from: number,
    { shouting, small, sure, declared = false, rule }: Expected,
  ): Candidate | undefined {
    const { lexicon } = this;
    const word = tokens.lower[from]!;
    const listed = lexicon.isListed(tokens, from);
    const known = lexicon.known.hasAt(tokens, from);
    if (tokens.shapes[from] === LOWER) {
      // "boy called daisy"
      const child =
        /^(?:called|named)$/.test(tokens.lower[from - 1] ?? '') &&
        this.cues.relations.longest(tokens, from - 2, tokens.count) !== undefined &&
        (lexicon.isGiven(tokens, from) || lexicon.isWordy(tokens, from));
      if (child) return named(from, from + 1, `${rule}, in small letters`, RANK.title);
      // "her name is pearl, she"
      const called =
        declared && word.length > 2 && !noNames.has(word) && /^(?:[.,;]|and|but)$/.test(tokens.lower[from + 1] ?? '.');
      if (called && (listed || !lexicon.known.isMedicalAt(tokens, from)))
        return named(from, from + 1, `${rule}, in small letters`, RANK.title);
      if (rule === 'relation' && this.isGivenAlone(tokens, from))
        return named(from, from + 1, 'relation, in small letters', RANK.title);
      if (word.length < 3 || known || lexicon.isEponym(tokens, from)) return undefined;
      const to = smallNameEnd(lexicon, tokens, from, false);
      if (to === from) return undefined;
      return {
        ...named(from, to, `${rule}, in small letters`, RANK.title),
        // "her husband yusef"
        recallOnly: !(
          listed ||
          sure ||
          (word.length > 4 && /^(?:her|his|him|she|he|that|who|about|they)$/.test(tokens.lower[to] ?? '')) ||
          (word.length > 3 && (small || (rule === 'relation' && this.isOwned(tokens, from))))
        ),
      };
    }
    if (tokens.shapes[from] === UPPER && !shouting && !listed && word.length < 6) return undefined;
    // "Pt Hashimoto has Hashimoto thyroiditis"
    const acts = this.cues.verbs.longest(tokens, from + 1, tokens.count) !== undefined;
    if (lexicon.isEponym(tokens, from)) {
      const person = rule === 'introduction' && acts && tokens.shapes[from] === CAPITALISED;
      return person && !lexicon.isBeforeEponymNoun(tokens, from) ? named(from, from + 1, rule, RANK.title) : undefined;
    }
    const initialled = this.lexicon.isInitialled(tokens, from);
    // "Wife Soon-Yi"
    const hyphened =
      tokens.lower[from + 1] === '-' &&
      touches(tokens, from + 1) &&
      touches(tokens, from + 2) &&
      tokens.shapes[from] === CAPITALISED &&
      tokens.shapes[from + 2] === CAPITALISED &&
      lexicon.isNameWord(tokens, from + 2);
    if (hyphened) return named(from, Math.max(from + 3, nameEnd(lexicon, tokens, from, true, false)), rule, RANK.title);
    const given =
      lexicon.isGiven(tokens, from) ||
      ((lexicon.isEveryday(tokens, from) || lexicon.isWordy(tokens, from)) && tokens.shapes[from] === CAPITALISED);
    const called = declared && tokens.shapes[from] === CAPITALISED && lexicon.mayBeSurname(tokens, from);
    const everyday =
      known && !called && (!given || (lexicon.isEveryday(tokens, from) && tokens.shapes[from] === UPPER));
    if (!initialled && !called && (everyday || !(listed || given || lexicon.isUnknown(tokens, from)))) return undefined;
    if (!listed && shouting && (word.length < 4 || !/[aeiouy]/.test(word))) return undefined;
    return named(from, nameEnd(lexicon, tokens, from, true, false, given || initialled), rule, RANK.title);
  }

  /** "stepdad ray and": a given name that is also a word, where the clause ends. */
  private isGivenAlone(tokens: Tokens, at: number): boolean {
    const next = tokens.lower[at + 1] ?? '.';
    return (
      tokens.lower[at]!.length > 2 &&
      (this.lexicon.isGiven(tokens, at) || this.lexicon.isWordy(tokens, at)) &&
      !modals.has(tokens.lower[at]!) &&
      (/^(?:[.,;)]|and|&|who|aware|present|informed|updated|is|was|has|had)$/.test(next) || tokens.breaks[at + 1]! > 0)
    );
  }

  /** Whether a possessive precedes the relation: "her husband yusef". */
  private isOwned(tokens: Tokens, from: number): boolean {
    return /^(?:his|her|their|my|our)$/.test(tokens.lower[from - 2] ?? '');
  }
}
