import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { TrailFormatError } from './format-error.ts';
import { keyIdOf, readPublicKey } from './public-keys.ts';
import { fromBase64url, isCount, isHash, isTime, isUuid, membersOf, take } from './strict.ts';

/** The key that signs from the next checkpoint on. */
export interface NextKey {
  readonly key_id: string;
  /** base64url of the SPKI DER. */
  readonly public_key: string;
}

/** What a tombstone says: the checkpoints up to `through` were expired, and what they covered. */
export interface Expired {
  /** Events in all checkpoints up to `through`. */
  readonly events: number;
  /** Hash of the record of checkpoint `through`, in hex. */
  readonly hash: string;
  readonly through: number;
}

/** What is signed. Members in canonical order. */
export interface Statement {
  readonly algorithm: 'Ed25519';
  /** Segments in this checkpoint. */
  readonly chains: number;
  /** Events in this checkpoint. */
  readonly events: number;
  /** Only in a tombstone. */
  readonly expired?: Expired;
  readonly key_id: string;
  /** ISO 8601, UTC, milliseconds; never before that of the predecessor. */
  readonly made_at: string;
  /** Only in the last checkpoint that this key signs. */
  readonly next_key?: NextKey;
  readonly number: number;
  /** `<stage>/<uuid of the trail>`. */
  readonly origin: string;
  /** Hash of the predecessor's record, in hex; of the origin for the first. */
  readonly previous: string;
  /** Root of the RFC 6962 tree over the segments, in hex. */
  readonly root: string;
  /** Events in all checkpoints so far, expired ones included. */
  readonly total: number;
  readonly v: 1;
}

/** The predecessor of the first checkpoint. It contains the trail's name, so that a renamed trail cannot be joined to another. */
export const genesisRecordHash = (origin: string): string =>
  hash('sha256', `healthcare-ai/audit-checkpoint/v1|${origin}`);

/** The bytes that are signed. Short, because KMS signs at most 4,096 bytes with an Ed25519 key. */
export const signedMessage = (statement: Statement): Buffer =>
  Buffer.from(`healthcare-ai/audit-checkpoint/v1\n${hash('sha256', canonicalJson(statement))}`);

/** UUID of the trail. */
export const trailOf = (origin: string): string => origin.slice(origin.indexOf('/') + 1);

/** `<stage>/<uuid>`; a stage is a name of letters, digits and dashes. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const [stage, trail, ...rest] = value.split('/');
  return rest.length === 0 && /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(stage ?? '') && isUuid(trail);
}

const required = [
  'algorithm',
  'chains',
  'events',
  'key_id',
  'made_at',
  'number',
  'origin',
  'previous',
  'root',
  'total',
  'v',
];

/** @throws TrailFormatError */
export function readStatement(value: unknown): Statement {
  const members = membersOf(value, 'statement', required, ['expired', 'next_key']);
  if (members.v !== 1) throw new TrailFormatError('is of a version that this verifier does not know');
  if (members.algorithm !== 'Ed25519') throw new TrailFormatError('names an algorithm other than Ed25519');
  const statement: Statement = {
    algorithm: 'Ed25519',
    chains: take(members, 'chains', isCount),
    events: take(members, 'events', isCount),
    ...('expired' in members && { expired: readExpired(members.expired) }),
    key_id: take(members, 'key_id', isHash),
    made_at: take(members, 'made_at', isTime),
    ...('next_key' in members && { next_key: readNextKey(members.next_key) }),
    number: take(members, 'number', isCount),
    origin: take(members, 'origin', isOrigin),
    previous: take(members, 'previous', isHash),
    root: take(members, 'root', isHash),
    total: take(members, 'total', isCount),
    v: 1,
  };
  const { number, expired, total, events } = statement;
  if (number < 1) throw new TrailFormatError('has no number');
  if (events > total) throw new TrailFormatError('covers more events than there are in all');
  if (expired && (expired.through < 1 || expired.through >= number || expired.events > total)) {
    throw new TrailFormatError('expires what does not come before it');
  }
  return statement;
}

function readExpired(value: unknown): Expired {
  const members = membersOf(value, 'tombstone', ['events', 'hash', 'through']);
  return {
    events: take(members, 'events', isCount),
    hash: take(members, 'hash', isHash),
    through: take(members, 'through', isCount),
  };
}

function readNextKey(value: unknown): NextKey {
  const members = membersOf(value, 'next key', ['key_id', 'public_key']);
  const spki = fromBase64url(members.public_key);
  if (!spki) throw new TrailFormatError('has a next key that is not base64url');
  readPublicKey(spki);
  if (keyIdOf(spki) !== members.key_id) throw new TrailFormatError('has a next key with the id of another');
  return { key_id: members.key_id, public_key: members.public_key as string };
}
