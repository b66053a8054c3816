import { type FieldError, jsonPointer } from './problem.ts';

/** Names of a route's input, and what becomes of others. */
export interface KnownNames {
  readonly names: readonly string[];
  /** `ignored` keeps the contract of v0.1.0: only what looks like a known name is refused. */
  readonly others: 'refused' | 'ignored';
}

/**
 * What is wrong with the names that a client sent. A name that looks like a known one was meant to be it: a misspelt
 * `care_team` would open a note to everybody. Other names are not repeated, because they could be a patient's words.
 */
export function nameFaults(sent: readonly string[], known: KnownNames, place: 'member' | 'parameter'): FieldError[] {
  const faults: FieldError[] = [];
  let unknown = false;
  for (const name of sent) {
    if (known.names.includes(name)) continue;
    const meant = known.names.find((one) => looksLike(name, one));
    if (meant !== undefined) {
      const detail = `is not known; did you mean ${meant}?`;
      faults.push(place === 'member' ? { pointer: jsonPointer([name]), detail } : { parameter: name, detail });
    } else {
      unknown = true;
    }
  }
  if (unknown && known.others === 'refused') {
    const names = known.names.length > 0 ? `known here: ${known.names.join(', ')}` : 'none is known here';
    const detail = `has a ${place} that is not known; ${names}`;
    faults.push(place === 'member' ? { pointer: '', detail } : { parameter: '', detail });
  }
  return faults;
}

/** Letters of other alphabets, and small capitals, that are drawn like a letter of ours. https://www.unicode.org/reports/tr39/ */
const drawnAlike = new Map<string, string>();
for (const [ours, theirs] of Object.entries({
  a: '\u0430\u03b1\u1d00',
  c: '\u0441\u03f2\u1d04',
  d: '\u0501\u1d05',
  e: '\u0435\u03b5\u1d07',
  i: '\u0456\u03b9\u0131\u026a',
  l: '\u04cf\u029f',
  m: '\u043c\u1d0d',
  n: '\u03b7\u0274',
  o: '\u043e\u03bf\u1d0f',
  p: '\u0440\u03c1\u1d18',
  r: '\u0433\u0280',
  s: '\u0455\ua731',
  t: '\u0442\u03c4\u1d1b',
  x: '\u0445\u03c7',
  y: '\u0443\u03b3\u028f',
  z: '\u1d22',
})) {
  for (const letter of theirs) drawnAlike.set(letter, ours);
}

/** How a name looks: letters and digits alone, in lower case, without accents, in our alphabet. */
function skeleton(name: string): string {
  const plain = name.toLowerCase();
  if (/^[\w-]*$/.test(plain)) return plain.replaceAll(/[_-]/g, '');
  const letters = plain
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return Array.from(letters, (letter) => drawnAlike.get(letter) ?? letter).join('');
}

/** Longest name that is compared: no name of ours is drawn that long, and the comparison costs its square. */
const longestCompared = 100;

/**
 * Whether two names look alike but for one letter, or differ in two edits; in less than half of a short name. `patient`
 * is three edits from `patient_id`, and something else.
 */
function looksLike(name: string, known: string): boolean {
  if (name.length > longestCompared) return false;
  const [seen, meant] = [skeleton(name), skeleton(known)];
  const most = Math.min(2, Math.floor((known.length - 1) / 2));
  const within = (a: string, b: string, edits: number) =>
    Math.abs(a.length - b.length) <= edits && distance(a, b) <= edits;
  return within(seen, meant, Math.min(1, most)) || within(name, known, most);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
