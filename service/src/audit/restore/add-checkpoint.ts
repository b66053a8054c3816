import type { PublishedCheckpoint } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { type Checkpoint, isSignedBy } from '@healthcare-ai/audit-trail/format/checkpoint';
import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';
import type { PublicKeys } from '@healthcare-ai/audit-trail/format/public-keys';
import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import { BrokenChainError, SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { Queryable } from '../../database/database.ts';
import { type HeadRow, storeCheckpoint, storeHeadRows } from '../seal/checkpoint-store.ts';
import { addEvents } from './add-events.ts';
import { RestoreError } from './restore-error.ts';

/**
 * Adds a checkpoint, its events, and how far its chains are sealed. Its source was verified a while ago, and somebody may
 * have written to it since, so that nothing is taken which its checkpoint does not bind.
 *
 * @param keys those that are trusted; the next one is added where the checkpoint names it
 * @throws RestoreError
 */
export async function addCheckpoint(
  transaction: Queryable,
  { checkpoint, events }: PublishedCheckpoint,
  keys: PublicKeys,
): Promise<void> {
  const { key_id: keyId, next_key: next } = checkpoint.statement;
  if (keys.has(keyId) && !isSignedBy(checkpoint, keys)) throw changed(checkpoint);
  if (next) keys.add(Buffer.from(next.public_key, 'base64url'));
  const heads = checkpoint.heads.values();
  const rows: HeadRow[] = [];
  let growing: { readonly head: Segment; readonly builder: SegmentBuilder } | undefined;
  try {
    for await (const texts of events) {
      growing ??= begin(heads.next().value!, texts[0]!);
      for (const text of texts) growing.builder.add(text);
      await addEvents(transaction, texts);
      const { head, builder } = growing;
      if (builder.size <= head.to - head.from) continue;
      const { root, head: last } = builder.segment();
      if (root !== head.root || last !== head.head) throw changed(checkpoint);
      const { action, recorded_at: recordedAt } = parseEvent(texts.at(-1)!);
      const ended = action === 'chain.end';
      rows.push({ chain: head.chain, seq: head.to, hash: head.head, ended, fault: null, recordedAt });
      growing = undefined;
    }
  } catch (error) {
    if (error instanceof BrokenChainError) throw changed(checkpoint);
    throw error;
  }
  if (rows.length !== checkpoint.heads.length) throw changed(checkpoint);
  await storeCheckpoint(transaction, checkpoint);
  await storeHeadRows(transaction, rows);
}

function begin(head: Segment, text: string) {
  const after = head.from === 1 ? undefined : { seq: head.from - 1, hash: parseEvent(text).prev_hash };
  return { head, builder: new SegmentBuilder(head.chain, after) };
}

const changed = ({ statement: { number } }: Checkpoint): RestoreError =>
  new RestoreError('broken', `the trail was changed at checkpoint ${number} while it was read`);
