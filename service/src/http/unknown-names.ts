import type { FieldError } from './problem.ts';

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
      faults.push(place === 'member' ? { pointer: `/${name}`, detail } : { parameter: name, detail });
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

/**
 * Whether two names differ in case, `_` and `-` and one letter more, or in two edits; in less than half of a short name.
 * `patient` is three edits from `patient_id`, and something else.
 */
function looksLike(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 4 || !/^[\w-]+$/.test(name)) return false;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, '');
  const most = Math.min(2, Math.floor((known.length - 1) / 2));
  return distance(plain(name), plain(known)) <= Math.min(1, most) || distance(name, known) <= most;
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
