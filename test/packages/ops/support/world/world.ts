import { createHash } from 'node:crypto';
import { namesOf } from '../../../../../lib/config/names.ts';

export const names = namesOf('dev', 'us-east-1');
export const ACCOUNT = '111122223333';
export const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;

export interface ImageSpec {
  readonly tag: string;

  /** @default { version: 3, oldestService: 1 } */
  readonly schema?: { readonly version: number; readonly oldestService: number } | 'none';

  /** Containers of it end with this code. @default - they run */
  readonly exitCode?: number;

  /** Its migration ends with this code. @default 0 */
  readonly migrationExitCode?: number;

  /** @default 0 */
  readonly critical?: number;
}

export interface StoredImage extends ImageSpec {
  readonly digest: string;
  readonly manifest: string;
}

export interface Version {
  readonly value: string;
  readonly description: string | undefined;
  readonly version: number;
  readonly at: number;
}

export interface Deployment {
  readonly id: string;
  status: 'PRIMARY' | 'ACTIVE';
  readonly revision: number;
  state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string;
  running: number;
  failed: number;
}

export interface Stack {
  status: string;
  /** Resolved value of the image parameter. */
  digest: string;
  events: { readonly id: string; readonly status: string; readonly reason?: string; readonly type: string }[];
}

export interface Task {
  readonly arn: string;
  readonly revision: number;
  readonly family: string;
  readonly exitCode: number | undefined;
  looks: number;
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An account with one stage that is deployed: what its services remember. */
export class World {
  readonly images: StoredImage[] = [];
  readonly parameters = new Map<string, Version[]>();
  readonly revisions: { readonly family: string; readonly digest: string }[] = [];
  readonly deployments: Deployment[] = [];
  readonly events: { readonly id: string; readonly message: string; readonly at: number }[] = [];
  readonly tasks: Task[] = [];
  readonly stacks: { tasks: Stack; service: Stack };
  readonly scaling = { min: 1, max: 3 };
  readonly logs = new Map<string, string[]>();

  /** Whether CloudFormation says COMPLETE before ECS has finished. */
  hasty = false;
  desired = 2;

  /** @param first tag of the image that runs */
  constructor(first: ImageSpec = { tag: 'v1' }) {
    const { digest } = this.push(first);
    this.put(names.imageDigestParameter, digest, 'deploy change=first schema=3,1');
    const stack = (): Stack => ({ status: 'UPDATE_COMPLETE', digest, events: [] });
    this.stacks = { tasks: stack(), service: stack() };
    this.register(names.migrateFamily, digest);
    this.deploy(this.register(names.serviceFamily, digest));
    Object.assign(this.deployments[0]!, { state: 'COMPLETED', running: this.desired });
    const task = { arn: arn('ecs', `task/${names.cluster}/task1`), revision: 2, family: names.serviceFamily, looks: 0 };
    this.tasks.push({ ...task, exitCode: undefined });
  }

  push(spec: ImageSpec): StoredImage {
    const { version, oldestService } = spec.schema === 'none' ? {} : (spec.schema ?? { version: 3, oldestService: 1 });
    const annotations =
      version === undefined
        ? {}
        : {
            'org.healthcare-ai.schema.version': String(version),
            'org.healthcare-ai.schema.oldest-service': String(oldestService),
          };
    const platform = (architecture: string) => ({
      digest: sha256(`${spec.tag} ${architecture}`),
      platform: { os: 'linux', architecture },
    });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      annotations,
      manifests: [platform('amd64'), platform('arm64')],
    });
    const image = { ...spec, manifest, digest: sha256(`${spec.tag} ${manifest}`) };
    this.images.push(image);
    return image;
  }

  image(digest: string): StoredImage | undefined {
    return this.images.find((image) => image.digest === digest);
  }

  put(name: string, value: string, description: string | undefined): number {
    const versions = this.parameters.get(name) ?? [];
    const version = (versions.at(-1)?.version ?? 0) + 1;
    this.parameters.set(name, [...versions, { value, description, version, at: Date.now() }]);
    return version;
  }

  value(name: string): string | undefined {
    return this.parameters.get(name)?.at(-1)?.value;
  }

  register(family: string, digest: string): number {
    return this.revisions.push({ family, digest });
  }

  tell(message: string): void {
    this.events.unshift({
      id: `e${this.events.length}`,
      message: `(service ${names.service}) ${message}`,
      at: Date.now(),
    });
  }

  deploy(revision: number): void {
    for (const deployment of this.deployments) deployment.status = 'ACTIVE';
    const id = `ecs-svc/${this.deployments.length + this.events.length + 1}`;
    this.deployments.unshift({
      id,
      status: 'PRIMARY',
      revision,
      state: 'IN_PROGRESS',
      reason: 'in progress',
      running: 0,
      failed: 0,
    });
    this.tell(`has started deployment ${id}.`);
  }

  /** Digest that ECS runs or brings. */
  get running(): string {
    return this.revisions[this.deployments[0]!.revision - 1]!.digest;
  }

  /** Whether SSM, CloudFormation and ECS name one image and nothing is under way. */
  get agreement(): {
    readonly ssm: string | undefined;
    readonly stacks: readonly string[];
    readonly runs: string;
    readonly change: string | undefined;
  } {
    const tag = (digest: string | undefined) => (digest && this.image(digest)?.tag) ?? 'none';
    const { tasks, service } = this.stacks;
    return {
      ssm: tag(this.value(names.imageDigestParameter)),
      stacks: [tag(tasks.digest), tag(service.digest)],
      runs: tag(this.running),
      change: this.value('/healthcare-ai/dev/change'),
    };
  }
}
