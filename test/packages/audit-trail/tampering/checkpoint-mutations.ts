import { hash } from 'node:crypto';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import { assembleCheckpoint, type Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { type Segment, segmentsRoot } from '@healthcare-ai/audit-trail/format/segment';
import { type Statement, signedMessage } from '@healthcare-ai/audit-trail/format/statement';
import type { Random } from '../support/random.ts';
import { randomSigner } from '../support/signers.ts';
import { otherValue } from './event-mutations.ts';
import {
  inserted,
  type Line,
  type Mutation,
  placeOf,
  replaced,
  type Tampered,
  type Target,
  textsOf,
} from './mutation.ts';

const checkpointOf = ({ trail }: Target, { checkpoint }: Line): Checkpoint =>
  trail.published[checkpoint - 1]!.checkpoint;

const recordOf = (statement: Statement, heads: readonly Segment[], signature: Buffer): string =>
  assembleCheckpoint(statement, heads, signature).record;

const change =
  (edit: (checkpoint: Checkpoint, random: Random, target: Target) => string | undefined): Mutation =>
  (target, random) => {
    const line = random.pick(target.records);
    const record = edit(checkpointOf(target, line), random, target);
    return record === undefined ? undefined : replaced(target, line, record);
  };

const editStatement = change(({ statement, heads, signature }, random) => {
  const name = random.pick(Object.keys(statement) as (keyof Statement)[]);
  if (typeof statement[name] === 'object') return undefined;
  return recordOf({ ...statement, [name]: otherValue(statement[name], random) }, heads, signature);
});

const editHead = change(({ statement, heads, signature }, random) => {
  if (heads.length === 0) return undefined;
  const head = random.pick(heads);
  const name = random.pick(['chain', 'from', 'head', 'root', 'to'] as const);
  const edited = heads.map((other) => (other === head ? { ...head, [name]: otherValue(head[name], random) } : other));
  // With and without what binds the heads: the signature is over that.
  const root = random.chance(0.5) ? segmentsRoot(edited) : statement.root;
  return recordOf({ ...statement, root }, edited, signature);
});

const dropHead = change(({ statement, heads, signature }, random) => {
  if (heads.length === 0) return undefined;
  const gone = random.pick(heads);
  const left = heads.filter((head) => head !== gone);
  const events = statement.events - (gone.to - gone.from + 1);
  return recordOf({ ...statement, chains: left.length, events, root: segmentsRoot(left) }, left, signature);
});

const reorderHeads = change(({ statement, heads, signature }) =>
  heads.length < 2 ? undefined : recordOf(statement, [...heads].reverse(), signature),
);

const editSignature = change(({ statement, heads, signature }, random, target) => {
  const flipped = Buffer.from(signature);
  flipped[random.below(64)]! ^= 1 << random.below(8);
  const another = random.pick(target.trail.published).checkpoint.signature;
  return recordOf(statement, heads, random.pick([flipped, another, Buffer.alloc(64), random.bytes(64)]));
});

/** Ed25519 signatures that are the same point of the curve, or the same number, written otherwise. */
const malleableSignature = change(({ statement, heads, signature }) => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
  const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return recordOf(statement, heads, Buffer.concat([signature.subarray(0, 32), bytes]));
});

const forgeNextKey = change(({ statement, heads, signature }, random) => {
  const { keyId, publicKey } = randomSigner(random);
  const nextKey = { key_id: keyId, public_key: publicKey.toString('base64url') };
  return recordOf({ ...statement, next_key: nextKey }, heads, signature);
});

const dropNextKey = change(({ statement, heads, signature }) => {
  const { next_key: nextKey, ...rest } = statement;
  return nextKey && recordOf(rest, heads, signature);
});

/** Signed by a key of the attacker's own, which the statement names. */
const resignOne: Mutation = (target, random) => resigned(target, random, [random.pick(target.records)]);

/** From one checkpoint on, all signed and linked again. */
const resignRest: Mutation = (target, random) =>
  resigned(target, random, target.records.slice(random.below(target.records.length)));

/** The same, after an event under the first of them was edited. */
function resigned(target: Target, random: Random, records: readonly Line[]): Tampered {
  const signer = randomSigner(random);
  const lines = textsOf(target);
  let previous: string | undefined;
  for (const line of records) {
    const { statement, heads } = checkpointOf(target, line);
    const forged = { ...statement, key_id: signer.keyId, previous: previous ?? statement.previous };
    // Signing takes a turn of the event loop in the service only; the key here is at hand.
    const { record, hash } = assembleCheckpoint(forged, heads, signer.signNow(signedMessage(forged)));
    lines[line.index] = record;
    previous = hash;
  }
  // Nothing comes before the first checkpoint that would name the key of the trail.
  const bad = records[0]!.checkpoint === 1 ? records : records.slice(0, 1);
  return { lines, bad: bad.map(placeOf) };
}

/** From one checkpoint on, the time is set back and the records linked again, with the signatures that were there. */
const rollClock: Mutation = (target, random) => {
  const records = target.records.slice(random.below(target.records.length));
  const lines = textsOf(target);
  let previous: string | undefined;
  const by = random.pick([-86_400_000, -60_000, 60_000, 365 * 86_400_000]);
  for (const line of records) {
    const { statement, heads, signature } = checkpointOf(target, line);
    const madeAt = new Date(Date.parse(statement.made_at) + by).toISOString();
    const record = recordOf(
      { ...statement, made_at: madeAt, previous: previous ?? statement.previous },
      heads,
      signature,
    );
    lines[line.index] = record;
    previous = hash('sha256', record);
  }
  return { lines, bad: [placeOf(records[0]!)], withoutKey: records.map(placeOf) };
};

