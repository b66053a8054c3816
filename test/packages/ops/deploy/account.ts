import { AwsFault, type AwsServer, type AwsServerOptions, type Input, startAwsServer } from '../support/aws-server.ts';
import { ecs } from '../support/world/ecs.ts';
import { others } from '../support/world/others.ts';
import { ACCOUNT, arn, names as ourNames, type World } from '../support/world/world.ts';

export const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

export interface AccountStack {
  status: string;
  template: string;
  digest?: string;
  protected?: boolean;

  /** Whether one of its resources cannot be deleted. */
  resists?: boolean;
  events: { type: string; id: string; status: string; reason?: string }[];

  /** Statuses that follow, one a look. */
  next: string[];
}

type Answers = Readonly<Record<string, (input: Input) => unknown>>;

/** An account in any state that CloudFormation knows: as much of it as a deploy asks for. */
export class Account {
  readonly stacks = new Map<string, AccountStack>();
  readonly world: World;
  bootstrapped = true;
  certificate: { status: string; names: string[] } | undefined = {
    status: 'ISSUED',
    names: ['notes.dev.example.org'],
  };

  /** What RunTask answers in place of a task. */
  runTaskFailure: string | undefined;

  /** How the migration task ends, in place of what its image says. */
  stoppedTask: object | undefined;

  /** What the account has once, whatever created it. */
  detectors: string[] = [];
  recorders: string[] = [];
  logGroups: string[] = [];
  trails: string[] = [];
  identityProviders: string[] = [];

  /** Service-linked roles that do not exist. */
  readonly missingRoles = new Set<string>();
  backupOptIn = true;

  /** Value of every quota. */
  quota = 100;

  /** Resources of each stack, by its name: `[logical id, physical id, type]`. */
  readonly resources = new Map<string, [string, string, string][]>();

  /** Live weights of the production rule, by target group. */
  weights: Record<string, number> = {};

  constructor(world: World) {
    this.world = world;
  }

  stack(part: string, status: string, more: Partial<AccountStack> = {}): AccountStack {
    const stack = { status, template: '{}', events: [], next: [], ...more };
    this.stacks.set(`${ourNames.base}-${part}`, stack);
    return stack;
  }

