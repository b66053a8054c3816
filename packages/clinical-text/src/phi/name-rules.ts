import {
  credentials,
  greetings,
  humanVerbs,
  nameContacts,
  nameDeclarations,
  nameFields,
  nameIntroductions,
  nameLabels,
  nameTitles,
  personVerbs,
  relations,
  roleNouns,
} from '../lexicon/name-context.ts';
import type { Openings } from '../text/openings.ts';
import { FirstWords, PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { CAPITALISED, LOWER, MIXED, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, RANK, type Rank } from './candidate.ts';
import { isShouting, isSmallLettered, type NameLexicon } from './name-lexicon.ts';

/** After one of these a capital in the middle of a sentence begins a name more often than not. */
const introducers: ReadonlySet<string> = new Set([
  'by',
  'in',
  'at',
  'with',
  'see',
  'saw',
  'per',
  'from',
  'to',
  'and',
  'of',
  'for',
  'that',
  'ask',
  'told',
  'contact',
  'called',
  'call',
  'discussed',
  'when',
  'whom',
  'friend',
  'near',
  'outside',
  'about',
  'via',
  'beside',
]);
/** Who is greeted without a name. */
const addressees: ReadonlySet<string> = new Set(
  'colleague colleagues all team both sir madam doctor doctors everyone there nurse parents parent patient friend friends again folks guys'.split(
    ' ',
  ),
);
/** Bits of `NameRules.first`. */
const [TITLE, LABEL, RELATION, INTRODUCTION, CREDENTIAL] = [1, 2, 4, 8, 16];
const TRUSTED_AFTER_TITLE = 3;
const MOST_TITLES = 2;
/** Names that begin questions and orders. */
const modals: ReadonlySet<string> = new Set(['will', 'may', 'can', 'might', 'hope', 'mark', 'bill']);
/** Words before the subject: "Within 24 hours, Fry was extubated". */
const OPENING = 10;
const smallTitles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'herr', 'frau']);
/** Also jobs: "Nurse Practitioner" names nobody. */
const roleTitles: ReadonlySet<string> = new Set(['nurse', 'sister', 'matron', 'miss', 'sergeant', 'officer', 'judge']);
/** After these a word with a capital is a name, whatever word it is. */
const plainTitles: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'professor', 'herr', 'frau']);

const isPossessive = (tokens: Tokens, at: number): boolean =>
  (tokens.lower[at] === "'" || tokens.lower[at] === '’') && tokens.lower[at + 1] === 's' && touches(tokens, at + 1);

/** "DQA1", "227delC": part of a code, not of a name. */
const isInCode = (tokens: Tokens, at: number): boolean =>
  (touches(tokens, at) && tokens.kinds[at - 1] === NUMBER) ||
  (touches(tokens, at + 1) && tokens.kinds[at + 1] === NUMBER);

/** How a name is expected at a place. */
interface Expected {
  readonly shouting: boolean;
  readonly small: boolean;
  /** An unknown word in small letters counts too. */
  readonly sure: boolean;
  /** Somebody says what somebody is called: any word with a capital counts. */
  readonly declared?: boolean;
  readonly rule: string;
}

/** Names of people: by title, label, credential, relation, what they do, by lists, and by being no known word. */
export class NameRules {
  private readonly titles = new PhraseTrie<true>().addAll(nameTitles, true);
  private readonly labels = new PhraseTrie<true>().addAll(nameLabels, true);
  private readonly credentials = new PhraseTrie<true>().addAll(credentials, true);
  private readonly relations = new PhraseTrie<true>().addAll(relations, true);
  private readonly verbs = new PhraseTrie<true>().addAll(personVerbs, true);
  private readonly declarations = new PhraseTrie<true>().addAll(nameDeclarations, true);
  private readonly greetings = new PhraseTrie<true>().addAll(greetings, true);
  private readonly fields = new PhraseTrie<true>().addAll(nameFields, true);
  private readonly human = new PhraseTrie<true>().addAll(humanVerbs, true);
  private readonly introductions = new PhraseTrie<true>().addAll(nameIntroductions, true);
  private readonly contacts = new PhraseTrie<true>().addAll(nameContacts, true);
  private readonly roles = new PhraseTrie<true>().addAll(roleNouns, true);
  private readonly first = new FirstWords([
    [this.titles],
    [this.labels],
    [this.relations],
    [this.greetings, this.declarations, this.fields, this.introductions, this.contacts, this.roles],
    [this.credentials],
  ]);
  private readonly lexicon: NameLexicon;
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(lexicon: NameLexicon, openings: Openings) {
    this.lexicon = lexicon;
    this.openings = openings;
    this.bit = openings.bit(
      [
        this.titles,
        this.labels,
        this.relations,
        this.greetings,
        this.declarations,
        this.fields,
        this.introductions,
        this.contacts,
        this.roles,
        this.credentials,
      ],
      (word) => lexicon.isCommonName(word),
    );
  }