const dropRecord: Mutation = (target, random) => {
  const line = random.pick(target.records);
  return { ...without(target, (other) => other === line), bad: [placeOf(line)], cut: line === target.records.at(-1) };
};

const dropCheckpointAndEvents: Mutation = (target, random) => {
  const line = random.pick(target.records);
  const cut = line === target.records.at(-1);
  return { ...without(target, ({ checkpoint }) => checkpoint === line.checkpoint), bad: [placeOf(line)], cut };
};

const cutBeginning: Mutation = (target, random) => {
  const through = random.between(1, target.records.length - 1);
  const bad = [{ checkpoint: through }];
  // A trail whose tombstone declares it may begin there.
  const tombstone = target.trail.published.find(({ checkpoint }) => checkpoint.statement.expired);
  if (tombstone?.checkpoint.statement.expired?.through === through) return undefined;
  return { ...without(target, ({ checkpoint }) => checkpoint <= through), bad };
};

const cutEnd: Mutation = (target, random) => {
  const at = random.below(target.lines.length);
  const gone = target.lines.slice(at).find(({ kind }) => kind === 'checkpoint')!;
  return { lines: textsOf(target).slice(0, at), bad: [placeOf(gone), placeOf(target.records.at(-1)!)], cut: true };
};

function without(target: Target, gone: (line: Line) => boolean): Pick<Tampered, 'lines'> {
  return { lines: target.lines.filter((line) => !gone(line)).map(({ text }) => text) };
}

/** The beginning is cut off, and a tombstone that nobody signed says that it expired. */
const forgeTombstone: Mutation = (target, random) => {
  const through = random.between(1, target.records.length - 2);
  const expiry = checkpointOf(target, target.records[through - 1]!);
  const line = target.records.at(-1)!;
  const { statement, heads, signature } = checkpointOf(target, line);
  const expired = { events: expiry.statement.total, hash: expiry.hash, through };
  const forged = recordOf({ ...statement, expired }, heads, signature);
  const lines = target.lines.filter(({ checkpoint }) => checkpoint > through);
  const texts = lines.map((other) => (other === line ? forged : other.text));
  return { lines: texts, bad: [placeOf(line), { checkpoint: through }], withoutKey: [{ checkpoint: through + 1 }] };
};

const replayFromOtherTrail: Mutation = (target, random) => {
  const line = random.pick(target.records);
  const foreign = target.other.published[line.checkpoint - 1]?.checkpoint.record;
  if (foreign === undefined) return undefined;
  // A first checkpoint that the key signed is taken for the first of this trail, and its events are missing.
  const bad = line.checkpoint === 1 ? [placeOf(line), { under: 1 }] : [placeOf(line)];
  const tampered = random.chance(0.5) ? replaced(target, line, foreign) : inserted(target, line.index, foreign);
  return tampered && { ...tampered, bad: [...tampered.bad, ...bad] };
};

/** A whole trail of the same shape that another key signed. */
const foreignTrail: Mutation = (target, random) => resigned(target, random, target.records);

const replayEarlier: Mutation = (target, random) => {
  const [a, b] = [random.pick(target.records), random.pick(target.records)];
  const tampered = a.index < b.index ? replaced(target, b, a.text) : undefined;
  // At the end, it is as if the last one were dropped: the earlier one is only repeated.
  return tampered && { ...tampered, cut: b === target.records.at(-1) };
};

const rewriteRecord = change(({ record }) => `${record.slice(0, -1)},"z":1}`);

const looseSignature = change(({ record, signature }, random) => {
  const text = signature.toString('base64url');
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const spare = `${text.slice(0, -1)}${last[last.indexOf(text.at(-1)!) + 1]}`;
  return record.replace(
    text,
    random.pick([`${text}==`, signature.toString('base64'), spare, `${text} `, `\\n${text}`]),
  );
});

const upperCaseHash = change(({ record, statement }) =>
  record.replace(statement.previous, statement.previous.toUpperCase()),
);

const canonicalAgain = change(({ record }, random) => {
  const { heads, signature, statement } = JSON.parse(record);
  return random.pick([
    JSON.stringify({ statement, heads, signature }),
    JSON.stringify({ heads, signature, statement }, null, 1),
    canonicalJson({ heads, signature, statement: { ...statement, v: 2 } }),
    canonicalJson({ heads, signature, statement: { ...statement, algorithm: 'none' } }),
    canonicalJson({ heads: [...heads, ...heads], signature, statement }),
    canonicalJson({ heads: heads.map((head: object) => ({ ...head, events: 1 })), signature, statement }),
    record.replace('"v":1', '"v":1.0'),
    record.replace('"v":1', '"v":1,"v":1'),
  ]);
});

export const checkpointMutations: Readonly<Record<string, Mutation>> = {
  'a member of a statement edited': editStatement,
  'a head edited': editHead,
  'a head removed': dropHead,
  'heads in another order': reorderHeads,
  'a signature changed': editSignature,
  'a signature written in its other form': malleableSignature,
  'a next key forged': forgeNextKey,
  'a next key removed': dropNextKey,
  'a checkpoint signed with another key': resignOne,
  'all checkpoints from one on signed with another key': resignRest,
  'the clock rolled': rollClock,
  'a checkpoint dropped': dropRecord,
  'a checkpoint dropped with its events': dropCheckpointAndEvents,
  'the beginning cut off': cutBeginning,
  'the end cut off': cutEnd,
  'a tombstone forged': forgeTombstone,
  'a checkpoint of another trail': replayFromOtherTrail,
  'a trail that another key signed': foreignTrail,
  'an earlier checkpoint in place of a later': replayEarlier,
  'a member added to a record': rewriteRecord,
  'a signature in loose base64': looseSignature,
  'a hash in upper case': upperCaseHash,
  'a record in another form': canonicalAgain,
};
