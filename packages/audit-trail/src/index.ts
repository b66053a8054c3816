/**
 * The audit trail: event format, hash chains, signed Merkle checkpoints, verification, export, and proofs of single
 * events. README.md has an example of each.
 */
export { csvFormat } from './export/derived/csv.ts';
export type { DerivedFormat } from './export/derived/derived-format.ts';
export { fhirFormat } from './export/derived/fhir.ts';
export { NoTrailError, type VerifyDirectoryOptions, verifyDirectory } from './export/verify-directory.ts';
export {
  DirectoryNotEmptyError,
  type ExportItem,
  type WriteExportOptions,
  writeExport,
} from './export/write-export.ts';
export { canonicalJson } from './format/canonical-json.ts';
export { Chain, type ChainedEvent, genesisHash } from './format/chain.ts';
export { type Checkpoint, checkpointLimits, parseCheckpoint } from './format/checkpoint.ts';
export {
  type AuditAction,
  type AuditEvent,
  type AuditEventDraft,
  type AuditOutcome,
  auditActions,
  type EventSchema,
} from './format/event.ts';
export { TrailFormatError } from './format/format-error.ts';
export { type MakeCheckpointOptions, makeCheckpoint, WrongSignerError } from './format/make-checkpoint.ts';
export { inclusionPath, leafHash, MerkleTree, merkleRoot, nodeHash, rootOfPath } from './format/merkle.ts';
export { parseEvent } from './format/parse-event.ts';
export { keyIdOf, publicKeyPem, readPublicKey } from './format/public-keys.ts';
export type { Segment } from './format/segment.ts';
export { BrokenChainError, type ChainPosition, SegmentBuilder } from './format/segment-builder.ts';
export { localSigner, type Signer } from './format/signer.ts';
export { describeReport } from './verify/describe-report.ts';
export { checkEventProof, makeEventProof, type ProvenEvent } from './verify/event-proof.ts';
export { describeFault, type Fault } from './verify/fault.ts';
export type { CheckpointName, TrailReport, TrustedCheckpoint, UnprovenRange } from './verify/report.ts';
export type { TrustOptions } from './verify/trust.ts';
export { TrailVerifier } from './verify/verifier.ts';