  find(tokens: Tokens, sentences: readonly Sentence[]): Candidate[] {
    const found: Candidate[] = [];
    const small = isSmallLettered(tokens);
    const opens = this.openings.of(tokens);
    for (const sentence of sentences) {
      const shouting = isShouting(tokens, sentence.from, sentence.to);
      for (let at = sentence.from; at < sentence.to; at++) {
        if (tokens.kinds[at] !== WORD) continue;
        if (tokens.shapes[at] === LOWER && !small && (opens[at]! & this.bit) === 0) continue;
        const first = this.first.at(tokens, at);
        const name =
          (first & TITLE ? this.byTitle(tokens, at) : undefined) ??
          (first & LABEL ? this.byLabel(tokens, at) : undefined) ??
          (first & RELATION ? this.byRelation(tokens, at, shouting, small) : undefined) ??
          (first & INTRODUCTION ? this.byIntroduction(tokens, at, shouting, small) : undefined) ??
          (tokens.shapes[at] === LOWER
            ? this.inSmallLetters(tokens, at, small)
            : (this.reversed(tokens, at) ?? this.byShape(tokens, at, sentence, shouting)));
        if (name === undefined) {
          const signed = first & CREDENTIAL ? this.byCredential(tokens, at, sentence) : undefined;
          if (signed !== undefined) found.push(signed);
          continue;
        }
        found.push(name);
        at = name.to - 1;
      }
    }
    return found;
  }

  private byTitle(tokens: Tokens, at: number): Candidate | undefined {
    const small = tokens.shapes[at] === LOWER;
    if (small && !smallTitles.has(tokens.lower[at]!)) return undefined;
    const title = this.titles.longest(tokens, at, tokens.count);
    if (title === undefined) return undefined;
    let from = title.end;
    let stopped = tokens.lower[from] === '.';
    if (stopped) from++;
    // "Herr Dr. Schmidt": bounded, since titles alone may fill a text.
    for (let more = 0; more < MOST_TITLES; more++) {
      const next = this.titles.longest(tokens, from, tokens.count);
      if (next === undefined || (tokens.shapes[from] === LOWER && !small)) break;
      from = next.end;
      stopped = tokens.lower[from] === '.';
      if (stopped) from++;
    }
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    const particles = this.lexicon.particlesEnd(tokens, from);
    if (particles > from && tokens.breaks[particles] === 0) {
      const end = this.lexicon.isCapital(tokens, particles)
        ? this.lexicon.end(tokens, particles, true, false, true)
        : this.lexicon.endInSmallLetters(tokens, particles, true);
      if (end > particles && !(tokens.shapes[from] !== LOWER && end === from + 1))
        return named(from, end, 'title and particles', RANK.title);
    }
    if (tokens.shapes[from] === LOWER) {
      const end = this.lexicon.endInSmallLetters(tokens, from, stopped || (small && tokens.lower[at] !== 'ms'));
      return end > from ? named(from, end, 'title, in small letters', RANK.title) : undefined;
    }
    // "Dr. M. Reading": the initial belongs to the name.
    let surname = from;
    while (surname - from < 6 && this.lexicon.isInitial(tokens, surname) && tokens.lower[surname + 1] === '.')
      surname += 2;
    const word = tokens.lower[surname] ?? '';
    const sure = this.lexicon.isNameWord(tokens, surname) || this.lexicon.isListed(tokens, surname);
    // "Dr. Young" may be any word; "MS exacerbation" and "DR. WILL CALL" are none.
    const capitalised = this.lexicon.isCapital(tokens, surname) && tokens.shapes[surname] !== UPPER;
    const placeholder = tokens.shapes[surname] === UPPER && word.length <= TRUSTED_AFTER_TITLE;
    const initialled = surname > from && this.lexicon.isCapital(tokens, surname);
    const titled =
      plainTitles.has(tokens.lower[at]!) ||
      (roleTitles.has(tokens.lower[at]!) && this.lexicon.mayBeSurname(tokens, surname));
    const plain = titled && capitalised && tokens.shapes[at] !== UPPER;
    if (
      !sure &&
      !initialled &&
      !plain &&
      !(stopped && (capitalised || placeholder)) &&
      !(this.lexicon.isInitial(tokens, from) && surname === from)
    )
      return undefined;
    // "Dr Anneliese Thorn": after an unknown given name the surname may be a word of English.
    const english =
      this.lexicon.isUnknown(tokens, surname) && this.lexicon.known.isEnglish(tokens.lower[surname + 1] ?? '');
    const open = surname > from || english || this.lexicon.isGiven(tokens, surname);
    const to = this.lexicon.end(tokens, from, true, false, open);
    return to > from ? named(from, to, 'title', RANK.title) : undefined;
  }

