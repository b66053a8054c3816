import type { Policy } from '../core/finding.ts';
import { isRecord } from '../core/template.ts';
import { isApplicationGroup, isAuditGroup } from './audit-group.ts';

/** Identifiers of patients that a masking policy has to know at least. */
const identifiers = ['Ssn-US', 'EmailAddress', 'MedicareBeneficiaryNumber-US'];

export const logGroupMasked: Policy = {
  id: 'log-group-masked',
  description:
    'Application logs mask identifiers of patients as a second net; the audit trail is never altered by masking.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::Logs::LogGroup')) {
      const policy = group.get('DataProtectionPolicy');
      if (isAuditGroup(group)) {
        if (policy !== undefined) yield group.fault('DataProtectionPolicy', 'masks the audit trail; remove it');
      } else if (isApplicationGroup(group)) {
        const text = JSON.stringify(policy ?? {});
        const lacking = identifiers.filter((name) => !text.includes(`data-identifier/${name}`));
        if (lacking.length > 0)
          yield group.fault('DataProtectionPolicy', `does not mask ${lacking.join(', ')}; add them`);
        if (!isRecord(policy) || !/"Deidentify":\{"MaskConfig":\{\}\}/i.test(text)) {
          yield group.fault('DataProtectionPolicy', 'has no Deidentify operation; add one, or it only reports');
        }
      }
    }
  },
};
