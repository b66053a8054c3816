import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { bootstrapCommand, bootstrapVersion, OLDEST_BOOTSTRAP } from '../aws/bootstrap.ts';
import { certificateOf, covers, namesIn } from '../aws/certificate.ts';
import { OpsFailure } from '../errors.ts';
import type { DeployContext } from './context.ts';
import type { Step } from './step.ts';

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
      const certificate =
        context.config.edge.certificateArn === undefined ? 'certificate by the hosted zone' : 'certificate issued';
      return { sees: `account ${Account} in ${context.region} as ${who}, bootstrapped, ${certificate}` };
    },
  };
}

async function checkBootstrap(context: DeployContext, account: string, region: string): Promise<void> {
  const advice = bootstrapCommand(context, account, region);
  const version = await bootstrapVersion(context, region);
  if (version === undefined) {
    throw new OpsFailure(`Account ${account} is not bootstrapped in ${region}. Do it once: ${advice}`);
  }
  if (version >= OLDEST_BOOTSTRAP) return;
  throw new OpsFailure(
    `The bootstrap stack of ${account} in ${region} is of version ${version}, older than ${OLDEST_BOOTSTRAP}. Renew it: ${advice}`,
  );
}

async function checkCertificate(context: DeployContext, account: string): Promise<void> {
  const { certificateArn, domainName, hostedZone } = context.config.edge;
  // With edge.hostedZone the service stack makes the certificate, and CloudFormation waits until it is issued.
  if (certificateArn === undefined) return;
  const owner = certificateArn.split(':')[4];
  const or = hostedZone === undefined ? '' : ', or remove it: with edge.hostedZone the stage makes its certificate';
  if (owner !== account) {
    throw new OpsFailure(
      `edge.certificateArn of stage ${context.stage} is of account ${owner}, and the credentials are of ${account}. Write the ARN of your certificate for ${domainName} into lib/config/stages.ts${or}.`,
    );
  }
  const request = `Request one and validate it: aws acm request-certificate --domain-name ${domainName} --validation-method DNS --region ${context.region}`;
  const certificate = await certificateOf(context, certificateArn);
  if (certificate === undefined) {
    throw new OpsFailure(`There is no certificate ${certificateArn} in ${context.region}. ${request}`);
  }
  if (certificate.Status !== 'ISSUED') {
    throw new OpsFailure(
      `The certificate ${certificateArn} is ${certificate.Status}, not ISSUED. Finish its validation, or: ${request}`,
    );
  }
  const names = namesIn(certificate);
  if (!names.some((name) => covers(name, domainName))) {
    throw new OpsFailure(
      `The certificate is for ${names.join(', ')}, which is not edge.domainName ${domainName}. ${request}`,
    );
  }
}
