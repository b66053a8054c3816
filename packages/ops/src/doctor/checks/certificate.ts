import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { expectations } from '@healthcare-ai/contract/edge-expectations';
import { covers } from '../../aws/certificate.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

const DAY = 86_400_000;

export const certificate: DoctorCheck = {
  name: 'certificate',
  async run({ context: { clients, config, region, clock } }) {
    const { certificateArn, domainName } = config.edge;
    const request = `aws acm request-certificate --domain-name ${domainName} --validation-method DNS --region ${region}; then edge.certificateArn in lib/config/stages.ts`;
    let found: Awaited<ReturnType<typeof describe>>;
    try {
      found = await describe();
    } catch (error) {
      if ((error as Error).name !== 'ResourceNotFoundException') throw error;
      return fault(`there is no certificate ${certificateArn} in this account and region`, request);
    }
    const names = new Set([found?.DomainName ?? '', ...(found?.SubjectAlternativeNames ?? [])]);
    if (found?.Status !== 'ISSUED') {
      const validate = `aws acm describe-certificate --certificate-arn ${certificateArn} --query Certificate.DomainValidationOptions, and make the CNAME that it names`;
      return fault(`it is ${found?.Status}`, found?.Status === 'PENDING_VALIDATION' ? validate : request);
    }
    if (![...names].some((name) => covers(name, domainName))) {
      return fault(`it is for ${[...names].join(', ')}, not for ${domainName}`, request);
    }
    const days = Math.floor(((found.NotAfter?.getTime() ?? 0) - clock.now()) / DAY);
    const saw = `issued for ${domainName}, ends in ${days} days`;
    if (days >= expectations.certificateDays) return ok(saw);
    const renew =
      found.Type === 'IMPORTED'
        ? `aws acm import-certificate --certificate-arn ${certificateArn} with the new one: what is imported is not renewed by ACM`
        : `aws acm describe-certificate --certificate-arn ${certificateArn} --query Certificate.RenewalSummary, and restore the CNAME that it names`;
    return fault(saw, renew);

    async function describe() {
      const answer = await clients.acm.send(new DescribeCertificateCommand({ CertificateArn: certificateArn }));
      return answer.Certificate;
    }
  },
};
