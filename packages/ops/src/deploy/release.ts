import { OpsFailure } from '../errors.ts';
import { type Change, openChange } from '../rollout/change.ts';
import { readChange } from '../rollout/change-record.ts';
import { short } from '../rollout/digest.ts';
import { currentDigest, releases, writeDigest } from '../rollout/history.ts';
import { findImage } from '../rollout/image.ts';
import { beginImageUpdate, imageStacks, settledStack, viewStack } from '../rollout/stack.ts';
import type { DeployContext } from './context.ts';
import { imageToGoBackTo } from './service-image.ts';
import type { Step } from './step.ts';

/** The image of this deploy, and the change of the stage's image that it may take. */
export class Release {
  readonly #context: DeployContext;
  #digest: string | undefined;
  #change: Change | undefined;

  constructor(context: DeployContext) {
    this.#context = context;
  }

  choose(digest: string): void {
    this.#digest = digest;
  }

  /** @throws Error before the image step has chosen */
  get digest(): string {
    if (this.#digest === undefined) throw new Error('the image step comes first');
    return this.#digest;
  }

  /** Undefined when the stage's image stays as it is. */
  get change(): Change | undefined {
    return this.#change;
  }

  /** Names the image in the stage's SSM parameter, under the same lock as a rollout. */
  step(): Step {
    return {
      title: 'Image of the stage',
      interrupted: 'The stage names the new image, and the old one still runs. The same command goes on from there.',
      look: async () => {
        const current = await currentDigest(this.#context);
        const abandoned = await readChange(this.#context);
        const sees = `${this.#context.names.imageDigestParameter} is ${short(current)}`;
        const named = current === this.digest && !(await this.#failedBefore());
        if (named && abandoned === undefined) return { sees };
        const { record } = abandoned ?? {};
        const left = record ? `; a ${record.kind} to ${short(record.to)} was broken off at "${record.step}"` : '';
        return {
          sees: sees + left,
          will: named ? 'go on with it' : `name ${short(this.digest)}`,
          act: () => this.#open(current, named),
        };
      },
    };
  }

  /** Whether the image that is named is that of a first deploy that failed: tried again, it is a release of its own. */
  async #failedBefore(): Promise<boolean> {
    return (await releases(this.#context)).at(-1)?.kind === 'failed';
  }

  async #open(current: string | undefined, named: boolean): Promise<string> {
    const from = await imageToGoBackTo(this.#context, current);
    const wanted = { kind: 'deploy', from, to: this.digest } as const;
    // Whatever was broken off: a deploy names the image anew, and runs its migration before its service.
    this.#change = await openChange(this.#context, wanted, ({ from }) => ({ ...wanted, from }));
    await this.#change.step('digest');
    if (named) return 'took it over';
    const { schema } = await findImage(this.#context, this.digest);
    await writeDigest(this.#context, this.digest, { kind: 'deploy', change: this.#change.record.id, schema });
    return `named ${short(this.digest)}`;
  }

  /** The service runs the image. */
  async finish(): Promise<void> {
    await this.#change?.finish();
    this.#change = undefined;
  }

  /** Leaves everything as it is, for the next command to take over. */
  leave(): void {
    this.#change?.release();
  }

  /** The service's stack has gone back by itself; the tasks stack took the image that failed. */
  async #tasksStackBack(digest: string): Promise<void> {
    const { tasks } = imageStacks(this.#context.names);
    const stack = await viewStack(this.#context, tasks);
    if (stack === undefined || stack.digest === digest) return;
    if (await beginImageUpdate(this.#context, tasks, digest)) await settledStack(this.#context, tasks);
  }

  /**
   * After a failure: the stage names the image again that ran before, so that no deploy of a stack brings the failed
   * one. Where none ran before, the name stays and is marked as failed.
   *
   * @returns a failure that says so
   */
  async putBack(failure: OpsFailure): Promise<OpsFailure> {
    const change = this.#change;
    if (change === undefined) return failure;
    const { from, to, id } = change.record;
    await change.step('put-back', { failure: failure.message });
    if (from !== to) {
      const digest = from ?? to;
      const { schema } = await findImage(this.#context, digest).catch(() => ({ schema: undefined }));
      // With nothing to go back to the name stays, and its history says that it is no release.
      const kind = from === undefined ? 'failed' : 'restore';
      await writeDigest(this.#context, digest, { kind, change: id, schema });
      if (from !== undefined) await this.#tasksStackBack(from);
    }
    await this.finish();
    if (from === undefined || from === to) return failure;
    return new OpsFailure(`${failure.message} The stage names ${short(from)} again.`);
  }
}
