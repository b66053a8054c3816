import type { Usage } from '../meter.ts';
import type { CostedService, CountContext } from '../service.ts';
import { UncountableError } from '../service.ts';

const ecs = (usageType: string) => ({ service: 'AmazonECS', usageType });

const architectures: Readonly<Record<string, string>> = { ARM64: 'arm', X86_64: 'x86' };

interface TaskSize {
  readonly vcpu: number;
  readonly gb: number;
  readonly architecture: string;
}

function sizeOf({ stack }: CountContext, logicalId: string): TaskSize {
  const { Cpu, Memory, RuntimePlatform } = stack.resources[logicalId]?.Properties ?? {};
  const architecture = architectures[RuntimePlatform?.CpuArchitecture ?? 'X86_64'];
  if (architecture === undefined) throw new UncountableError(`architecture ${RuntimePlatform.CpuArchitecture}`);
  return { vcpu: Number(Cpu) / 1024, gb: Number(Memory) / 1024, architecture };
}

function taskHours(size: TaskSize, capacity: string, low: number, high: number, how: string): Usage[] {
  const meter = `${capacity}-${size.architecture}`;
  return [
    { meter: `${meter}-vcpu`, low: low * size.vcpu, high: high * size.vcpu, how: `${size.vcpu} vCPU x ${how}` },
    { meter: `${meter}-memory`, low: low * size.gb, high: high * size.gb, how: `${size.gb} GB x ${how}` },
  ];
}

/** ECS on Fargate: https://aws.amazon.com/fargate/pricing/ */
export const compute: CostedService = {
  meters: {
    'fargate-arm-vcpu': {
      title: 'Fargate, arm64, vCPU',
      by: 'hour',
      unit: 'vCPU hours',
      priceList: ecs('Fargate-ARM-vCPU-Hours:perCPU'),
    },
    'fargate-arm-memory': {
      title: 'Fargate, arm64, memory',
      by: 'hour',
      unit: 'GB hours',
      priceList: ecs('Fargate-ARM-GB-Hours'),
    },
    'fargate-x86-vcpu': {
      title: 'Fargate, x86, vCPU',
      by: 'hour',
      unit: 'vCPU hours',
      priceList: ecs('Fargate-vCPU-Hours:perCPU'),
    },
    'fargate-x86-memory': {
      title: 'Fargate, x86, memory',
      by: 'hour',
      unit: 'GB hours',
      priceList: ecs('Fargate-GB-Hours'),
    },
    // The price of Spot moves, and the Price List does not hold it.
    'spot-arm-vcpu': { title: 'Fargate Spot, arm64, vCPU', by: 'hour', unit: 'vCPU hours' },
    'spot-arm-memory': { title: 'Fargate Spot, arm64, memory', by: 'hour', unit: 'GB hours' },
  },
  counters: {
    'AWS::ECS::Service': ({ TaskDefinition, CapacityProviderStrategy }, context) => {
      const provider = CapacityProviderStrategy?.[0]?.CapacityProvider ?? 'FARGATE';
      const { min, max } = context.tasks;
      const { hours } = context.assume;
      const size = sizeOf(context, TaskDefinition.Ref);
      return taskHours(
        size,
        provider === 'FARGATE_SPOT' ? 'spot' : 'fargate',
        min * hours,
        max * hours,
        `${min} to ${max} tasks x hours`,
      );
    },
    'AWS::ECS::TaskDefinition': ({ Family }, context) => {
      const { assume, stack, logicalId } = context;
      const served = Object.values(stack.resources).some(
        ({ Type, Properties }) => Type === 'AWS::ECS::Service' && Properties?.TaskDefinition?.Ref === logicalId,
      );
      // The tasks of a service are counted with the service.
      if (served) return [];
      if (String(Family).endsWith('-expire')) {
        const spent = (assume.expiries * assume.expiryMinutes) / 60;
        return taskHours(sizeOf(context, logicalId), 'fargate', spent, spent, 'expiries x expiryMinutes');
      }
      // It runs after a database was restored: in no usual month.
      if (String(Family).endsWith('-restore')) return [];
      const hours = (assume.deploys * assume.migrationMinutes) / 60;
      return taskHours(sizeOf(context, logicalId), 'fargate', hours, hours, 'deploys x migrationMinutes');
    },
  },
};
