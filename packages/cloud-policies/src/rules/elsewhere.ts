import { missing, notJudged, type Policy } from '../core/policy.ts';
import { isDisposable, isProduction } from '../core/stage.ts';

/** What no rule can judge about a resource outside the deployment. */
const questions: { readonly [type: string]: string } = {
  'AWS::CloudTrail::Trail': 'that it logs in every region',
  'AWS::Config::ConfigurationRecorder': 'that it runs, and records every resource type',
  'AWS::EC2::NatGateway': 'that the subnets of the tasks have a default route',
  'AWS::EC2::Subnet': 'its zone and its routes',
  'AWS::EC2::VPC': 'its flow log, its default security group and its DNS settings',
  'AWS::EC2::VPCEndpoint': 'that the tasks reach endpoints of ECR, CloudWatch Logs, KMS, Secrets Manager and S3',
  'AWS::GuardDuty::Detector': 'that it is enabled, with S3 and RDS protection',
  'AWS::IAM::ManagedPolicy': 'that the roles of the stage have it',
  'AWS::Logs::LogGroup': 'its key and its retention',
};

export const elsewhere: Policy = {
  id: 'elsewhere',
  description: 'What exists outside the deployment is declared, and listed as not judged: the account has the answer.',
  *check(assembly) {
    const seen = new Set<string>();
    for (const { type, id = '', setting } of assembly.outside) {
      const key = `${type} ${id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const question = questions[type];
      yield question === undefined
        ? missing(`${setting} declares ${type} outside the deployment, which no rule expects; make it here`)
        : notJudged(`${key.trim()} (${setting}): ${question}; npm run ops -- doctor --live checks it`);
    }
  },
};

export const permissionsBoundary: Policy = {
  id: 'iam-permissions-boundary',
  description: 'With a permissions boundary every role has it: an account that demands one refuses the others.',
  *check(assembly) {
    const declared = assembly.outside.find(({ type }) => type === 'AWS::IAM::ManagedPolicy');
    for (const role of declared === undefined ? [] : assembly.resources('AWS::IAM::Role')) {
      if (!role.text('PermissionsBoundary').endsWith(`:policy/${declared?.id}`)) {
        yield role.fault('PermissionsBoundary', `use the policy ${declared?.id}, which ${declared?.setting} names`);
      }
    }
  },
};

export const disposable: Policy = {
  id: 'disposable',
  description: 'A production stage is not disposable: its data outlives its stacks.',
  *check(assembly) {
    if (isDisposable(assembly) && isProduction(assembly)) {
      yield missing('the templates are disposable, and the stage is production; set disposable to false');
    }
  },
};
