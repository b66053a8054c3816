import type { AuditStore } from '@healthcare-ai/audit-trail/store';
import { Committer } from '../audit/committer.ts';
import { coveringCheckpoint } from '../audit/read/covering-checkpoint.ts';
import { findEvents } from '../audit/read/find-events.ts';
import { storedPatientReferences } from '../audit/read/patient-references.ts';
import { readSnapshot } from '../audit/read/read-snapshot.ts';
import { readTrail } from '../audit/read/read-trail.ts';
import type { Need } from '../config/cross-checks.ts';
import type { Config } from '../config/read.ts';
import { prepareSchema } from '../database/migrate.ts';
import { isSwitched } from '../database/stored-forms.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { openDatabase } from './open-database.ts';
import { openKeyWrapper } from './open-key-wrapper.ts';
import { openSigners, publicKeysOf } from './open-signers.ts';

export interface AuditStoreOptions {
  readonly config: (needs: readonly Need[]) => Config;
  readonly version: string;
  readonly log: Logger;
}

/** @throws ConfigurationError, DatabaseUnavailableError, SchemaError, and when a process has the embedded database open */
export async function openAuditStore({ config, version, log }: AuditStoreOptions): Promise<AuditStore> {
  const settings = config(['database']);
  const { database, close } = await openDatabase(settings, log);
  try {
    await prepareSchema(database);
    const metrics = createMetrics({ version, stage: settings.STAGE, processMetrics: false });
    let committer: Committer | undefined;
    return {
      async size() {
        // An estimate would do, but a count of a million rows takes a tenth of what follows it.
        const { rows } = await database.query<{ events: string; checkpoints: string }>({
          text: `SELECT (SELECT count(*) FROM audit_events) AS events, (SELECT count(*) FROM audit_checkpoints) AS checkpoints`,
        });
        return { events: Number(rows[0]?.events ?? 0), checkpoints: Number(rows[0]?.checkpoints ?? 0) };
      },
      schema: async () => ((await isSwitched(database, 'audit-2')) ? 2 : 1),
      readTrail: (options) => readSnapshot(database, (snapshot) => readTrail(snapshot, options)),
      findEvents: (criteria) => findEvents(database, criteria),
      coveringCheckpoint: (chain, seq) => coveringCheckpoint(database, chain, seq),
      async patientReferences(tenant, patientId) {
        const wrapper = await openKeyWrapper(config(['database', 'keys']));
        return storedPatientReferences(database, wrapper, tenant, patientId);
      },
      async record(event) {
        if (!committer) {
          committer = new Committer({ database, log, metrics, lanes: 1 });
          await committer.start();
        }
        await committer.record(event);
      },
      async close() {
        await committer?.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The public keys, SPKI DER, of those that sign here: the one in use and, during a rotation, the next.
 *
 * @returns none where no signing key is configured
 */
export async function signingPublicKeys(config: Config): Promise<readonly Buffer[]> {
  const keys = await openSigners(config);
  return keys ? publicKeysOf(keys) : [];
}