  start(hooks: Pick<AwsServerOptions, 'before'> = {}): Promise<AwsServer> {
    const services: Readonly<Record<string, Answers>> = {
      cloudFormation: this.#cloudFormation(),
      acm: { DescribeCertificate: () => this.#describeCertificate() },
      elb: {
        ModifyLoadBalancerAttributes: () => ({ Attributes: [] }),
        DescribeLoadBalancerAttributes: () => ({ Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] }),
        DescribeRules: () => ({ Rules: [this.#productionRule()] }),
      },
      iam: this.#iam(),
      serviceQuotas: { GetServiceQuota: () => ({ Quota: { Value: this.quota } }) },
      ec2: { DescribeVpcs: () => ({ vpcSet: [] }) },
      cloudTrail: {
        DescribeTrails: () => ({ trailList: this.trails.map((Name) => ({ Name, IsMultiRegionTrail: true })) }),
      },
      config: {
        DescribeConfigurationRecorders: () => ({ ConfigurationRecorders: this.recorders.map((name) => ({ name })) }),
      },
      logs: { DescribeLogGroups: () => ({ logGroups: this.logGroups.map((logGroupName) => ({ logGroupName })) }) },
    };
    return startAwsServer({
      ...hooks,
      answer: ({ name, input }) => {
        const [service, action] = name.split('.') as [string, string];
        if (name === 'ssm.GetParameter' && String(input.Name).startsWith('/cdk-bootstrap'))
          return this.#bootstrap(input);
        if (name === 'ecs.RunTask' && this.runTaskFailure !== undefined) {
          return { tasks: [], failures: [{ reason: this.runTaskFailure }] };
        }
        if (name === 'ecs.DescribeTasks' && this.stoppedTask !== undefined) return { tasks: [this.stoppedTask] };
        if (name === 'GET /detector') return { detectorIds: this.detectors };
        if (name === 'GET /account-settings') return { ResourceTypeOptInPreference: { Aurora: this.backupOptIn } };
        const own = services[service]?.[action];
        if (own !== undefined) return own(input);
        const shared = { ...others, ecs }[service as 'ecs']?.[action];
        if (shared === undefined) throw new AwsFault('UnknownOperationException', `the account does not know ${name}`);
        return shared(this.world, input);
      },
    });
  }

  #iam(): Answers {
    return {
      GetRole: ({ RoleName }) => {
        if (this.missingRoles.has(String(RoleName)))
          throw new AwsFault('NoSuchEntity', 'The role cannot be found.', 404);
        return {
          Role: { RoleName, Arn: arn('iam', `role/${RoleName}`), Path: '/', RoleId: 'R', CreateDate: new Date() },
        };
      },
      ListOpenIDConnectProviders: () => ({
        OpenIDConnectProviderList: this.identityProviders.map((host) => ({ Arn: arn('iam', `oidc-provider/${host}`) })),
      }),
      CreateServiceLinkedRole: () => {
        this.missingRoles.clear();
        return {};
      },
    };
  }

  #productionRule(): object {
    const groups = Object.entries(this.weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    return { RuleArn: 'rule', Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: groups } }] };
  }

  #bootstrap({ Name }: Input): unknown {
    if (!this.bootstrapped) throw new AwsFault('ParameterNotFound', '');
    return { Parameter: { Name, Value: '30', Type: 'String', Version: 1 } };
  }

  #describeCertificate(): unknown {
    if (this.certificate === undefined) throw new AwsFault('ResourceNotFoundException', 'Could not find certificate');
    const { status, names } = this.certificate;
    const Certificate = { Status: status, DomainName: names[0], SubjectAlternativeNames: names };
    return { Certificate };
  }

  #cloudFormation(): Answers {
    const known = ({ StackName }: Input): AccountStack => {
      const stack = this.stacks.get(String(StackName));
      if (stack !== undefined) return stack;
      throw new AwsFault('ValidationError', `Stack with id ${StackName} does not exist`);
    };
    return {
      DescribeStacks: (input) => {
        const stack = known(input);
        stack.status = stack.next.shift() ?? stack.status;
        if (stack.status === 'DELETE_COMPLETE') {
          this.stacks.delete(String(input.StackName));
          known(input);
        }
        return { Stacks: [describe(String(input.StackName), stack)] };
      },
      GetTemplate: (input) => ({ TemplateBody: known(input).template }),
      ListStackResources: (input) => {
        known(input);
        const resources = this.resources.get(String(input.StackName)) ?? [];
        return {
          StackResourceSummaries: resources.map(([LogicalResourceId, PhysicalResourceId, ResourceType]) => ({
            LogicalResourceId,
            PhysicalResourceId,
            ResourceType,
            ResourceStatus: 'CREATE_COMPLETE',
            LastUpdatedTimestamp: new Date(),
          })),
        };
      },
      UpdateStack: (input) => {
        const stack = known(input);
        Object.assign(stack, { status: 'UPDATE_COMPLETE', digest: this.world.value(ourNames.imageDigestParameter) });
        return { StackId: 's' };
      },
      UpdateTerminationProtection: (input) => {
        known(input).protected = input.EnableTerminationProtection === 'true';
        return { StackId: 's' };
      },
      DescribeStackResources: () => ({
        StackResources: [
          {
            LogicalResourceId: 'Edge',
            PhysicalResourceId: arn('elasticloadbalancing', 'loadbalancer/app/edge/1'),
            ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
            ResourceStatus: 'DELETE_FAILED',
            Timestamp: new Date(),
          },
        ],
      }),
      DeleteStack: (input) => {
        const stack = known(input);
        if (stack.protected) {
          const text = `Stack [${input.StackName}] cannot be deleted while TerminationProtection is enabled`;
          throw new AwsFault('ValidationError', text);
        }
        stack.next = ['DELETE_IN_PROGRESS', stack.resists ? 'DELETE_FAILED' : 'DELETE_COMPLETE'];
        return {};
      },
      ContinueUpdateRollback: (input) => {
        const stack = known(input);
        if (stack.next.length === 0) stack.next = ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'];
        return {};
      },
      DescribeStackEvents: (input) => ({
        StackEvents: known(input).events.map(({ type, id, status, reason }, index) => ({
          StackId: 's',
          EventId: String(index),
          StackName: input.StackName,
          LogicalResourceId: id,
          ResourceType: type,
          ResourceStatus: status,
          ResourceStatusReason: reason,
          Timestamp: new Date(),
        })),
      }),
    };
  }
}

function describe(name: string, stack: AccountStack) {
  const outputs = { MigrateTaskDefinition: 'd', TaskSubnets: 'subnet-a', MigrateSecurityGroup: 'sg-1' };
  return {
    StackName: name,
    StackStatus: stack.status,
    CreationTime: new Date(),
    EnableTerminationProtection: stack.protected ?? false,
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    Parameters: stack.digest
      ? [{ ParameterKey: 'ImageDigest', ParameterValue: ourNames.imageDigestParameter, ResolvedValue: stack.digest }]
      : [],
  };
}