  private byLabel(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.labels.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = label.end;
    const byline = tokens.lower[from - 1] === 'by';
    if (tokens.lower[from] === '(' && tokens.lower[from + 2] === ')') from += 3;
    const colon = /^[:=]$/.test(tokens.lower[from] ?? '');
    if (!colon && !byline) return undefined;
    if (colon) from++;
    if (from >= tokens.count || tokens.breaks[from]! > 1) return undefined;
    if (this.titles.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (tokens.shapes[from] === LOWER && tokens.shapes[at] === LOWER && colon) {
      const end = this.lexicon.endInSmallLetters(tokens, from, true);
      if (end > from + 1) return named(from, end, 'label, in small letters', RANK.title);
    }
    const initialled = this.isInitialled(tokens, from) || this.isInitialledWord(tokens, from);
    if (!this.lexicon.isNameWord(tokens, from) && !initialled) return undefined;
    const to = this.lexicon.end(tokens, from, true, true, this.lexicon.isGiven(tokens, from) || initialled);
    return to > from ? named(from, this.givenAfterComma(tokens, to), 'label', RANK.title) : undefined;
  }

  /** "Pt: DANGERFIELD, BEAU  DOB": a given name that is also a word, before the next field. */
  private givenAfterComma(tokens: Tokens, to: number): number {
    const given = to + 1;
    if (tokens.lower[to] !== ',' || tokens.shapes[given] !== tokens.shapes[to - 1]) return to;
    if (tokens.breaks[given]! > 0 || !this.lexicon.mayBeSurname(tokens, given)) return to;
    const next = given + 1;
    const ends =
      next >= tokens.count ||
      tokens.breaks[next]! > 0 ||
      tokens.starts[next]! - tokens.ends[given]! > 1 ||
      /^(?:dob|mrn|md|do|rn|age|sex|nhs|[|;])$/.test(tokens.lower[next]!);
    return ends ? next : to;
  }

  /** "Hi Tom,", "Cheers, Bex" */
  private byGreeting(tokens: Tokens, at: number): Candidate | undefined {
    const greeting = this.greetings.longest(tokens, at, tokens.count);
    if (greeting === undefined) return undefined;
    const from = tokens.lower[greeting.end] === ',' ? greeting.end + 1 : greeting.end;
    const { lexicon } = this;
    if (from >= tokens.count || tokens.breaks[from]! > 2 || tokens.shapes[from] !== CAPITALISED) return undefined;
    if (this.titles.longest(tokens, from, tokens.count) !== undefined || !lexicon.mayBeSurname(tokens, from))
      return undefined;
    const to = from + 1;
    const ends = to >= tokens.count || tokens.breaks[to]! > 0 || /^[,.!)-]$/.test(tokens.lower[to]!);
    return ends && !addressees.has(tokens.lower[from]!)
      ? named(from, Math.max(to, lexicon.end(tokens, from, true, false)), 'greeting', RANK.title)
      : undefined;
  }

  /** "K. Abernathy" */
  private isInitialled(tokens: Tokens, at: number): boolean {
    return (
      this.lexicon.isInitial(tokens, at) &&
      tokens.lower[at + 1] === '.' &&
      this.lexicon.isNameWord(tokens, this.lexicon.particlesEnd(tokens, at + 2))
    );
  }

  /** The same after a label, where a surname may be any word: "L. Moon". */
  private isInitialledWord(tokens: Tokens, at: number): boolean {
    return (
      this.lexicon.isInitial(tokens, at) &&
      tokens.lower[at + 1] === '.' &&
      tokens.shapes[at + 2] === CAPITALISED &&
      this.lexicon.mayBeSurname(tokens, at + 2)
    );
  }

