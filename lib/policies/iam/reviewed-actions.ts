/** Actions that an identity of this deployment may hold, and what for. A new one is added after thinking of its abuse. */
export const reviewedActions: readonly string[] = [];

/** Actions with a trailing `*` that were read: every action that they cover is of one kind. */
export const reviewedWildcards: readonly string[] = [
  // What CDK grants and AWS documents for the use of a key: no administration among them.
  'kms:Encrypt*',
  'kms:Decrypt*',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:Describe*',
];
