import { canonicalJson } from './canonical-json.ts';
import { TrailFormatError } from './format-error.ts';

/**
 * Readers that take a value in one form only: what can be written in two ways can be changed without changing what it
 * says, and a byte that nobody accounts for is a place to hide something in.
 */
export type Members = Readonly<Record<string, unknown>>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const hash = /^[0-9a-f]{64}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

/** SHA-256 in lower-case hex. */
export const isHash = (value: unknown): value is string => typeof value === 'string' && hash.test(value);

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * ISO 8601, UTC, milliseconds, and a moment that there is: `new Date` would make the 3rd of March of 31 February. A Date
 * for each event would take a fifth of the time of a verification.
 */
export function isTime(value: unknown): value is string {
  if (typeof value !== 'string' || !time.test(value)) return false;
  const two = (at: number) => value.charCodeAt(at) * 10 + value.charCodeAt(at + 1) - 48 * 11;
  const day = two(8);
  if (two(5) < 1 || two(5) > 12 || day < 1 || two(11) > 23 || two(14) > 59 || two(17) > 59) return false;
  return day <= 28 || new Date(value).getUTCDate() === day;
}

/**
 * The object that a line holds, when the line is its canonical JSON: no member twice, no white space, no other order,
 * no other way to write a number or a character.
 *
 * @throws TrailFormatError
 */
export function parseCanonical(line: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TrailFormatError('is not JSON');
  }
  if (!isObject(value)) throw new TrailFormatError('is not an object');
  if (!isCanonicalJson(value, line)) throw new TrailFormatError('is not canonical JSON (RFC 8785)');
  return value;
}

/**
 * Whether a text is the canonical JSON of what was read from it. What a parser reads without end may have no such form:
 * 1e999 is no number, and what is nested 10,000 deep is deeper than the stack.
 */
export function isCanonicalJson(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

/** @throws TrailFormatError when it is no object, or has other members than these */
export function membersOf(
  value: unknown,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Members {
  if (!isObject(value)) throw new TrailFormatError(`has a ${name} that is not an object`);
  const missing = required.find((member) => !Object.hasOwn(value, member));
  if (missing !== undefined) throw new TrailFormatError(`has a ${name} without ${missing}`);
  if (Object.keys(value).some((member) => !required.includes(member) && !optional.includes(member))) {
    throw new TrailFormatError(`has a ${name} with a member that this version does not know`);
  }
  return value;
}

/** @throws TrailFormatError */
export function take<T>(members: Members, name: string, is: (value: unknown) => value is T): T {
  const value = members[name];
  if (!is(value)) throw new TrailFormatError(`has a ${name} in a form that it may not have`);
  return value;
}

export const isString = (value: unknown): value is string => typeof value === 'string' && value.length > 0;

/**
 * Bytes of base64url without padding. Node's decoder passes over what it does not know and over spare bits.
 *
 * @returns undefined when it is not the one way to write these bytes
 */
export function fromBase64url(value: unknown, length?: number): Buffer | undefined {
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.toString('base64url') !== value) return undefined;
  return length === undefined || bytes.length === length ? bytes : undefined;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
