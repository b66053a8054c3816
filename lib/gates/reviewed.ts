import type { ReviewedAcknowledgement } from './acknowledgements.ts';

/** The findings of the public packs that were read and accepted, each on the resources that have it. */
export const reviewedAcknowledgements: readonly ReviewedAcknowledgement[] = [];