  /** "his wife Ellen", "son, Femi,", "dtr (tamika)", "HUSBAND TOBIAS" */
  private byRelation(tokens: Tokens, at: number, shouting: boolean, small: boolean): Candidate | undefined {
    const relation = this.relations.longest(tokens, at, tokens.count);
    if (relation === undefined) return undefined;
    let from = relation.end;
    const mark = /^[,(:]$/.test(tokens.lower[from] ?? '') ? tokens.lower[from] : undefined;
    if (mark !== undefined) from++;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 1) return undefined;
    return this.person(tokens, from, { shouting, small, sure: mark === '(', rule: 'relation' });
  }

  /** "my name is Ellen", "spoke with ellen" */
  private byIntroduction(tokens: Tokens, at: number, shouting: boolean, small: boolean): Candidate | undefined {
    const field = this.fields.longest(tokens, at, tokens.count);
    if (field !== undefined) return this.byField(tokens, field.end);
    const greeting = this.byGreeting(tokens, at);
    if (greeting !== undefined) return greeting;
    const declaration = this.declarations.longest(tokens, at, tokens.count);
    const introduction = declaration ?? this.introductions.longest(tokens, at, tokens.count);
    const contact = introduction ?? this.contacts.longest(tokens, at, tokens.count) ?? this.roleBefore(tokens, at);
    if (contact === undefined) return undefined;
    let from = contact.end;
    while (from - contact.end < 2 && /^[:"'“‘(]$/.test(tokens.lower[from] ?? '')) from++;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 0) return undefined;
    if (declaration === undefined && this.relations.longest(tokens, from, tokens.count) !== undefined) return undefined;
    // "consultant van Niekerk"
    const particles = this.lexicon.particlesEnd(tokens, from);
    if (particles > from && tokens.shapes[from] === LOWER && this.lexicon.mayBeSurname(tokens, particles))
      return named(from, this.lexicon.end(tokens, particles, true, false), 'introduction and particles', RANK.title);
    return this.person(tokens, from, {
      shouting,
      small,
      sure: introduction !== undefined,
      declared: declaration !== undefined,
      rule: 'introduction',
    });
  }

  /** "Surname BLYTHE", "last name sparks first name wendell": whatever word stands in the field. */
  private byField(tokens: Tokens, end: number): Candidate | undefined {
    const from = /^[:=]$/.test(tokens.lower[end] ?? '') ? end + 1 : end;
    if (from >= tokens.count || tokens.kinds[from] !== WORD || tokens.breaks[from]! > 0) return undefined;
    const { lexicon } = this;
    if (tokens.lower[from]!.length < 2 || lexicon.isNoSurname(tokens, from)) return undefined;
    if (this.fields.longest(tokens, from, tokens.count) !== undefined) return undefined;
    if (lexicon.isCapital(tokens, from)) return named(from, lexicon.end(tokens, from, true, true), 'field', RANK.title);
    // In dictation the next field or a mark says that the word is the whole of this one.
    const next = tokens.lower[from + 1] ?? '.';
    const ends = /^(?:[.,;|]|first|last|middle|given|date|dob|medical|mrn|period|comma|age|aged|born|who|stop)$/.test(
      next,
    );
    return ends || tokens.breaks[from + 1]! > 0
      ? named(from, from + 1, 'field, in small letters', RANK.title)
      : undefined;
  }

  /** "Keyworker Sally": a role and a given name; "reg Okwuosa": or a surname that is no other word. */
  private roleBefore(tokens: Tokens, at: number): { readonly end: number } | undefined {
    const role = this.roles.longest(tokens, at, tokens.count);
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
        this.isInitialled(tokens, role.end) ||
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
      if (word.length < 3 || known || lexicon.isEponym(tokens, from)) return undefined;
      const to = lexicon.endInSmallLetters(tokens, from, false);
      if (to === from) return undefined;
      return {
        ...named(from, to, `${rule}, in small letters`, RANK.title),
        // "her husband yusef"
        recallOnly: !(
          listed ||
          sure ||
          (word.length > 3 && (small || (rule === 'relation' && this.isOwned(tokens, from))))
        ),
      };
    }
    if (tokens.shapes[from] === UPPER && !shouting && !listed && word.length < 6) return undefined;
    // "Pt Hashimoto has Hashimoto thyroiditis"
    const acts = this.verbs.longest(tokens, from + 1, tokens.count) !== undefined;
    if (lexicon.isEponym(tokens, from)) {
      const person = rule === 'introduction' && acts && tokens.shapes[from] === CAPITALISED;
      return person && !lexicon.isBeforeEponymNoun(tokens, from) ? named(from, from + 1, rule, RANK.title) : undefined;
    }
    const initialled = this.isInitialled(tokens, from);
    const given =
      lexicon.isGiven(tokens, from) ||
      ((lexicon.isEveryday(tokens, from) || lexicon.isWordy(tokens, from)) && tokens.shapes[from] === CAPITALISED);
    const called = declared && tokens.shapes[from] === CAPITALISED && lexicon.mayBeSurname(tokens, from);
    const everyday =
      known && !called && (!given || (lexicon.isEveryday(tokens, from) && tokens.shapes[from] === UPPER));
    if (!initialled && !called && (everyday || !(listed || given || lexicon.isUnknown(tokens, from)))) return undefined;
    if (!listed && shouting && (word.length < 4 || !/[aeiouy]/.test(word))) return undefined;
    return named(from, lexicon.end(tokens, from, true, false, given || initialled), rule, RANK.title);
  }

  /** Whose relation it is stands before it: "her husband yusef". */
  private isOwned(tokens: Tokens, from: number): boolean {
    return /^(?:his|her|their|my|our)$/.test(tokens.lower[from - 2] ?? '');
  }

  /** A line that begins with "O'RIORDAN, MARY K": no label says what it is. */
  private reversed(tokens: Tokens, at: number): Candidate | undefined {
    if ((at > 0 && tokens.breaks[at] === 0) || !this.lexicon.isCapital(tokens, at)) return undefined;
    let comma = at + 1;
    while (
      comma - at < 5 &&
      /^['’-]$/.test(tokens.lower[comma] ?? '') &&
      touches(tokens, comma) &&
      this.lexicon.isCapital(tokens, comma + 1)
    )
      comma += 2;
    if (tokens.lower[comma] !== ',' || !touches(tokens, comma)) return undefined;
    const given = comma + 1;
    if (!this.lexicon.isCapital(tokens, given) || tokens.breaks[given]! > 0) return undefined;
    const likely =
      comma > at + 1 || this.lexicon.isSurname(tokens, comma - 1) || this.lexicon.isUnknown(tokens, comma - 1);
    const isName = this.lexicon.isGiven(tokens, given) && (likely || !this.lexicon.known.hasAt(tokens, given));
    if (!isName && !(likely && this.lexicon.isUnknown(tokens, given))) return undefined;
    let to = given + 1;
    while (
      to < tokens.count &&
      to - given < 5 &&
      tokens.breaks[to] === 0 &&
      (this.lexicon.isInitial(tokens, to) ||
        this.lexicon.isNameWord(tokens, to) ||
        (tokens.lower[to] === '.' && this.lexicon.isInitial(tokens, to - 1)))
    )
      to++;
    const next = tokens.lower[to] ?? '';
    const ends =
      to >= tokens.count ||
      tokens.breaks[to]! > 0 ||
      /^(?:[-(|;:]|\d.*)$/.test(next) ||
      /^(?:dob|d|mrn|nhs|age|aged|male|female|m|f|mr|mrs|ms|miss|dr|hosp|hospital|id|urn|born|md|rn)$/.test(next) ||
      (next === ',' && /^(?:\d.*|m|f|male|female|md|rn|dob|mr|mrs|ms|miss|dr)$/.test(tokens.lower[to + 1] ?? ''));
    return ends ? named(at, to, 'surname and given name', RANK.title) : undefined;
  }

  /** "J. Smith, M.D.": from the credential back to the name. */
  private byCredential(tokens: Tokens, at: number, sentence: Sentence): Candidate | undefined {
    if (tokens.shapes[at] === LOWER || this.credentials.longest(tokens, at, tokens.count) === undefined)
      return undefined;
    let to = at;
    if (tokens.lower[to - 1] === ',') to--;
    let from = to;
    while (from > Math.max(sentence.from, to - 6)) {
      const before = from - 1;
      if (this.lexicon.isNameWord(tokens, before) || this.lexicon.isInitial(tokens, before)) from = before;
      else if (tokens.lower[before] === '.' && this.lexicon.isInitial(tokens, before - 1)) from = before - 1;
      else if (['-', "'", '’'].includes(tokens.lower[before]!) && this.lexicon.isCapital(tokens, before - 1))
        from = before - 1;
      else break;
    }
    let words = 0;
    for (let place = from; place < to; place++) if (this.lexicon.isNameWord(tokens, place)) words++;
    return words > 0 ? named(from, to, 'credential', RANK.title) : undefined;
  }

  private byShape(tokens: Tokens, at: number, sentence: Sentence, shouting: boolean): Candidate | undefined {
    const { lexicon } = this;
    const possessed = lexicon.isWordy(tokens, at) && isPossessive(tokens, at + 1);
    if (!lexicon.isCapital(tokens, at) || (lexicon.isEponym(tokens, at) && !possessed)) return undefined;
    const word = tokens.lower[at]!;
    // "Dolores" is no inflection of a word, though it has the form of one.
    const given = lexicon.isGiven(tokens, at);
    const english = lexicon.known.hasAt(tokens, at) && !(given && !lexicon.known.holds(word));
    const listed = lexicon.isListed(tokens, at);
    if (word.length === 1) return this.byInitial(tokens, at);
    if (lexicon.isAfterEponym(tokens, at)) return undefined;
    const wordy = lexicon.isWordy(tokens, at) ? this.byWord(tokens, at, sentence, shouting) : undefined;
    if (wordy !== undefined) return wordy;
    if (tokens.lower[at + 1] === ',' && this.isApposed(tokens, at))
      return named(at, at + 1, 'relation after a name', RANK.title);
    if ((english && !listed) || isInCode(tokens, at)) return undefined;
    if (tokens.shapes[at] === MIXED && !lexicon.isUnknown(tokens, at)) return undefined;
    const first = at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && tokens.lower[at - 1] !== ',');
    const everyday = lexicon.isEveryday(tokens, at);
    // "Sally Fields": a surname may be any word after a given name that is not one itself.
    const to = lexicon.end(tokens, at, true, false, given && !everyday && !shouting);
    let others = 0;
    for (let next = at + 1; next < to; next++) if (lexicon.isNameWord(tokens, next)) others++;
    if (given && (others > 0 || (to > at + 1 && !everyday)))
      return named(at, to, 'given name and surname', everyday ? RANK.shape : RANK.title);
    if (english) return undefined;
    if (listed) {
      // A short word in capitals is an abbreviation before it is a name.
      const short = tokens.shapes[at] === UPPER && word.length < 4;
      return {
        ...named(at, to, shouting ? 'listed name in capitals' : 'listed name', RANK.shape),
        recallOnly: short && others === 0,
      };
    }
    if (others > 0) return named(at, to, 'unknown words with capitals', RANK.shape);
    // A device or a drug that no list holds "was" and "has" too: in the middle of a sentence that is not enough.
    const opens = first || (tokens.lower[at - 1] === ',' && at - sentence.from < OPENING);
    const acts = (opens && this.verbs.longest(tokens, to, tokens.count) !== undefined) || isPossessive(tokens, to);
    if (acts && tokens.shapes[at] !== UPPER) return named(at, to, 'does what people do', RANK.shape);
    if (word.length < 4 || (tokens.shapes[at] === UPPER && !/[aeiouy]/.test(word))) return undefined;
    if (tokens.shapes[at] === UPPER && !shouting && word.length < 6) return undefined;
    const introduced = !first && !shouting && tokens.shapes[at] !== UPPER && introducers.has(tokens.lower[at - 1]!);
    return {
      ...named(
        at,
        to,
        introduced ? 'unknown word after a preposition' : 'unknown word',
        introduced ? RANK.shape : RANK.unknown,
      ),
      recallOnly: !introduced,
    };
  }

  /** "Grace ate", "given to Dawn", "Will Sharp attended": a given name that is also a word. */
  private byWord(tokens: Tokens, at: number, sentence: Sentence, shouting: boolean): Candidate | undefined {
    const { lexicon } = this;
    if (tokens.shapes[at] !== CAPITALISED || shouting) return undefined;
    if (lexicon.isBeforeEponymNoun(tokens, at) && !isPossessive(tokens, at + 1)) return undefined;
    const found = (to: number): Candidate => named(at, to, 'given name that is a word', RANK.shape);
    const next = at + 1;
    if (
      tokens.shapes[next] === CAPITALISED &&
      tokens.breaks[next] === 0 &&
      lexicon.mayBeSurname(tokens, next) &&
      this.human.longest(tokens, at + 2, tokens.count) !== undefined
    )
      return found(at + 2);
    const before = tokens.lower[at - 1] ?? '';
    if (isPossessive(tokens, next) || /^(?:bed|rm|room|bay|cubicle)$/.test(tokens.lower[at - 2] ?? ''))
      return found(next);
    const first = at === sentence.from || tokens.breaks[at]! > 0 || /^[.:;"“(•*-]$/.test(before);
    if (first) {
      const opening = lexicon.isFirstWord(tokens, at);
      if (!opening && tokens.shapes[next] === LOWER && /..ed$/.test(tokens.lower[next] ?? '')) return found(next);
      const verbs = opening ? this.human : this.verbs;
      return verbs.longest(tokens, next, tokens.count) !== undefined ||
        this.human.longest(tokens, next, tokens.count) !== undefined
        ? found(next)
        : undefined;
    }
    // Within a sentence a word has no capital: but for a title, in which others have one too.
    if (tokens.shapes[at - 1] !== LOWER || tokens.kinds[at - 1] !== WORD || /^(?:the|a|an|no|of)$/.test(before))
      return undefined;
    if (tokens.shapes[next] !== LOWER && tokens.kinds[next] === WORD && tokens.breaks[next] === 0) return undefined;
    return this.isTitleCase(tokens, sentence) ? undefined : found(next);
  }

  /** Most of a sentence's longer words have a capital: a heading, or a list of problems. */
  private isTitleCase(tokens: Tokens, { from, to }: Sentence): boolean {
    let capitals = 0;
    let others = 0;
    for (let at = from; at < to; at++) {
      if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < 4) continue;
      if (tokens.shapes[at] === LOWER) others++;
      else capitals++;
    }
    return capitals > others;
  }

  /** "Mark, her husband, is frail" */
  private isApposed(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      tokens.shapes[at] === CAPITALISED &&
      /^(?:his|her|their|my|our)$/.test(tokens.lower[at + 2] ?? '') &&
      this.relations.longest(tokens, at + 3, tokens.count) !== undefined &&
      (lexicon.isWordy(tokens, at) || lexicon.isListed(tokens, at) || lexicon.isUnknown(tokens, at))
    );
  }

  /** "M. Featherington" */
  private byInitial(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.isInitialled(tokens, at) || tokens.shapes[at + 2] !== CAPITALISED || !touches(tokens, at + 1))
      return undefined;
    if (touches(tokens, at) && tokens.kinds[at - 1] !== PUNCTUATION) return undefined;
    const surname = tokens.lower[at + 2]!;
    if (surname.length < 4 || this.lexicon.isEponym(tokens, at + 2)) return undefined;
    return named(at, this.lexicon.end(tokens, at, true, false), 'initial and surname', RANK.shape);
  }

