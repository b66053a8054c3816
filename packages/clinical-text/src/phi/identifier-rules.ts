import type { PhiCategory } from '../engine.ts';
import { handleLabels, identifierLabels } from '../lexicon/identifier-labels.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { CAPITALISED, LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';
import { FormRules } from './form-rules.ts';
import { groupsEnd, phoneEnd, plateEnd, postcodeEnd, shapeOf, userNameEnd, valueEnd } from './identifier-value.ts';
import type { KnownWords } from './known-words.ts';
import { isDigitWord, spelledAddress, spelledDigits } from './spelled-rules.ts';

const links: ReadonlySet<string> = new Set([
  'old',
  'new',
  'previous',
  ':',
  '#',
  '.',
  'no',
  'number',
  'is',
  '=',
  'num',
  'nr',
  '(',
  'at',
  'was',
  'are',
  '-',
  'id',
]);
/** Between the name of a social network and a user name. */
const handleLinks: ReadonlySet<string> = new Set(': ( " “ = @ is as name user id handle tag username'.split(' '));
/** Dots or lines that lead from a label to its value: "Hosp. No ......: 44/19". */
const LONGEST_LEADER = 60;
/** Longest user name after the name of a network, in tokens. */
const LONGEST_LABELLED_NAME = 8;
/** Numbers that are short: the word before them is the label. */
const shortNumbers: ReadonlySet<string> = new Set(
  'ext extn extension pager beeper bleep blp dect x switchboard durchwahl dw apparat fax'.split(' '),
);
/** Before a value that is not an identifier alone: a word and a number together name a room. */
const rooms: ReadonlySet<string> = new Set(['room', 'rm', 'bed']);
/** Words that need their value to look like an identifier: they are everyday words as well. */
const weakLabels: ReadonlySet<string> = new Set([
  'call',
  'case',
  'chart',
  'claim',
  'plate',
  'plates',
  'lot',
  'batch',
  'medicare',
  'medicaid',
  'policy',
  'bed',
  'specimen',
  'mr',
  'id',
  'fin',
  'encounter',
  'license',
  'certificate',
  'registration',
  'ref',
  'job',
  'login',
  'cell',
  'card',
  'ni',
  'mem',
  'visa',
  'lic',
  'reference',
  'kfz',
  'pkw',
  'study',
  'order',
  'group',
  'ext',
  'extension',
  'at',
  'model',
  'implant',
  'tel',
  'reached',
  'fingerprint',
  'har',
  'serial',
  'visit',
  'sn',
  'dea',
  'reg',
  'registered',
  'x',
  'ph',
  'ring',
  'rang',
  'chi',
  'ur',
  'sin',
  'ahv',
  'handy',
  'mob',
  'nhs',
  'dva',
  'pps',
  'bsb',
  'pan',
  'number',
  'file',
  'transmitter',
  'medallion',
  'incident',
  'docket',
  'warrant',
  'locator',
  'voucher',
]);

/** Numbers that a label announces, and codes of letters and digits. Each reads a bounded way ahead. */
export class IdentifierRules {
  private readonly labels = new PhraseTrie<PhiCategory>();
  private readonly handles = new PhraseTrie<true>().addAll(handleLabels, true);
  private readonly forms = new FormRules();

  private readonly openings: Openings;
  private readonly bit: number;
  private readonly known: KnownWords;

  constructor(openings: Openings, known: KnownWords) {
    this.openings = openings;
    this.known = known;
    this.bit = openings.bit([this.labels, this.handles], (word) => word === 'at' || isDigitWord(word));
    for (const [category, labels] of Object.entries(identifierLabels))
      this.labels.addAll(labels, category as PhiCategory);
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    const opens = this.openings.of(tokens);
    for (let at = 0; at < tokens.count; at++) {
      const labelled = (opens[at]! & this.bit) !== 0;
      // A word in small letters begins a web or network address before one of these marks, and a label alone elsewhere.
      if (!labelled && tokens.kinds[at] === WORD && tokens.shapes[at] === LOWER) {
        const next = tokens.lower[at + 1];
        if (next !== '.' && next !== ':' && !(next === '/' && tokens.lower[at] === 'u')) continue;
      }
      const candidate = this.at(tokens, at, labelled);
      if (candidate === undefined) continue;
      found.push(candidate);
      at = Math.max(at, candidate.to - 1);
    }
    return found;
  }

  private at(tokens: Tokens, at: number, labelled: boolean): Candidate | undefined {
    return (
      this.forms.at(tokens, at) ??
      this.bareHandle(tokens, at) ??
      (labelled && tokens.kinds[at] === WORD ? (this.labelled(tokens, at) ?? this.spelled(tokens, at)) : undefined) ??
      (tokens.kinds[at] === PUNCTUATION ? undefined : (coded(tokens, at) ?? this.userName(tokens, at)))
    );
  }

