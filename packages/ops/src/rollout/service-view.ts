import {
  type Deployment,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListServiceDeploymentsCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { SERVICE_CONTAINER } from '@healthcare-ai/lib/config/names';
import type { OpsContext } from '../context.ts';
import { digestOfImage } from './digest.ts';

export type ServiceContext = Pick<OpsContext, 'clients' | 'names'>;

export interface DeploymentView {
  readonly id: string;
  readonly status: string;
  readonly state: string | undefined;
  readonly reason: string | undefined;
  readonly taskDefinition: string;
  readonly digest: string | undefined;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failed: number;
  readonly createdAt: Date | undefined;
}

export interface ServiceEventView {
  readonly id: string;
  readonly at: Date | undefined;
  readonly message: string;
}

export interface ServiceView {
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** The newest first. */
  readonly deployments: readonly DeploymentView[];
  readonly events: readonly ServiceEventView[];
  readonly targetGroups: readonly string[];
}

/** An event without the name of the service, which ECS puts before each. */
export const eventText = ({ message }: ServiceEventView): string => message.replace(/^\(service [^)]*\) /, '');

/** The deployment that ECS brings the service to. */
export const primaryOf = ({ deployments }: Pick<ServiceView, 'deployments'>): DeploymentView | undefined =>
  deployments.find(({ status }) => status === 'PRIMARY');

/** The service of a stage and the images that its deployments run; remembers task definitions, which never change. */
export class ServiceWatcher {
  readonly #context: ServiceContext;
  readonly #digests = new Map<string, string | undefined>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** @returns undefined if there is no service */
  async view(): Promise<ServiceView | undefined> {
    const { clients, names } = this.#context;
    const { services } = await clients.ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
    );
    const [service] = services ?? [];
    return service === undefined || service.status === 'INACTIVE' ? undefined : this.#asView(service);
  }

  async #asView(service: Service): Promise<ServiceView> {
    const balancers = service.loadBalancers ?? [];
    return {
      status: service.status ?? '',
      desired: service.desiredCount ?? 0,
      running: service.runningCount ?? 0,
      pending: service.pendingCount ?? 0,
      deployments: await Promise.all((service.deployments ?? []).map((deployment) => this.#deployment(deployment))),
      events: (service.events ?? []).map(({ id = '', createdAt, message = '' }) => ({ id, at: createdAt, message })),
      targetGroups: balancers
        .flatMap(({ targetGroupArn, advancedConfiguration }) => [
          targetGroupArn,
          advancedConfiguration?.alternateTargetGroupArn,
        ])
        .filter((arn) => arn !== undefined),
    };
  }

  async #deployment(deployment: Deployment): Promise<DeploymentView> {
    const taskDefinition = deployment.taskDefinition ?? '';
    return {
      id: deployment.id ?? '',
      status: deployment.status ?? '',
      state: deployment.rolloutState,
      reason: deployment.rolloutStateReason,
      taskDefinition,
      digest: await this.digestOf(taskDefinition),
      desired: deployment.desiredCount ?? 0,
      running: deployment.runningCount ?? 0,
      pending: deployment.pendingCount ?? 0,
      failed: deployment.failedTasks ?? 0,
      createdAt: deployment.createdAt,
    };
  }

  /** Digest of the service's image in a task definition. */
  async digestOf(taskDefinition: string): Promise<string | undefined> {
    if (!this.#digests.has(taskDefinition)) {
      const found = await this.#context.clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const containers = found.taskDefinition?.containerDefinitions ?? [];
      const container = containers.find(({ name }) => name === SERVICE_CONTAINER);
      this.#digests.set(taskDefinition, container?.image && digestOfImage(container.image));
    }
    return this.#digests.get(taskDefinition);
  }

  /** State of a canary deployment, such as `BAKE_TIME`; undefined if none is under way. */
  async canaryStage(): Promise<{ readonly status: string; readonly stage: string | undefined } | undefined> {
    const { clients, names } = this.#context;
    const { serviceDeployments } = await clients.ecs.send(
      new ListServiceDeploymentsCommand({ cluster: names.cluster, service: names.service, maxResults: 1 }),
    );
    const arn = serviceDeployments?.[0]?.serviceDeploymentArn;
    if (arn === undefined) return undefined;
    const described = await clients.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
    const [deployment] = described.serviceDeployments ?? [];
    return deployment && { status: deployment.status ?? '', stage: deployment.lifecycleStage };
  }
}
