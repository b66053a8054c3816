import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { OpsFailure } from '../errors.ts';
import type { DeployContext } from './context.ts';
import type { Step } from './step.ts';

/** Oldest bootstrap stack that the templates can be deployed through. */
export const OLDEST_BOOTSTRAP = 6;

/** What must be there before anything is made: it costs seconds here, and half an hour when CloudFormation finds out. */
export function accountStep(context: DeployContext): Step {
  return {
    title: 'Account, bootstrap, certificate',
    interrupted: 'Nothing was changed.',
    async look() {
      const { Account = '', Arn = '' } = await context.clients.sts.send(new GetCallerIdentityCommand({}));
      if (context.config.account !== undefined && context.config.account !== Account) {
        throw new OpsFailure(
          `The credentials are of account ${Account}, and stage ${context.stage} belongs to ${context.config.account}. Give --profile of that account, or change "account" in lib/config/stages.ts.`,
        );
      }
      const regions = [context.region, context.config.backup.copyRegion ?? context.region];
      for (const region of new Set(regions)) await checkBootstrap(context, Account, region);
      await checkCertificate(context, Account);
      const who = Arn.split('/').slice(-2).join('/').split(':').at(-1);
      return { sees: `account ${Account} in ${context.region} as ${who}, bootstrapped, certificate issued` };
    },
  };
}

async function checkBootstrap(context: DeployContext, account: string, region: string): Promise<void> {
  const advice = `npx cdk bootstrap aws://${account}/${region}`;
  try {
    const name = `/cdk-bootstrap/${context.config.bootstrapQualifier}/version`;
    const { Parameter } = await context.clientsOf(region).ssm.send(new GetParameterCommand({ Name: name }));
    if (Number(Parameter?.Value) >= OLDEST_BOOTSTRAP) return;
    throw new OpsFailure(
      `The bootstrap stack of ${account} in ${region} is of version ${Parameter?.Value}, older than ${OLDEST_BOOTSTRAP}. Renew it: ${advice}`,
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ParameterNotFound') throw error;
    throw new OpsFailure(`Account ${account} is not bootstrapped in ${region}. Do it once: ${advice}`);
  }
}

async function checkCertificate(context: DeployContext, account: string): Promise<void> {
  const { certificateArn, domainName } = context.config.edge;
  // With edge.hostedZone the service stack makes the certificate, and CloudFormation waits until it is issued.
  if (certificateArn === undefined) return;
  const owner = certificateArn.split(':')[4];
  if (owner !== account) {
    throw new OpsFailure(
      `edge.certificateArn of stage ${context.stage} is of account ${owner}, and the credentials are of ${account}. Write the ARN of your certificate for ${domainName} into lib/config/stages.ts.`,
    );
  }
  const request = `Request one and validate it: aws acm request-certificate --domain-name ${domainName} --validation-method DNS --region ${context.region}`;
  const answer = context.clients.acm.send(new DescribeCertificateCommand({ CertificateArn: certificateArn }));
  const { Certificate: certificate } = await answer.catch((error: Error) => {
    if (error.name !== 'ResourceNotFoundException') throw error;
    throw new OpsFailure(`There is no certificate ${certificateArn} in ${context.region}. ${request}`);
  });
  if (certificate?.Status !== 'ISSUED') {
    throw new OpsFailure(
      `The certificate ${certificateArn} is ${certificate?.Status}, not ISSUED. Finish its validation, or: ${request}`,
    );
  }
  const names = [certificate.DomainName ?? '', ...(certificate.SubjectAlternativeNames ?? [])];
  if (!names.some((name) => covers(name, domainName))) {
    throw new OpsFailure(
      `The certificate is for ${[...new Set(names)].join(', ')}, which is not edge.domainName ${domainName}. ${request}`,
    );
  }
}

/** A wildcard matches one label: RFC 6125, 6.4.3. */
export const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && pattern.slice(1) === name.slice(name.indexOf('.')));
