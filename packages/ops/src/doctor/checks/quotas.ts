import { DescribeAddressesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { unlessMissing } from '../../aws/unless-missing.ts';
import type { OpsContext } from '../../context.ts';
import { type CheckInput, type Diagnosis, type DoctorCheck, fault, ok } from '../check.ts';

interface Quota {
  readonly name: string;
  readonly service: string;
  readonly code: string;
  /** What the stage needs at its largest, and what else of it is used already. */
  need(input: CheckInput): Promise<{ readonly stage: number; readonly others: number }>;
}

/** vCPUs of a task of the service, twice at a deployment, and of the migration task. */
const tasks = ({ config }: OpsContext): number => (2 * config.service.maxTasks * config.service.cpu) / 1024 + 0.25;

/** https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html names the codes. */
const quotas: readonly Quota[] = [
  {
    name: 'vCPUs of Fargate',
    service: 'fargate',
    code: 'L-3032A538',
    need: async ({ context }) => ({
      stage: context.config.service.capacity === 'spot' ? 0.25 : tasks(context),
      others: 0,
    }),
  },
  {
    name: 'vCPUs of Fargate Spot',
    service: 'fargate',
    code: 'L-36FBB829',
    need: async ({ context }) => ({
      stage: context.config.service.capacity === 'spot' ? tasks(context) : 0,
      others: 0,
    }),
  },
  {
    name: 'VPCs',
    service: 'vpc',
    code: 'L-F678F1CE',
    async need(input) {
      if (input.context.config.network.vpc !== undefined) return { stage: 0, others: 0 };
      const { Vpcs = [] } = await input.context.clients.ec2.send(new DescribeVpcsCommand({}));
      const own = (await input.stack('network')) ? 1 : 0;
      return { stage: 1, others: Vpcs.length - own };
    },
  },
  {
    name: 'Elastic IP addresses',
    service: 'ec2',
    code: 'L-0263D0A3',
    async need(input) {
      const { config, clients } = input.context;
      if (config.network.egress === 'none') return { stage: 0, others: 0 };
      const { Addresses = [] } = await clients.ec2.send(new DescribeAddressesCommand({}));
      const own = (await input.stack('network')) ? config.availabilityZones.length : 0;
      return { stage: config.availabilityZones.length, others: Math.max(0, Addresses.length - own) };
    },
  },
  {
    name: 'interface endpoints of a VPC',
    service: 'vpc',
    code: 'L-29B6F2EB',
    need: async ({ context }) => ({ stage: context.config.network.vpc?.endpoints === 'existing' ? 0 : 7, others: 0 }),
  },
];

export const quotaChecks: readonly DoctorCheck[] = quotas.map((quota) => ({
  name: `quota: ${quota.name}`,
  run: (input) => compare(quota, input),
}));

async function compare(quota: Quota, input: CheckInput): Promise<Diagnosis> {
  const { context } = input;
  const { stage, others } = await quota.need(input);
  if (stage === 0) return ok('the stage needs none');
  const allowed = await allowedOf(quota, context);
  const saw = `${allowed} allowed; the stage needs ${stage} at most${others > 0 ? `, others use ${others}` : ''}`;
  if (stage + others <= allowed) return ok(saw);
  const wanted = Math.ceil(stage + others);
  return fault(
    saw,
    `aws service-quotas request-service-quota-increase --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${wanted} --region ${context.region}`,
  );
}

async function allowedOf({ service, code }: Quota, { clients }: OpsContext): Promise<number> {
  const input = { ServiceCode: service, QuotaCode: code };
  const raised = await unlessMissing('NoSuchResource', clients.serviceQuotas.send(new GetServiceQuotaCommand(input)));
  if (raised?.Quota?.Value !== undefined) return raised.Quota.Value;
  // A quota that was never raised has AWS's default alone.
  const { Quota } = await clients.serviceQuotas.send(new GetAWSDefaultServiceQuotaCommand(input));
  return Quota?.Value ?? 0;
}
