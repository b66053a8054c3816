import type { OpsContext } from '../context.ts';
import { short } from './digest.ts';
import { type DeploymentView, eventText, primaryOf, type ServiceView, ServiceWatcher } from './service-view.ts';

export type FollowContext = Pick<OpsContext, 'clients' | 'names' | 'output' | 'config' | 'clock'>;

export interface Verdict {
  readonly outcome: 'completed' | 'failed';
  readonly reason: string;
}

/** A canary may not change for minutes: its state is repeated this often, in milliseconds. */
const SIGN_OF_LIFE_MS = 60_000;

/** Follows the deployment of one image, and reports what has changed. */
export class ServiceFollower {
  readonly #context: FollowContext;
  readonly #digest: string;
  readonly #watcher: ServiceWatcher;
  readonly #reported = new Set<string>();
  readonly #past = new Set<string>();
  #line = '';
  #reportedAt = 0;
  #view: ServiceView | undefined;
  #ours: DeploymentView | undefined;

  constructor(context: FollowContext, digest: string) {
    this.#context = context;
    this.#digest = digest;
    this.#watcher = new ServiceWatcher(context);
  }

  /** Task definition of the deployment that is followed, once there is one. */
  get taskDefinition(): string | undefined {
    return this.#ours?.taskDefinition;
  }

  get failedTasks(): number {
    return this.#ours?.failed ?? 0;
  }

  /** Reports only what happens from now on. */
  async ignoreExistingEvents(): Promise<void> {
    const view = await this.#watcher.view();
    for (const { id } of view?.events ?? []) this.#reported.add(id);
    for (const { id, state } of view?.deployments ?? []) if (state === 'FAILED') this.#past.add(id);
  }

  /** @returns how it ended; undefined while it runs, and before it has begun */
  async look(): Promise<Verdict | undefined> {
    const view = await this.#watcher.view();
    this.#view = view;
    if (view === undefined) return undefined;
    this.#reportEvents(view);
    const primary = primaryOf(view);
    // Not a deployment that the new one replaces, which may run the same image.
    if (primary?.digest === this.#digest) this.#ours = primary;
    const ours = view.deployments.find(({ id }) => id === this.#ours?.id);
    const failed = view.deployments.find(
      ({ id, digest, state }) => digest === this.#digest && state === 'FAILED' && !this.#past.has(id),
    );
    this.#ours = failed ?? ours ?? this.#ours;
    if (ours !== undefined) await this.#tell(ours);
    if (failed !== undefined) return { outcome: 'failed', reason: failed.reason ?? 'the deployment failed' };
    if (this.#ours !== undefined && primary !== undefined && primary.digest !== this.#digest) {
      return { outcome: 'failed', reason: wentBack(primary) };
    }
    const alone = view.deployments.every(({ digest }) => digest === this.#digest);
    return primary?.state === 'COMPLETED' && alone ? { outcome: 'completed', reason: primary.reason ?? '' } : undefined;
  }

  /** By the last look, whether ECS means to run another image although CloudFormation has ended with this one: it went back by itself. */
  elsewhere(): Verdict | undefined {
    const primary = this.#view && primaryOf(this.#view);
    if (primary === undefined || primary.digest === this.#digest) return undefined;
    return { outcome: 'failed', reason: wentBack(primary) };
  }

  #reportEvents({ events }: ServiceView): void {
    for (const event of events.filter(({ id }) => !this.#reported.has(id)).toReversed()) {
      this.#reported.add(event.id);
      this.#context.output.progress(`  ${eventText(event)}`);
    }
  }

  async #tell({ state, running, desired, pending, failed }: DeploymentView): Promise<void> {
    const canary = this.#context.config.service.deployment === 'canary' ? await this.#watcher.canaryStage() : undefined;
    const parts = [
      `  ${short(this.#digest)} ${state}`,
      `${running}/${desired} running`,
      pending > 0 && `${pending} starting`,
      failed > 0 && `${failed} failed`,
      canary?.stage,
    ];
    const line = parts.filter(Boolean).join(', ');
    const now = this.#context.clock.now();
    if (line === this.#line && now - this.#reportedAt < SIGN_OF_LIFE_MS) return;
    this.#context.output.progress(line);
    this.#line = line;
    this.#reportedAt = now;
  }
}

/** Once that deployment is through, its reason says no more than that. */
const wentBack = ({ digest, reason, state }: DeploymentView): string =>
  `ECS went back to ${short(digest)}${reason && state !== 'COMPLETED' ? `: ${reason}` : ''}`;
