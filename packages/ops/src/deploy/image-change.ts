import type { OpsFailure } from '../errors.ts';
import { type Change, openChange } from '../rollout/change.ts';
import { readChange } from '../rollout/change-record.ts';
import { short } from '../rollout/digest.ts';
import { putBack } from '../rollout/engine.ts';
import { currentDigest, releases, writeDigest } from '../rollout/history.ts';
import { findImage } from '../rollout/image.ts';
import type { DeployContext } from './context.ts';
import { imageToGoBackTo } from './service-image.ts';
import type { Step } from './step.ts';

/** The image of this deploy, and the change of the stage's image that it may take. */
export class ImageChange {
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
      interrupted: 'The stage names the new image, and the old one still runs. The same command continues from there.',
      look: async () => {
        const current = await currentDigest(this.#context);
        const abandoned = await readChange(this.#context);
        const sees = `${this.#context.names.imageDigestParameter} is ${short(current)}`;
        const named = current === this.digest && !(await this.#failedBefore());
        if (named && abandoned === undefined) return { sees };
        const { record } = abandoned ?? {};
        const left = record ? `; a ${record.kind} to ${short(record.to)} was interrupted at "${record.step}"` : '';
        return {
          sees: sees + left,
          will: named ? 'continue it' : `name ${short(this.digest)}`,
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
    // Whatever was interrupted: a deploy names the image again, and runs its migration before its service.
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

  /** Puts the stage back after a failure. @returns the failure to report */
  async putBack(failure: OpsFailure): Promise<OpsFailure> {
    return this.#change === undefined || this.#change.lost ? failure : putBack(this.#context, this.#change, failure);
  }
}
