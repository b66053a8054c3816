import { writeFileSync } from 'node:fs';
import { TrailFormatError } from '@healthcare-ai/audit-trail/format/format-error';
import { readBounded, TooLongError } from '@healthcare-ai/audit-trail/format/read-bounded';
import { checkEventProof, makeEventProof } from '@healthcare-ai/audit-trail/verify/event-proof';
import type { LocalContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { type AuditTools, withStore } from './tools.ts';
import { keysOf } from './trust-options.ts';

/**
 * Writes the proof that one event is under a signed checkpoint. It shows no other event.
 *
 * @param out file to write; undefined prints it
 * @throws OpsFailure when no checkpoint covers the event, or the trail is not what was sealed there
 */
export async function proveEvent(
  context: LocalContext,
  tools: AuditTools,
  chain: string,
  seq: number,
  out: string | undefined,
): Promise<void> {
  const { proof, number } = await withStore(
    { tools, command: 'prove', now: context.clock.now },
    async ({ store, looked }) => {
      const covering = await store.coveringCheckpoint(chain, seq);
      // Seeing that an event does not exist is also an access.
      await looked({ action: 'audit.read', subject: chain, count: covering ? 1 : 0 });
      if (!covering) {
        throw new OpsFailure(
          `No checkpoint covers event ${seq} of chain ${chain}: there is no such event, or not yet.`,
        );
      }
      const { checkpoint, texts } = covering;
      const made = attempt(() => makeEventProof(checkpoint, chain, seq, texts), 'The events under its checkpoint');
      return { proof: made, number: checkpoint.statement.number };
    },
  );
  if (out === undefined) context.output.result(JSON.parse(proof), proof);
  else {
    writeFileSync(out, `${proof}\n`, { mode: 0o600 });
    context.output.result({ file: out, checkpoint: number }, `${out} proves event ${seq} under checkpoint ${number}.`);
  }
}

/** Checks a proof with the public key alone. @throws OpsFailure saying what does not hold */
export function checkProof(
  context: LocalContext,
  file: string,
  flags: { readonly publicKey?: readonly string[] },
): void {
  const keys = keysOf(flags);
  if (keys.length === 0) throw new UsageError('pass the public key with --public-key FILE');
  const proven = attempt(() => checkEventProof(readProof(file), keys), `The proof ${file}`);
  const { event, statement } = proven;
  const { number, made_at: madeAt, key_id: keyId, origin } = statement;
  context.output.result(
    { event, checkpoint: number, made_at: madeAt, key_id: keyId, origin },
    `The proof holds: the event was sealed in checkpoint ${number} of ${origin}, made at ${madeAt}, signed by key ${keyId}.\n` +
      JSON.stringify(event, null, 2),
  );
}

/** Bytes of a proof at most: those of the longest event, twice. */
const proofBytes = 1 << 21;

function readProof(file: string): Buffer {
  try {
    return readBounded(file, proofBytes);
  } catch (error) {
    if (error instanceof TooLongError) throw new OpsFailure(`The proof ${file} ${error.message}.`);
    throw new UsageError(`the proof ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function attempt<Result>(work: () => Result, what: string): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrailFormatError) throw new OpsFailure(`${what} ${error.message}.`);
    if (error instanceof RangeError) throw new OpsFailure(`${what} are not those that were sealed: run audit verify.`);
    throw error;
  }
}
