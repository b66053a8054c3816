import type { Lag } from '../../audit/publish/lag.ts';
import { readTrailState } from '../../audit/read/verification.ts';
import { eventBy } from '../../notes/actor.ts';
import { defineRoute } from '../route.ts';
import { auditVerificationResponse } from '../schemas/audit.ts';
import type { AuditRouteDependencies } from './search-audit.ts';

export interface VerificationRouteDependencies extends Pick<AuditRouteDependencies, 'committer' | 'database'> {
  /** How far behind sealing and publishing are; undefined where this process seals nothing. */
  readonly trailLag: () => Promise<Lag | undefined>;
}

/** Shows how far the trail is sealed, and when it was last verified. */
export const auditVerificationRoute = ({ committer, database, trailLag }: VerificationRouteDependencies) =>
  defineRoute({
    method: 'GET',
    path: '/audit/verification',
    permission: 'audit.read',
    action: 'audit.read',
    documentation: {
      operationId: 'readAuditVerification',
      summary: 'Show how far the audit trail is sealed, and when it was last verified',
      description:
        'Covers the whole trail, which is one for all tenants. The service reports what it recorded; the proof is ' +
        '`npm run ops -- audit verify` with a public key that you obtained yourself.',
      tag: 'Audit',
      response: auditVerificationResponse,
    },
    async handle({ actor }) {
      const [{ checkpoint, published, verification }, lag] = await Promise.all([readTrailState(database), trailLag()]);
      await committer.record(eventBy(actor, { action: 'audit.read', outcome: 'success', status: 200 }));
      return {
        status: 200,
        body: {
          sealing: lag === undefined ? 'off' : 'on',
          waiting_seconds: lag && Math.round(lag.seconds),
          broken_chains: lag?.brokenChains,
          checkpoint: checkpoint && {
            number: checkpoint.number,
            hash: checkpoint.hash,
            made_at: checkpoint.madeAt,
            age_seconds: checkpoint.ageSeconds,
          },
          published: published.map((one) => ({
            sink: one.sink,
            checkpoint: one.checkpoint,
            published_at: one.publishedAt,
          })),
          verification: verification && {
            outcome: verification.outcome,
            verified_at: verification.verifiedAt,
            age_seconds: verification.ageSeconds,
            events: verification.events,
          },
        },
      };
    },
  });
