import { hash } from 'node:crypto';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import type { Random } from '../support/random.ts';
import { inserted, type Line, type Mutation, placeOf, replaced, type Target, textsOf } from './mutation.ts';

type Event = Record<string, unknown>;

const parse = (text: string): Event => JSON.parse(text) as Event;

/** Another value of the same sort. */
export function otherValue(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return value + random.between(1, 3);
  if (Array.isArray(value)) return [...value, 'admin'];
  const text = String(value);
  if (/^\d{4}-\d\d-/.test(text))
    return new Date(Date.parse(text) + random.pick([-86_400_000, -1, 1, 3_600_000])).toISOString();
  if (/^[0-9a-f]{64}$/.test(text)) return random.bytes(32).toString('hex');
  if (/^[0-9a-f]{8}-/.test(text)) return random.uuid();
  return random.pick([`${text}x`, text.slice(1), text.toUpperCase(), 'note.read', 'denied']);
}

const editOne: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const event = parse(line.text);
  const name = random.pick(Object.keys(event));
  event[name] = otherValue(event[name], random);
  return replaced(target, line, canonicalJson(event));
};

const removeMember: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const event = parse(line.text);
  delete event[random.pick(Object.keys(event))];
  return replaced(target, line, canonicalJson(event));
};

const addMember: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const event = { ...parse(line.text), [random.pick(['break_glass', 'reason', 'zz', 'Z', '0'])]: random.uuid() };
  return replaced(target, line, canonicalJson(event));
};

/** Another event of the trail under the place of this one. */
const swapBodies: Mutation = (target, random) => {
  const [a, b] = [random.pick(target.events), random.pick(target.events)];
  if (a.index === b.index) return undefined;
  const own = ({ text }: Line) => {
    const { chain, seq, prev_hash } = parse(text);
    return { chain, seq, prev_hash };
  };
  const lines = textsOf(target);
  lines[a.index] = canonicalJson({ ...parse(b.text), ...own(a) });
  lines[b.index] = canonicalJson({ ...parse(a.text), ...own(b) });
  return lines[a.index] === a.text ? undefined : { lines, bad: [placeOf(a), placeOf(b)] };
};

const remove: Mutation = (target, random) => removed(target, [random.pick(target.events)]);

const removeMany: Mutation = (target, random) => {
  const start = random.below(target.events.length);
  return removed(target, target.events.slice(start, start + random.between(2, 40)));
};

const removeScattered: Mutation = (target, random) =>
  removed(
    target,
    target.events.filter(() => random.chance(0.05)),
  );

const removeLastBeforeCheckpoint: Mutation = (target, random) => {
  const before = target.lines[random.pick(target.records).index - 1];
  return before?.kind === 'event' ? removed(target, [before]) : undefined;
};

const removeChain: Mutation = (target, random) => {
  const { chain } = random.pick(target.events);
  return removed(
    target,
    target.events.filter((line) => line.chain === chain),
  );
};

function removed(target: Target, lines: readonly Line[]) {
  const gone = new Set(lines);
  if (gone.size === 0) return undefined;
  const left = target.lines.filter((line) => !gone.has(line)).map(({ text }) => text);
  return { lines: left, bad: [placeOf(lines[0]!)] };
}

const swapLines: Mutation = (target, random) => {
  const [a, b] = [random.pick(target.lines), random.pick(target.lines)];
  return swapped(target, a, b);
};

const swapNeighbours: Mutation = (target, random) => {
  const a = random.pick(target.lines);
  const b = target.lines[a.index + 1];
  return b && swapped(target, a, b);
};

function swapped(target: Target, a: Line, b: Line) {
  if (a.index === b.index) return undefined;
  const lines = textsOf(target);
  [lines[a.index], lines[b.index]] = [b.text, a.text];
  return { lines, bad: [placeOf(a), placeOf(b), { at: a.index }, { at: b.index }] };
}

const moveLine: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const to = random.below(target.lines.length);
  if (to === line.index) return undefined;
  const lines = textsOf(target);
  lines.splice(to, 0, ...lines.splice(line.index, 1));
  return { lines, bad: [placeOf(line), { at: to }] };
};