  /** "@wilmakw", not "@clinic" */
  private bareHandle(tokens: Tokens, at: number): Candidate | undefined {
    const name = at + 1;
    return tokens.lower[at] === '@' &&
      name < tokens.count &&
      tokens.kinds[name] === WORD &&
      touches(tokens, name) &&
      !touches(tokens, at) &&
      tokens.lower[name]!.length > 3 &&
      !this.known.hasAt(tokens, name)
      ? { from: name, to: name + 1, category: 'OTHER_ID', rule: 'name on a network', rank: RANK.label }
      : undefined;
  }

  /** "jhenderson55": letters that are no word, with figures after them. */
  private userName(tokens: Tokens, at: number): Candidate | undefined {
    const name = at - 1;
    return tokens.kinds[at] === NUMBER &&
      name >= 0 &&
      tokens.kinds[name] === WORD &&
      touches(tokens, at) &&
      tokens.lower[name]!.length > 4 &&
      /^\d{2,4}$/.test(tokens.lower[at]!) &&
      tokens.shapes[name] === LOWER &&
      !touches(tokens, name) &&
      (at + 1 >= tokens.count || !touches(tokens, at + 1) || tokens.kinds[at + 1] === PUNCTUATION) &&
      !this.known.hasAt(tokens, name)
      ? { from: name, to: at + 1, category: 'OTHER_ID', rule: 'user name', rank: RANK.label }
      : undefined;
  }

  /** "five five five, oh one four two", "k dot osei at example dot org", "Instagram: @blue.heron". */
  private spelled(tokens: Tokens, at: number): Candidate | undefined {
    if (tokens.lower[at] === 'at') return spelledAddress(tokens, at, at + 1);
    return spelledDigits(tokens, at) ?? this.handle(tokens, at);
  }

  private handle(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.handles.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = label.end;
    // "Username for portal: kbrandt.1977"
    if (tokens.lower[from] === 'for')
      for (let colon = from + 1; colon < from + 4; colon++) if (tokens.lower[colon] === ':') from = colon;
    const linked = from;
    while (from - linked < 4 && handleLinks.has(tokens.lower[from] ?? '')) from++;
    if (from >= tokens.count || tokens.kinds[from] === PUNCTUATION || tokens.breaks[from]! > 0) return undefined;
    // "Instagram (instagram.com/otter.pup)"
    const to = Math.max(userNameEnd(tokens, from, LONGEST_LABELLED_NAME), this.forms.at(tokens, from)?.to ?? 0);
    const { letters } = shapeOf(tokens, from, to);
    const single = to === from + 1;
    // "Facebook daily": an English word is not a user name, unless figures or marks are part of it.
    if (letters < 3 || (single && (from === label.end || this.known.hasAt(tokens, from)))) return undefined;
    return { from, to, category: 'OTHER_ID', rule: 'name on a network', rank: RANK.label };
  }

  private labelled(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.labels.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = leaderEnd(tokens, label.end);
    let linked = from > label.end;
    if (/^(?:ending|ends)$/.test(tokens.lower[from] ?? '')) {
      linked = true;
      from += tokens.lower[from + 1] === 'in' ? 2 : 1;
    }
    // "DVA gold card"
    if (label.value === 'HEALTH_PLAN')
      while (from - label.end < 2 && /^(?:gold|white|card)$/.test(tokens.lower[from] ?? '')) from++;
    for (let steps = 0; steps < 3 && from < tokens.count && links.has(tokens.lower[from]!); steps++) {
      if (tokens.lower[from] === '(' && (label.value === 'PHONE' || label.value === 'FAX')) break;
      linked ||= tokens.lower[from] !== '-' && tokens.lower[from] !== '.' && tokens.lower[from] !== 'at';
      from++;
    }
    if (from >= tokens.count || tokens.breaks[from]! > 1 || (tokens.lower[from] === 'v' && label.value !== 'LOCATION'))
      return undefined;
    const isPhone = label.value === 'PHONE' || label.value === 'FAX';
    const plate = label.value === 'VEHICLE' ? plateEnd(tokens, from) : undefined;
    if (plate !== undefined) return { from, to: plate, category: 'VEHICLE', rule: 'labelled plate', rank: RANK.label };
    const postcode = label.value === 'LOCATION' ? postcodeEnd(tokens, from) : undefined;
    if (postcode !== undefined)
      return { from, to: postcode, category: 'LOCATION', rule: 'labelled postcode', rank: RANK.label };
    let to = valueEnd(tokens, from);
    // "DL TX 440 112 998"
    if (label.value === 'LICENSE') to = groupsEnd(tokens, from, to);
    // "card QX 992211": letters and six figures are a number without a colon too.
    if (!isPhone && (linked || label.end > at + 1 || /^\d{4,}$/.test(tokens.lower[from + 1] ?? '')))
      to = groupsEnd(tokens, from, to);
    // "ref PALS 24/1187"
    if (linked && tokens.kinds[from] === WORD && tokens.shapes[from] === UPPER && tokens.kinds[from + 1] === NUMBER)
      to = Math.max(to, valueEnd(tokens, from + 1));
    if (isPhone) to = phoneEnd(tokens, from, to);
    // "licence WILLI 806155 JM9XX": a form of its own may be longer.
    to = Math.max(to, this.forms.at(tokens, from)?.to ?? to);
    if (to === from) return undefined;
    const { digits, letters } = shapeOf(tokens, from, to);
    const word = tokens.lower[at]!;
    // "lot LX4471A", "plates ABC-1234"
    const isCode =
      digits > 1 &&
      letters > 0 &&
      /^[A-Z\d/-]{6,}$/.test(tokens.source.slice(tokens.starts[from]!, tokens.ends[to - 1]!));
    const least = label.value === 'OTHER_ID' ? 1 : 3;
    if (
      digits < least ||
      (!linked && label.end === at + 1 && weakLabels.has(word) && digits < 5 && !isCode && !shortNumbers.has(word))
    )
      return undefined;
    if (word === 'x' && (digits < 4 || !touches(tokens, from) || touches(tokens, at))) return undefined;
    if (label.value === 'OTHER_ID' && !linked && digits < 4 && !isCode && !rooms.has(word)) return undefined;
    if (isPhone && (letters > 0 || tokens.lower[from]!.includes(','))) return undefined;
    const line = /^(?:phone|tel|telephone|landline)$/.test(tokens.lower[label.end - 1]!) && digits > 4;
    if (label.value === 'PHONE' && digits < 7 && !line && !shortNumbers.has(word)) return undefined;
    return {
      from: rooms.has(word) ? at : from,
      to,
      category: label.value,
      rule: letters > 0 ? 'labelled code' : 'labelled number',
      rank: RANK.label,
    };
  }
}

