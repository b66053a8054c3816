import type { PhiCategory } from '../engine.ts';
import { identifierLabels } from '../lexicon/identifier-labels.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';
import { shapeOf, valueEnd } from './identifier-value.ts';

const links: ReadonlySet<string> = new Set([
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
  '-',
  'id',
]);
const inUrl: ReadonlySet<string> = new Set(['.', '/', '-', '_', '?', '=', '&', '%', '#', ':', '~', '+', '@']);
/** Longest e-mail address on either side, in tokens. */
const LONGEST = 14;
const LONGEST_URL = 80;
/** Words that need their value to look like an identifier: they are everyday words as well. */
const weakLabels: ReadonlySet<string> = new Set([
  'call',
  'case',
  'chart',
  'claim',
  'plate',
  'plates',
  'lot',
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
]);

/** Identifiers with a form of their own, and numbers that a label announces. Each reads a bounded way ahead. */
export class IdentifierRules {
  private readonly labels = new PhraseTrie<PhiCategory>();

  constructor() {
    for (const [category, labels] of Object.entries(identifierLabels))
      this.labels.addAll(labels, category as PhiCategory);
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    for (let at = 0; at < tokens.count; at++) {
      const candidate = this.at(tokens, at);
      if (candidate === undefined) continue;
      found.push(candidate);
      at = Math.max(at, candidate.to - 1);
    }
    return found;
  }

  private at(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (word === '@') return email(tokens, at);
    if (tokens.kinds[at] === WORD) return url(tokens, at) ?? this.labelled(tokens, at) ?? coded(tokens, at);
    if (tokens.kinds[at] === NUMBER || word === '(' || word === '+') return numeric(tokens, at) ?? coded(tokens, at);
    return undefined;
  }

  private labelled(tokens: Tokens, at: number): Candidate | undefined {
    const label = this.labels.longest(tokens, at, tokens.count);
    if (label === undefined) return undefined;
    let from = label.end;
    let linked = false;
    for (let steps = 0; steps < 3 && from < tokens.count && links.has(tokens.lower[from]!); steps++) {
      if (tokens.lower[from] === '(' && (label.value === 'PHONE' || label.value === 'FAX')) break;
      linked ||= tokens.lower[from] !== '-' && tokens.lower[from] !== '.' && tokens.lower[from] !== 'at';
      from++;
    }
    if (from >= tokens.count || tokens.breaks[from]! > 1 || tokens.lower[from] === 'v') return undefined;
    const to = valueEnd(tokens, from);
    if (to === from) return undefined;
    const { digits, letters } = shapeOf(tokens, from, to);
    const least = label.value === 'OTHER_ID' ? 1 : 3;
    if (digits < least || (!linked && label.end === at + 1 && weakLabels.has(tokens.lower[at]!) && digits < 5))
      return undefined;
    if (label.value === 'OTHER_ID' && !linked && digits < 4 && !/^(?:room|rm|bed|ext)$/.test(tokens.lower[at]!))
      return undefined;
    if ((label.value === 'PHONE' || label.value === 'FAX') && (letters > 0 || tokens.lower[from]!.includes(',')))
      return undefined;
    if (label.value === 'PHONE' && digits < 7 && !/^(?:ext|extension|pager|beeper)$/.test(tokens.lower[at]!))
      return undefined;
    // A room is told by its word and its number together.
    const room = /^(?:room|rm|bed)$/.test(tokens.lower[at]!);
    return {
      from: room ? at : from,
      to,
      category: label.value,
      rule: letters > 0 ? 'labelled code' : 'labelled number',
    };
  }
}

const email = (tokens: Tokens, at: number): Candidate | undefined => {
  let from = at;
  while (
    from > 0 &&
    at - from < LONGEST &&
    touches(tokens, from) &&
    (tokens.kinds[from - 1] !== PUNCTUATION || /^[._%+-]$/.test(tokens.lower[from - 1]!))
  )
    from--;
  let to = at + 1;
  while (
    to < tokens.count &&
    to - at < LONGEST &&
    touches(tokens, to) &&
    (tokens.kinds[to] !== PUNCTUATION || (/^[.-]$/.test(tokens.lower[to]!) && touches(tokens, to + 1)))
  )
    to++;
  return from < at && to > at + 1 ? { from, to, category: 'EMAIL', rule: 'e-mail address' } : undefined;
};

