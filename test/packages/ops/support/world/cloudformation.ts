import { AwsFault, type Input } from '../aws-server.ts';
import { advance } from './ecs.ts';
import { arn, names, type Stack, type World } from './world.ts';

function stackOf(world: World, { StackName }: Input): readonly [kind: 'tasks' | 'service', stack: Stack] {
  const kind = String(StackName).endsWith('-tasks') ? 'tasks' : 'service';
  if (StackName !== `${names.base}-${kind}`)
    throw new AwsFault('ValidationError', `Stack with id ${StackName} does not exist`);
  return [kind, world.stacks[kind]];
}

const tell = (stack: Stack, type: string, status: string, reason?: string): void =>
  void stack.events.unshift({ id: String(stack.events.length), type, status, reason });

/** CloudFormation waits for ECS: each look at the stack is a look at the service. */
function settle(world: World, stack: Stack): void {
  if (!/^UPDATE_(ROLLBACK_)?IN_PROGRESS$/.test(stack.status)) return;
  advance(world);
  const [primary] = world.deployments;
  if (stack.status === 'UPDATE_IN_PROGRESS' && world.running !== stack.digest)
    rollBack(world, stack, 'ECS Deployment Circuit Breaker was triggered');
  if (primary!.state !== 'COMPLETED') return;
  stack.status = stack.status.replace('IN_PROGRESS', 'COMPLETE');
  tell(stack, 'AWS::CloudFormation::Stack', stack.status);
}

const before = new WeakMap<Stack, string>();
const lastToken = new WeakMap<Stack, unknown>();

function rollBack(world: World, stack: Stack, reason: string): void {
  tell(stack, 'AWS::ECS::Service', 'UPDATE_FAILED', `Resource handler returned message: "${reason}"`);
  stack.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
  stack.digest = before.get(stack)!;
  if (world.running !== stack.digest) world.deploy(world.register(names.serviceFamily, stack.digest));
}

export const cloudFormation: Readonly<Record<string, (world: World, input: Input) => unknown>> = {
  DescribeStacks: (world, input) => {
    const [kind, stack] = stackOf(world, input);
    settle(world, stack);
    const outputs = {
      MigrateTaskDefinition: arn('ecs', `task-definition/${names.migrateFamily}:${world.revisions.length}`),
      TaskSubnets: 'subnet-a,subnet-b',
      MigrateSecurityGroup: 'sg-1',
    };
    const asOutput = ([OutputKey, OutputValue]: [string, string]) => ({ OutputKey, OutputValue });
    return {
      Stacks: [
        {
          StackName: input.StackName,
          StackStatus: stack.status,
          CreationTime: new Date(),
          Outputs: kind === 'tasks' ? Object.entries(outputs).map(asOutput) : [],
          Parameters: [
            {
              ParameterKey: 'BootstrapVersion',
              ParameterValue: '/cdk-bootstrap/hnb659fds/version',
              ResolvedValue: '30',
            },
            { ParameterKey: 'ImageDigest', ParameterValue: names.imageDigestParameter, ResolvedValue: stack.digest },
          ],
        },
      ],
    };
  },
  UpdateStack: (world, input) => {
    const [kind, stack] = stackOf(world, input);
    // A call that is repeated with its token is the same call.
    if (lastToken.get(stack) === input.ClientRequestToken) return { StackId: 's' };
    if (stack.status.endsWith('IN_PROGRESS')) {
      throw new AwsFault(
        'ValidationError',
        `Stack:${input.StackName} is in ${stack.status} state and can not be updated.`,
      );
    }
    const keys = (input.Parameters as { ParameterKey: string; UsePreviousValue?: string }[]).map(
      ({ ParameterKey }) => ParameterKey,
    );
    if (!keys.includes('BootstrapVersion'))
      throw new AwsFault('ValidationError', 'Parameters: [BootstrapVersion] must have values');
    const digest = world.value(names.imageDigestParameter)!;
    if (digest === stack.digest) throw new AwsFault('ValidationError', 'No updates are to be performed.');
    lastToken.set(stack, input.ClientRequestToken);
    before.set(stack, stack.digest);
    stack.digest = digest;
    tell(stack, 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 'User Initiated');
    const revision = world.register(kind === 'tasks' ? names.migrateFamily : names.serviceFamily, digest);
    if (kind === 'service') world.deploy(revision);
    stack.status = kind === 'tasks' || world.hasty ? 'UPDATE_COMPLETE' : 'UPDATE_IN_PROGRESS';
    return { StackId: 's' };
  },
  CancelUpdateStack: (world, input) => {
    const [, stack] = stackOf(world, input);
    if (stack.status !== 'UPDATE_IN_PROGRESS')
      throw new AwsFault('ValidationError', 'CancelUpdateStack cannot be called');
    rollBack(world, stack, 'Resource update cancelled');
    return {};
  },
  DescribeStackEvents: (world, input) => {
    const [, stack] = stackOf(world, input);
    return {
      StackEvents: stack.events.map(({ id, status, reason, type }) => ({
        StackId: 's',
        EventId: id,
        StackName: input.StackName,
        LogicalResourceId: type === 'AWS::ECS::Service' ? 'ApiResource' : input.StackName,
        ResourceType: type,
        ResourceStatus: status,
        ResourceStatusReason: reason,
        Timestamp: new Date(),
      })),
    };
  },
};
