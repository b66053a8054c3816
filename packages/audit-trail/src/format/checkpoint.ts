import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { TrailFormatError } from './format-error.ts';
import type { PublicKeys } from './public-keys.ts';
import { eventsIn, readSegment, type Segment, segmentsRoot } from './segment.ts';
import { readStatement, type Statement, signedMessage } from './statement.ts';
import { fromBase64url, membersOf, parseCanonical } from './strict.ts';

/** A checkpoint: what is signed, what that binds, and the one line that both are kept in. */
export interface Checkpoint {
  readonly statement: Statement;
  /** Sorted by chain. */
  readonly heads: readonly Segment[];
  /** 64 bytes. */
  readonly signature: Buffer;
  /** The line: canonical JSON, without a line break. */
  readonly record: string;
  /** SHA-256 of the line, in hex: what the next checkpoint names as its predecessor. */
  readonly hash: string;
}

/**
 * Bounds on one checkpoint, so that its line fits into an event of CloudWatch Logs (256 KiB, with a third to spare) and
 * a verifier knows how much it may have to hold.
 */
export const checkpointLimits = { heads: 500, events: 100_000 } as const;

export function assembleCheckpoint(statement: Statement, heads: readonly Segment[], signature: Buffer): Checkpoint {
  const record = canonicalJson({ heads, signature: signature.toString('base64url'), statement });
  return { statement, heads, signature, record, hash: hash('sha256', record) };
}

/**
 * Reads the line of a checkpoint, in the one form that it may have, and checks that its heads are those that the
 * statement binds. Says nothing of its signature.
 *
 * @throws TrailFormatError
 */
export function parseCheckpoint(record: string): Checkpoint {
  const members = membersOf(parseCanonical(record), 'record', ['heads', 'signature', 'statement']);
  const statement = readStatement(members.statement);
  const signature = fromBase64url(members.signature, 64);
  if (!signature) throw new TrailFormatError('has a signature that is not 64 bytes in base64url');
  if (!Array.isArray(members.heads)) throw new TrailFormatError('has no heads');
  const heads = members.heads.map(readSegment);
  if (heads.some(({ chain }, index) => index > 0 && chain <= heads[index - 1]!.chain)) {
    throw new TrailFormatError('has heads that are not in order');
  }
  if (heads.length !== statement.chains || countEvents(heads) !== statement.events) {
    throw new TrailFormatError('does not have the heads that its statement counts');
  }
  if (heads.length > checkpointLimits.heads || statement.events > checkpointLimits.events) {
    throw new TrailFormatError('covers more than a checkpoint may');
  }
  if (segmentsRoot(heads) !== statement.root) throw new TrailFormatError('has heads that its statement does not bind');
  return { statement, heads, signature, record, hash: hash('sha256', record) };
}

/** True for a line that holds a checkpoint rather than an event, if it holds either. */
export const looksLikeCheckpoint = (line: string): boolean => line.startsWith('{"heads":');

export const isSignedBy = ({ statement, signature }: Checkpoint, keys: PublicKeys): boolean =>
  keys.verify(statement.key_id, signedMessage(statement), signature);

export const countEvents = (heads: readonly Segment[]): number => heads.reduce((sum, head) => sum + eventsIn(head), 0);
