import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  type ParameterHistory,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { allPages } from '../aws/all-pages.ts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { isDigest } from './digest.ts';
import { type ImageSchema, schemaText } from './schema-safety.ts';

type SsmContext = Pick<OpsContext, 'clients' | 'names'>;

/** One version of the image parameter: the stage's history of releases. */
export interface Release {
  readonly version: number;
  readonly digest: string;
  readonly at: Date | undefined;

  /** ARN of who wrote it. */
  readonly by: string | undefined;

  /**
   * `deploy`, `rollout`, `rollback`; `switch` to a new stored form, by the image that runs; `restore` when a change failed and was taken back, `failed` when there was nothing to
   * take it back to.
   */
  readonly kind: string | undefined;

  /** Id of the change that wrote it. */
  readonly change: string | undefined;
  readonly schema: ImageSchema | undefined;

  /** Of `restore`: whether the database was not touched by what was taken back. */
  readonly untouched: boolean;
}

/** What goes into the description of a version. */
export interface ReleaseNote {
  readonly kind: 'deploy' | 'rollout' | 'rollback' | 'switch' | 'restore' | 'failed';
  readonly change: string;
  readonly schema: ImageSchema | undefined;

  /** Of `restore`: whether the change failed before it ran a migration. */
  readonly untouched?: boolean;
}

/** The digest that the stage is to run; undefined before the first deploy. */
export async function currentDigest({ clients, names }: SsmContext): Promise<string | undefined> {
  const found = clients.ssm.send(new GetParameterCommand({ Name: names.imageDigestParameter }));
  return (await unlessMissing('ParameterNotFound', found))?.Parameter?.Value;
}

/** Names the digest that the stage is to run. Every later deploy of the stacks takes it. */
export async function writeDigest({ clients, names }: SsmContext, digest: string, note: ReleaseNote): Promise<void> {
  const schema = note.schema === undefined ? '' : ` schema=${schemaText(note.schema)}`;
  await clients.ssm.send(
    new PutParameterCommand({
      Name: names.imageDigestParameter,
      Value: digest,
      Type: 'String',
      Overwrite: true,
      AllowedPattern: '^sha256:[0-9a-f]{64}$',
      Description: `${note.kind} change=${note.change}${schema}${note.untouched ? ' untouched' : ''}`,
    }),
  );
}

/** All that SSM keeps (the newest hundred), oldest first; none before the first deploy. */
export async function releases(context: SsmContext): Promise<Release[]> {
  const versions = (await unlessMissing('ParameterNotFound', history(context))) ?? [];
  return versions.map(asRelease).sort((a, b) => a.version - b.version);
}

const history = ({ clients, names }: SsmContext): Promise<ParameterHistory[]> =>
  allPages(async (NextToken) => {
    const page = await clients.ssm.send(
      new GetParameterHistoryCommand({ Name: names.imageDigestParameter, MaxResults: 50, NextToken }),
    );
    return [page.Parameters, page.NextToken];
  });

function asRelease({ Version, Value, LastModifiedDate, LastModifiedUser, Description }: ParameterHistory): Release {
  const [, kind, change, version, oldest, untouched] =
    /^(\w+) change=([\w-]+)(?: schema=(\d+),(\d+))?( untouched)?$/.exec(Description ?? '') ?? [];
  return {
    version: Version ?? 0,
    digest: Value ?? '',
    at: LastModifiedDate,
    by: LastModifiedUser,
    kind,
    change,
    schema: version === undefined ? undefined : { version: Number(version), oldestService: Number(oldest) },
    untouched: untouched !== undefined,
  };
}

/** Releases that did not fail, and that a rollback may therefore go to: newest first, each digest once. */
export function goodReleases(history: readonly Release[]): Release[] {
  const ended = history.filter(({ kind }) => kind === 'restore' || kind === 'failed');
  const failed = new Set(ended.map(({ change }) => change));
  const good = history.filter(
    ({ digest, kind, change }) => isDigest(digest) && (kind === 'restore' || !failed.has(change)),
  );
  const newest = good.toReversed();
  return newest.filter(({ digest }, index) => newest.findIndex((release) => release.digest === digest) === index);
}

/** The schema from which images read the stored forms that the stage was switched to: 1 before the first switch. */
export const switchedTo = (history: readonly Release[]): number =>
  Math.max(1, ...history.map(({ kind, schema }) => (kind === 'switch' ? (schema?.oldestService ?? 1) : 1)));

/** The images that may have migrated the database, also those that were taken back: their migrations stay. */
export function migratedBy(history: readonly Release[]): Pick<Release, 'digest' | 'schema'>[] {
  const known = new Map(
    history.filter(({ schema, kind }) => schema && kind !== 'switch').map(({ digest, schema }) => [digest, schema]),
  );
  const untouched = new Set(history.filter((release) => release.untouched).map(({ change }) => change));
  const migrated = history.filter(({ change, kind }) => kind === 'restore' || !untouched.has(change));
  return [...new Set(migrated.map(({ digest }) => digest))]
    .filter(isDigest)
    .map((digest) => ({ digest, schema: known.get(digest) }));
}
