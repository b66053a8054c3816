import type { SealContext } from '../../crypto/envelope.ts';

/** What a sealed analysis is bound to: its note, its tenant, its patient and its key, as an analysis and nothing else. */
export const analysisBinding = ({ auditId, tenant, patientRef, keyId }: SealContext): string =>
  `analysis/v1|${auditId}|${tenant}|${patientRef.toString('base64')}|${keyId}`;