  /** A listed name that is no other word, and, in a note without capitals, a word that nothing knows. */
  private inSmallLetters(tokens: Tokens, at: number, small: boolean): Candidate | undefined {
    const given = small ? this.lexicon.isGiven(tokens, at) : this.lexicon.isCommonGiven(tokens, at);
    if (!given && !small) return undefined;
    const word = tokens.lower[at]!;
    if (tokens.shapes[at] !== LOWER || word.length < 4 || isInCode(tokens, at)) return undefined;
    if (this.lexicon.known.hasAt(tokens, at) || this.lexicon.isEponym(tokens, at)) return undefined;
    const listed = given || this.lexicon.isSurname(tokens, at);
    if (!listed && !/[aeiouy]/.test(word)) return undefined;
    const to = listed ? this.lexicon.endInSmallLetters(tokens, at, false) : at + 1;
    return {
      ...named(
        at,
        Math.max(to, at + 1),
        listed ? 'listed name in small letters' : 'unknown word in small letters',
        listed ? RANK.shape : RANK.unknown,
      ),
      recallOnly: !listed,
    };
  }

  /** "Maya, Ezekiel and Oluchi": who stands in a list with somebody who is surely named. */
  besides(tokens: Tokens, sure: readonly Candidate[]): Candidate[] {
    const found: Candidate[] = [];
    for (const { from, to, category, recallOnly, rank } of sure) {
      if (category !== 'NAME' || recallOnly || rank > RANK.shape) continue;
      let end = to;
      for (let next = listMarkEnd(tokens, end); next > end && this.isCompanion(tokens, next); ) {
        const last = Math.max(next + 1, this.lexicon.end(tokens, next, false, false));
        found.push(named(next, last, 'name beside a name', RANK.shape));
        end = last;
        next = listMarkEnd(tokens, end);
      }
      let start = from;
      for (let before = listMarkStart(tokens, start); before < start && this.isCompanion(tokens, before - 1); ) {
        found.push(named(before - 1, before, 'name beside a name', RANK.shape));
        start = before - 1;
        before = listMarkStart(tokens, start);
      }
    }
    return found;
  }

