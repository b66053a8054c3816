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
  const candidates = known.names.map((name) => ({ name, skeleton: skeleton(name) }));
  for (const name of sent) {
    if (known.names.includes(name)) continue;
    const meant = meantName(name, candidates);
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

/** How a character looks: lower-case letters and digits of our alphabet, or nothing. */
function seenAs(character: string): string {
  const letters = character
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return Array.from(letters, (letter) => drawnAlike.get(letter) ?? letter).join('');
}

const seen = new Map<string, string>();

/** How a name looks: letters and digits alone, in lower case, without accents, in our alphabet. */
function skeleton(name: string): string {
  let result = '';
  for (const character of name) {
    let part = seen.get(character);
    if (part === undefined) {
      part = seenAs(character);
      if (seen.size >= 10_000) seen.clear();
      seen.set(character, part);
    }
    result += part;
  }
  return result;
}

/** Longest name that is compared: no name of ours is drawn that long, and the comparison costs its square. */
const longestCompared = 100;

/**
 * The known name that looks like another but for one letter, or differs from it in two edits; in less than half of a
 * short name. `patient` is three edits from `patient_id`, and something else.
 */
function meantName(
  name: string,
  candidates: readonly { readonly name: string; readonly skeleton: string }[],
): string | undefined {
  if (name.length > longestCompared) return undefined;
  const itself = skeleton(name);
  return candidates.find((known) => {
    const most = Math.min(2, Math.floor((known.name.length - 1) / 2));
    return isWithin(itself, known.skeleton, Math.min(1, most)) || isWithin(name, known.name, most);
  })?.name;
}

const rows = [new Uint8Array(longestCompared + 3), new Uint8Array(longestCompared + 3)] as const;

/** Whether the Levenshtein distance of two names is at most `most`. A body may hold ten thousand names, so it ends early. */
function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let [row, next]: readonly Uint8Array[] = rows;
  for (let j = 0; j <= b.length; j++) row![j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = i;
    next![0] = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = row![j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      if (row![j]! < cost) cost = row![j]! + 1;
      if (next![j - 1]! < cost) cost = next![j - 1]! + 1;
      next![j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return false;
    [row, next] = [next, row];
  }
  return row![b.length]! <= most;
}
