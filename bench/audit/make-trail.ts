import { generateKeyPairSync, hash, randomBytes, randomUUID } from 'node:crypto';
import { type ExportItem, writeExport } from '@healthcare-ai/audit-trail/export/write-export';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { eventText } from '@healthcare-ai/audit-trail/format/event';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';

export interface MakeTrailOptions {
  readonly directory: string;
  readonly events: number;
  /** Chains that are written at once. */
  readonly writers: number;
  /** Events under one checkpoint; the service makes one at 1,000. */
  readonly perCheckpoint: number;
}

/** Writes an export of so many events as the service writes them. @returns the public key, SPKI DER */
export async function makeTrail({ directory, events, writers, perCheckpoint }: MakeTrailOptions): Promise<Buffer> {
  const signer = localSigner(generateKeyPairSync('ed25519').privateKey);
  const chains = Array.from({ length: writers }, randomUUID)
    .sort()
    .map((id) => ({ id, seq: 0, head: genesisHash(id) }));
  const patientRef = randomBytes(32);
  async function* items(): AsyncGenerator<ExportItem> {
    let previous: Checkpoint | undefined;
    const origin = `bench/${randomUUID()}`;
    for (let made = 0; made < events; made += perCheckpoint) {
      const texts: string[] = [];
      const segments = chains.map((chain) => {
        const builder = new SegmentBuilder(chain.id, { seq: chain.seq, hash: chain.head });
        for (let event = 0; event < perCheckpoint / writers; event++) {
          const text = eventText(
            {
              action: 'note.create',
              outcome: 'success',
              recordedAt: new Date(Date.UTC(2026, 10, 23) + made + event).toISOString(),
              principal: 'ehr',
              tenant: 'north',
              roles: ['integration'],
              auditId: randomUUID(),
              patientRef,
              patientRefVersion: 1,
              method: 'POST',
              route: '/ingest',
              status: 200,
              source: '10.0.0.7',
              requestId: randomUUID(),
              traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
            },
            chain.id,
            ++chain.seq,
            chain.head,
          );
          chain.head = hash('sha256', text);
          builder.add(text);
          texts.push(text);
        }
        return builder.segment();
      });
      previous = await makeCheckpoint({ previous, origin, segments, signer, now: new Date(Date.UTC(2026, 10, 23)) });
      yield { events: texts };
      yield { checkpoint: previous };
    }
  }
  await writeExport({ directory, items: items() });
  return signer.publicKey;
}