  private isCompanion(tokens: Tokens, at: number): boolean {
    const { lexicon } = this;
    return (
      at >= 0 &&
      tokens.shapes[at] === CAPITALISED &&
      tokens.lower[at]!.length > 2 &&
      !lexicon.isEponym(tokens, at) &&
      (lexicon.isUnknown(tokens, at) ||
        ((lexicon.isListed(tokens, at) || lexicon.isWordy(tokens, at)) && !lexicon.isNoSurname(tokens, at)))
    );
  }

  /**
   * Who is named once by a sure rule is named wherever the same word stands: in any case where it is no word of English
   * or medicine, else with a capital within a sentence.
   */
  repeated(tokens: Tokens, sentences: readonly Sentence[], sure: readonly Candidate[]): Candidate[] {
    const names = new Map<string, boolean>();
    for (const { from, to, category, recallOnly, rank } of sure) {
      if (recallOnly || category !== 'NAME') continue;
      for (let at = from; at < to; at++) {
        const word = tokens.lower[at]!;
        if (tokens.kinds[at] !== WORD || word.length < 2) continue;
        if (word.length === 2 && (tokens.shapes[at] !== CAPITALISED || this.lexicon.isNoSurname(tokens, at))) continue;
        const plain = this.lexicon.known.hasAt(tokens, at);
        if (!plain || rank < RANK.shape || this.lexicon.isListed(tokens, at)) names.set(word, plain);
      }
    }
    const repeated: Candidate[] = [];
    if (names.size === 0) return repeated;
    for (const sentence of sentences) {
      for (let at = sentence.from; at < sentence.to; at++) {
        const plain = names.get(tokens.lower[at]!);
        if (plain === undefined || this.isNamedThing(tokens, at)) continue;
        const capital = tokens.shapes[at] !== LOWER;
        if (tokens.lower[at]!.length === 2 && tokens.shapes[at] !== CAPITALISED) continue;
        if (plain ? !this.isNameAgain(tokens, at, sentence) : !capital && tokens.lower[at]!.length < 4) continue;
        repeated.push(named(at, at + 1, 'named elsewhere', RANK.shape));
      }
    }
    return repeated;
  }