/** The token after a run of dots or lines that leads from a label to its value. */
const leaderEnd = (tokens: Tokens, from: number): number => {
  let to = from;
  while (to - from < LONGEST_LEADER && /^[._]+$/.test(tokens.lower[to] ?? '')) to++;
  return to - from > 2 || (to > from && tokens.lower[from]!.length > 2) ? to : from;
};

/** "Walgreens #10422": not "Disp #30". */
const numbered = (tokens: Tokens, from: number): boolean =>
  tokens.lower[from - 1] === '#' &&
  touches(tokens, from) &&
  /^\d{4,6}$/.test(tokens.lower[from]!) &&
  (tokens.shapes[from - 2] === CAPITALISED || tokens.shapes[from - 2] === UPPER) &&
  !/^(?:disp|dispense|dispensed|qty|quantity|tabs?|caps?)$/.test(tokens.lower[from - 2]!);

/** "S08-12345", "A1234567": letters and digits in one. */
const coded = (tokens: Tokens, from: number): Candidate | undefined => {
  const hashed = tokens.kinds[from] === NUMBER && tokens.lower[from - 1] === '#' ? valueEnd(tokens, from) : from;
  if (hashed > from + 1 && touches(tokens, from) && shapeOf(tokens, from, hashed).digits > 4)
    return { from, to: hashed, category: 'OTHER_ID', rule: 'number after its sign', rank: RANK.label };
  if (tokens.kinds[from] === NUMBER && numbered(tokens, from))
    return { from, to: from + 1, category: 'OTHER_ID', rule: 'number of a place', rank: RANK.label };
  if (from > 0 && touches(tokens, from) && !/^[[(]$/.test(tokens.lower[from - 1]!)) return undefined;
  if (tokens.kinds[from] === WORD && (tokens.shapes[from] === LOWER || !touches(tokens, from + 1))) return undefined;
  const to = valueEnd(tokens, from);
  if (to - from < 2) return undefined;
  const { digits, letters } = shapeOf(tokens, from, to);
  if (digits > 2 && isInterleaved(tokens.source.slice(tokens.starts[from]!, tokens.ends[to - 1]!)))
    return { from, to, category: 'OTHER_ID', rule: 'letters among digits', rank: RANK.label };
  const upper = tokens.kinds[from] !== WORD || tokens.shapes[from] === UPPER || tokens.lower[from]!.length < 3;
  if (letters === 0 || digits < 5 || letters > 10 || !upper) return undefined;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === WORD && tokens.shapes[at] === LOWER) return undefined;
    if (tokens.kinds[at] === PUNCTUATION && tokens.lower[at] !== '-') return undefined;
    if (tokens.kinds[at] === NUMBER && /[.,]/.test(tokens.lower[at]!)) return undefined;
  }
  return { from, to, category: 'OTHER_ID', rule: 'letters and digits', rank: RANK.label };
};

/** "A1234BC", "8GX44MN": not a mutation ("V600E"), a stage ("T2N1M0"), a gene ("SLC22A12") or a karyotype. */
const isInterleaved = (text: string): boolean =>
  /^(?=.{6,16}$)(?:[A-Z]+\d+[A-Z]+|\d+[A-Z]+\d+)[A-Z\d]*$/.test(text) &&
  !/^(?:[A-Z]\d+[A-Z]|(?:[A-Z]{1,3}\d{1,2}){2,}[A-Z]?|[A-Z]{2,6}\d{1,2}[A-Z]\d{1,2}|\d{2}[XY]+\d*|\d{1,2}[A-Z]{1,2}\d{1,3})$/.test(
    text,
  );