const reverseRun: Mutation = (target, random) => {
  const start = random.below(target.lines.length - 8);
  const run = target.lines.slice(start, start + random.between(2, 8));
  const lines = textsOf(target);
  lines.splice(start, run.length, ...run.map(({ text }) => text).reverse());
  return { lines, bad: [...run.map(placeOf), ...run.map(({ index }) => ({ at: index }))] };
};

/** A forged event that takes the place of the next one in its chain, properly linked. */
const insertForged: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const forged: Event = {
    ...parse(line.text),
    prev_hash: hash('sha256', line.text),
    seq: line.seq + 1,
    action: 'note.read',
  };
  return inserted(target, line.index + 1, canonicalJson(forged), [{ chain: line.chain, seq: line.seq + 1 }]);
};

const insertChain: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const chain = random.uuid();
  const forged = canonicalJson({ ...parse(line.text), chain, seq: 1, prev_hash: genesisHash(chain) });
  return inserted(target, random.below(target.lines.length), forged);
};

/** The trail of another origin is signed by the same key: its events must not pass here. */
const insertFromOtherTrail: Mutation = (target, random) => {
  const foreign = random.pick(random.pick(target.other.published.filter(({ events }) => events.length > 0)).events);
  return inserted(target, random.below(target.lines.length), foreign);
};

/** An edit, and all that follows in the chain linked again: what one does who has the files but not the key. */
const editAndRechain: Mutation = (target, random) => {
  const line = random.pick(target.events);
  const after = target.events.filter(({ chain, seq }) => chain === line.chain && seq > line.seq);
  const lines = textsOf(target);
  lines[line.index] = canonicalJson({ ...parse(line.text), outcome: 'failure' });
  let previous = lines[line.index]!;
  for (const { index, text } of after) {
    previous = canonicalJson({ ...parse(text), prev_hash: hash('sha256', previous) });
    lines[index] = previous;
  }
  // Where no hash inside of a segment is known, the first that can be named is its last event.
  const segment = after.filter(({ checkpoint }) => checkpoint === line.checkpoint);
  return { lines, bad: [placeOf(line), ...segment.map(placeOf)] };
};

const renameChain: Mutation = (target, random) => {
  const first = random.pick(target.events);
  const chain = random.uuid();
  let previous = genesisHash(chain);
  const mine = target.events.filter((line) => line.chain === first.chain);
  const lines = textsOf(target);
  for (const { index, text } of mine) {
    lines[index] = canonicalJson({ ...parse(text), chain, prev_hash: previous } as unknown as AuditEvent);
    previous = hash('sha256', lines[index]!);
  }
  return { lines, bad: [placeOf(mine[0]!), { at: mine[0]!.index }] };
};

/** Two chains take each other's names. */
const exchangeChains: Mutation = (target, random) => {
  const [a, b] = [random.pick(target.events).chain, random.pick(target.events).chain];
  if (a === b) return undefined;
  const mine = target.events.filter(({ chain }) => chain === a || chain === b);
  const lines = textsOf(target);
  for (const { index, text, chain } of mine)
    lines[index] = canonicalJson({ ...parse(text), chain: chain === a ? b : a });
  return { lines, bad: [placeOf(mine[0]!), { at: mine[0]!.index }] };
};

export const eventMutations: Readonly<Record<string, Mutation>> = {
  'a member of an event edited': editOne,
  'a member of an event removed': removeMember,
  'a member added to an event': addMember,
  'two events exchanged under their places': swapBodies,
  'an event deleted': remove,
  'a run of events deleted': removeMany,
  'scattered events deleted': removeScattered,
  'the last event before a checkpoint deleted': removeLastBeforeCheckpoint,
  'a whole chain deleted': removeChain,
  'two lines exchanged': swapLines,
  'two neighbours exchanged': swapNeighbours,
  'an event moved': moveLine,
  'a run of lines reversed': reverseRun,
  'a forged event inserted': insertForged,
  'a forged chain inserted': insertChain,
  'an event of another trail inserted': insertFromOtherTrail,
  'an event edited and the rest of its chain linked again': editAndRechain,
  'a chain renamed': renameChain,
  'two chains exchanged': exchangeChains,
};