  /** "Parkinson disease" where Mr. Parkinson is the patient. */
  private isNamedThing(tokens: Tokens, at: number): boolean {
    return this.lexicon.isBeforeEponymNoun(tokens, at);
  }

  /** A word of English that is somebody's name, at a place where English has no capital. */
  private isNameAgain(tokens: Tokens, at: number, sentence: Sentence): boolean {
    const word = tokens.lower[at]!;
    if (tokens.shapes[at] !== CAPITALISED) return false;
    if (isPossessive(tokens, at + 1)) return true;
    const first =
      at === sentence.from || (tokens.kinds[at - 1] === PUNCTUATION && /^[.:;"“(•*-]$/.test(tokens.lower[at - 1]!));
    if (!first) return true;
    if (this.lexicon.isListed(tokens, at) && !this.lexicon.isEveryday(tokens, at)) return true;
    // "Will has no allergies" is no question.
    return (modals.has(word) ? this.human : this.verbs).longest(tokens, at + 1, tokens.count) !== undefined;
  }
}

/** The token after ", " or " and " within a line; `at` where neither stands. */
const listMarkEnd = (tokens: Tokens, at: number): number => {
  let to = at;
  while (to < tokens.count && to - at < 2 && /^(?:,|&|and|\/|\+)$/.test(tokens.lower[to]!)) to++;
  return to < tokens.count && to > at && tokens.breaks[to] === 0 && tokens.kinds[to] === WORD ? to : at;
};

/** The same before a token. */
const listMarkStart = (tokens: Tokens, at: number): number => {
  let from = at;
  while (from > 0 && at - from < 2 && tokens.breaks[from] === 0 && /^(?:,|&|and|\/|\+)$/.test(tokens.lower[from - 1]!))
    from--;
  return from > 0 && from < at && tokens.breaks[from] === 0 && tokens.kinds[from - 1] === WORD ? from : at;
};

const named = (from: number, to: number, rule: string, rank: Rank): Candidate => ({
  from,
  to,
  category: 'NAME',
  rule,
  rank,
});
