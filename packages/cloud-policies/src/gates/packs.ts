import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';

/** The rule packs of cdk-nag that the templates are held to, by the name of their gate. */
export const packs = {
  hipaa: HIPAASecurityChecks,
  'nist-800-53-r5': NIST80053R5Checks,
  'pci-dss-321': PCIDSS321Checks,
  'aws-solutions': AwsSolutionsChecks,
} as const;