const url = (tokens: Tokens, at: number): Candidate | undefined => {
  const word = tokens.lower[at]!;
  const scheme = /^(?:https?|ftp)$/.test(word) && tokens.lower[at + 1] === ':' && tokens.lower[at + 2] === '/';
  const bare = word === 'www' && tokens.lower[at + 1] === '.';
  const domain =
    tokens.lower[at + 1] === '.' &&
    touches(tokens, at + 1) &&
    touches(tokens, at + 2) &&
    /^(?:com|org|net|edu|gov|io|info|health)$/.test(tokens.lower[at + 2] ?? '');
  if (!scheme && !bare && !domain) return undefined;
  let to = at + 1;
  while (
    to < tokens.count &&
    to - at < LONGEST_URL &&
    touches(tokens, to) &&
    (tokens.kinds[to] !== PUNCTUATION || inUrl.has(tokens.lower[to]!))
  )
    to++;
  while (tokens.kinds[to - 1] === PUNCTUATION && tokens.lower[to - 1] !== '/') to--;
  return { from: at, to, category: 'URL', rule: 'web address' };
};

const numeric = (tokens: Tokens, from: number): Candidate | undefined => {
  if (from > 0 && touches(tokens, from) && (tokens.kinds[from - 1] !== PUNCTUATION || tokens.lower[from - 1] === '*'))
    return undefined;
  const word = tokens.lower[from]!;
  const one = (category: PhiCategory, rule: string, recallOnly = false): Candidate => ({
    from,
    to: from + 1,
    category,
    rule,
    recallOnly,
  });
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(word)) return one('IP', 'four octets');
  if (/^\d{3}\.\d{3}\.\d{4}$/.test(word)) return one('PHONE', 'dotted number');
  const to = valueEnd(tokens, from);
  const start = tokens.starts[from]!;
  if (to === from || tokens.ends[to - 1]! - start > 40) return undefined;
  const text = tokens.source.slice(start, tokens.ends[to - 1]!);
  const many = (category: PhiCategory, rule: string, recallOnly = false): Candidate => ({
    from,
    to,
    category,
    rule,
    recallOnly,
  });
  if (/^\d{3}-\d\d-\d{4}$/.test(text)) return many('SSN', 'form');
  if (/^(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. /])\d{3}[-. ]\d{4}$/.test(text)) return many('PHONE', 'form');
  if (/^\+\d{1,3}[-. ]?\(?\d/.test(text) && shapeOf(tokens, from, to).digits > 7 && !/[A-Za-z]/.test(text))
    return many('PHONE', 'international form');
  if (/^\d{3}-\d{4}$/.test(text)) return many('PHONE', 'seven digits');
  if (/^\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{2,4}$/.test(text)) return many('ACCOUNT', 'card number');
  if (/^\d{5}-\d{4}$/.test(text)) return many('LOCATION', 'ZIP+4');
  if (/^\d{7,}$/.test(word)) return one('OTHER_ID', 'long number');
  if (/^\d{6}$/.test(word) && !isCount(tokens.lower[from + 1])) return one('OTHER_ID', 'six digits', true);
  return undefined;
};

const isCount = (word: string | undefined): boolean =>
  word !== undefined && /^(?:\/|cells?|copies|units?|platelets|iu|ml|mm|ul)$/.test(word);

/** "S08-12345", "A1234567": letters and digits in one. */
const coded = (tokens: Tokens, from: number): Candidate | undefined => {
  if (from > 0 && touches(tokens, from)) return undefined;
  if (tokens.kinds[from] === WORD && (tokens.shapes[from] === LOWER || !touches(tokens, from + 1))) return undefined;
  const to = valueEnd(tokens, from);
  if (to - from < 2) return undefined;
  const { digits, letters } = shapeOf(tokens, from, to);
  const upper = tokens.kinds[from] !== WORD || tokens.shapes[from] === UPPER || tokens.lower[from]!.length < 3;
  if (letters === 0 || digits < 5 || letters > 10 || !upper) return undefined;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === WORD && tokens.shapes[at] === LOWER) return undefined;
    if (tokens.kinds[at] === PUNCTUATION && tokens.lower[at] !== '-') return undefined;
    if (tokens.kinds[at] === NUMBER && /[.,]/.test(tokens.lower[at]!)) return undefined;
  }
  return { from, to, category: 'OTHER_ID', rule: 'letters and digits' };
};
