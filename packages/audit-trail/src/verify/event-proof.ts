import { hash } from 'node:crypto';
import { canonicalJson } from '../format/canonical-json.ts';
import type { Checkpoint } from '../format/checkpoint.ts';
import type { AuditEvent } from '../format/event.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { inclusionPath, rootOfPath } from '../format/merkle.ts';
import { parseEvent } from '../format/parse-event.ts';
import { PublicKeys } from '../format/public-keys.ts';
import { eventsIn, readSegment, type Segment, segmentLeaf } from '../format/segment.ts';
import { readStatement, type Statement, signedMessage } from '../format/statement.ts';
import { fromBase64url, isCount, isHash, isString, membersOf, parseCanonical, take } from '../format/strict.ts';
import { textOf } from './arrival.ts';

const format = 'healthcare-ai/audit-proof/v1';
const proofMembers = ['event', 'event_path', 'format', 'index', 'segment', 'segment_path', 'signature', 'statement'];

/** What a proof shows, once it was checked. */
export interface ProvenEvent {
  readonly event: AuditEvent;
  readonly segment: Segment;
  readonly statement: Statement;
}

/**
 * The proof that one event is under a checkpoint: the event, its audit path in the tree of its segment, that segment,
 * its path in the tree of the checkpoint, and the signed statement. It shows no other event: the paths are hashes.
 *
 * @param texts canonical texts of the events of the segment, in order
 * @returns one line of canonical JSON
 * @throws RangeError when the checkpoint does not cover the event, or these are not its events
 */
export function makeEventProof(checkpoint: Checkpoint, chain: string, seq: number, texts: readonly string[]): string {
  const { heads, statement, signature } = checkpoint;
  const index = heads.findIndex((head) => head.chain === chain && seq >= head.from && seq <= head.to);
  const segment = heads[index];
  if (!segment) throw new RangeError(`checkpoint ${statement.number} does not cover event ${seq} of chain ${chain}`);
  const leaves = texts.map((text) => hash('sha256', text, 'buffer'));
  const event = texts[seq - segment.from];
  if (event === undefined || leaves.length !== eventsIn(segment)) {
    throw new RangeError(`a proof takes the ${eventsIn(segment)} events of the segment`);
  }
  const proof = canonicalJson({
    event,
    event_path: inclusionPath(leaves, seq - segment.from).map(hex),
    format,
    index,
    segment,
    segment_path: inclusionPath(heads.map(segmentLeaf), index).map(hex),
    signature: signature.toString('base64url'),
    statement,
  });
  readEventProof(proof);
  return proof;
}

/**
 * Checks a proof with nothing but the public keys.
 *
 * @param line the proof; one line break at its end is borne
 * @throws TrailFormatError saying what does not hold
 */
export function checkEventProof(line: Buffer | string, keys: readonly Buffer[]): ProvenEvent {
  const { signature, ...proven } = readEventProof(line);
  const { statement } = proven;
  const known = new PublicKeys(keys);
  if (!known.has(statement.key_id)) {
    throw new TrailFormatError(`is signed by the key ${statement.key_id}, which is not one of the given keys`);
  }
  if (!known.verify(statement.key_id, signedMessage(statement), signature)) {
    throw new TrailFormatError('is not signed by the key that it names');
  }
  return proven;
}

/** Reads a proof and checks all of it but its signature. */
function readEventProof(line: Buffer | string): ProvenEvent & { readonly signature: Buffer } {
  const text = textOf(line);
  const members = membersOf(parseCanonical(text.endsWith('\n') ? text.slice(0, -1) : text), 'proof', proofMembers);
  if (members.format !== format) throw new TrailFormatError(`is not in the format ${format}`);
  const statement = readStatement(members.statement);
  const segment = readSegment(members.segment);
  const eventText = take(members, 'event', isString);
  const event = parseEvent(eventText);
  const { chain, from, to, head, root } = segment;
  if (event.chain !== chain || event.seq < from || event.seq > to) {
    throw new TrailFormatError('shows an event that its segment does not cover');
  }
  const leaf = hash('sha256', eventText, 'buffer');
  if (event.seq === to && leaf.toString('hex') !== head) {
    throw new TrailFormatError('shows an event that is not the head of its segment');
  }
  if (rootOf(leaf, event.seq - from, eventsIn(segment), members.event_path) !== root) {
    throw new TrailFormatError('shows an event that is not in its segment');
  }
  const index = take(members, 'index', isCount);
  if (rootOf(segmentLeaf(segment), index, statement.chains, members.segment_path) !== statement.root) {
    throw new TrailFormatError('shows a segment that is not under its checkpoint');
  }
  const signature = fromBase64url(members.signature, 64);
  if (!signature) throw new TrailFormatError('has a signature that is not 64 bytes in base64url');
  return { event, segment, statement, signature };
}

const hex = (bytes: Buffer): string => bytes.toString('hex');

function rootOf(leaf: Buffer, index: number, size: number, path: unknown): string | undefined {
  // 64 levels are more leaves than a number can count.
  if (!Array.isArray(path) || path.length > 64 || !path.every(isHash)) {
    throw new TrailFormatError('has a path that is not a list of hashes');
  }
  return rootOfPath(
    leaf,
    index,
    size,
    path.map((sibling) => Buffer.from(sibling, 'hex')),
  )?.toString('hex');
}
