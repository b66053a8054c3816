import type { Checkpoint } from '../format/checkpoint.ts';
import type { Arrival } from './arrival.ts';
import type { Fault } from './fault.ts';

/** A record that was read, with the events that stand before it. */
export interface Held {
  readonly checkpoint: Checkpoint;
  readonly arrivals: readonly Arrival[];
  readonly file: string;
  readonly line: number;
  /** Whether a known key signed it. */
  readonly verified: boolean;
}

export type Decision = 'wait' | { readonly accept: Held } | { readonly bad: Fault };

/**
 * Whether the oldest record held is good. One that a known key signed is; another is when the record after it names its
 * hash. When that names another hash, one of the two is bad, and a signature or the record after them says which.
 *
 * @param last nothing follows
 */
export function nextDecision(held: readonly Held[], last: boolean): Decision {
  const [oldest, next, third] = held;
  if (!oldest) return 'wait';
  if (oldest.verified) return { accept: oldest };
  if (!next) return last ? { accept: oldest } : 'wait';
  if (names(next, oldest)) return { accept: oldest };
  if (next.verified || (third && names(third, next))) {
    return { bad: faultOf(oldest, 'was changed: the checkpoint after it names another') };
  }
  if (third || last) return { bad: faultOf(next, 'does not follow the checkpoint before it') };
  return 'wait';
}

const names = (later: Held, earlier: Held): boolean => later.checkpoint.statement.previous === earlier.checkpoint.hash;

const faultOf = ({ checkpoint, file, line }: Held, message: string): Fault => ({
  kind: 'checkpoint',
  checkpoint: checkpoint.statement.number,
  file,
  line,
  message,
});
