export { controlFamilies } from './controls/index.ts';
export { controlsMatrix } from './controls-matrix.ts';
export { type Evidence, type EvidenceProps, runEvidence } from './evidence.ts';
export type { Matrix } from './report.ts';
export { EvidenceInputError } from './results.ts';
