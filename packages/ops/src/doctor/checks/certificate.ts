import { expectations } from '@healthcare-ai/contract/edge-expectations';
import { certificateOf, covers, namesIn } from '../../aws/certificate.ts';
import { type CheckInput, type DoctorCheck, fault, ok, Unknown } from '../check.ts';

const DAY = 86_400_000;

export const certificate: DoctorCheck = {
  name: 'certificate',
  async run(input) {
    const { config, region, clock } = input.context;
    const { domainName } = config.edge;
    const arn = await arnOf(input);
    const request = `aws acm request-certificate --domain-name ${domainName} --validation-method DNS --region ${region}; then edge.certificateArn in lib/config/stages.ts`;
    const found = await certificateOf(input.context, arn);
    if (found === undefined) return fault(`there is no certificate ${arn} in this account and region`, request);
    if (found.Status !== 'ISSUED') {
      const validate = `aws acm describe-certificate --certificate-arn ${arn} --query Certificate.DomainValidationOptions, and make the CNAME that it names`;
      return fault(`it is ${found.Status}`, found.Status === 'PENDING_VALIDATION' ? validate : request);
    }
    const names = namesIn(found);
    if (!names.some((name) => covers(name, domainName))) {
      return fault(`it is for ${names.join(', ')}, not for ${domainName}`, request);
    }
    const days = Math.floor(((found.NotAfter?.getTime() ?? 0) - clock.now()) / DAY);
    const saw = `issued for ${domainName}, ends in ${days} days`;
    if (days >= expectations.certificateDays) return ok(saw);
    const renew =
      found.Type === 'IMPORTED'
        ? `aws acm import-certificate --certificate-arn ${arn} with the new one: what is imported is not renewed by ACM`
        : `aws acm describe-certificate --certificate-arn ${arn} --query Certificate.RenewalSummary, and restore the CNAME that it names`;
    return fault(saw, renew);
  },
};

/** The certificate that the configuration names or, without one, that which the service stack makes. */
async function arnOf({ context, resources }: CheckInput): Promise<string> {
  const { certificateArn } = context.config.edge;
  if (certificateArn !== undefined) return certificateArn;
  const [made] = await resources('service', 'AWS::CertificateManager::Certificate');
  if (made === undefined) throw new Unknown('the service stack has no certificate');
  return made.physicalId;
}
