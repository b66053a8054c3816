import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import {
  type BuildTrailOptions,
  buildTrail,
  type Published,
  type Trail,
} from '../../audit-trail/support/build-trail.ts';
import { quickClock, runAgainst } from '../support/run-command.ts';
import { FakeTrail } from './fake-trail.ts';

const never = () => Promise.reject(new Error('the database is not asked'));

/** `ops audit` without a database. */
export const auditOf = (user: string) =>
  auditCommand({
    openStore: never,
    signingKeys: never,
    explain: (error) => ({ text: String(error), exitCode: 1 }),
    user,
    stdin: Readable.from([]),
    terminal: new PassThrough(),
  });

export const linesOf = ({ events, checkpoint }: Published): string[] => [...events, checkpoint.record];

/** A trail whose checkpoints are in a bucket of a stage; a test puts its lines into streams. */
export class PublishedTrail {
  readonly aws = new FakeTrail();
  readonly trail: Trail;
  readonly uuid: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-audit-'));
  #endpoint = '';

  private constructor(trail: Trail) {
    this.trail = trail;
    this.uuid = trail.origin.split('/')[1]!;
    for (const { checkpoint } of trail.published) this.aws.keep(this.uuid, checkpoint);
  }

  static async start(options: Pick<BuildTrailOptions, 'seed' | 'unproven'>): Promise<PublishedTrail> {
    const trail = await buildTrail({ events: 90, checkpoints: 5, writers: 3, rotation: 0.3, ...options });
    const published = new PublishedTrail(trail);
    published.#endpoint = await published.aws.start();
    return published;
  }

  get lines(): string[] {
    return [...this.trail.published.flatMap(linesOf), ...this.trail.unproven];
  }

  /** Puts lines into the stream of a publisher. @returns its name */
  addStream(term: number, lines: readonly string[]): string {
    const name = `${this.uuid}/${String(term).padStart(8, '0')}-${randomUUID()}`;
    this.aws.streams.set(name, [...lines]);
    return name;
  }

  readonly run = (...args: readonly string[]) =>
    runAgainst(['audit', ...args], {
      endpoint: this.#endpoint,
      command: auditOf('auditor'),
      clock: quickClock(this.trail.end.getTime()),
    });

  async stop(): Promise<void> {
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
