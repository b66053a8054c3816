import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { short } from './digest.ts';
import { migratedBy, type Release, switchedTo } from './history.ts';
import { type FoundImage, findImage } from './image.ts';
import { type ImageSchema, isOneWay, rollbackFault } from './schema-safety.ts';

type Judged = Pick<FoundImage, 'digest' | 'schema'>;

/**
 * Refuses an image that does not support the schema that earlier releases have migrated to, or a stored form that the
 * stage was switched to.
 *
 * @param despite accept an image whose support is unknown; one that is known to fail is refused all the same
 */
export async function requireSchemaSupported(
  context: OpsContext,
  image: Judged,
  history: readonly Release[],
  despite: boolean,
): Promise<void> {
  const needed = switchedTo(history);
  if (image.schema && image.schema.version < needed) {
    throw new OpsFailure(
      `Refusing to run ${short(image.digest)}: the stage was switched to a stored form that it cannot read (it knows schema ${image.schema.version}; the form is read from schema ${needed} on). Go forward with a repaired image.`,
    );
  }
  const others = migratedBy(history).filter(({ digest }) => digest !== image.digest);
  const migrated = await Promise.all(
    others.map(async ({ digest, schema }) => schema ?? (await schemaOf(context, digest))),
  );
  const fault = rollbackFault(image.schema, migrated);
  if (fault === undefined || (despite && !fault.certain)) return;
  const way = fault.certain
    ? 'Go forward with a repaired image, or restore the database (runbook: database restore).'
    : 'Use --despite-schema only after verifying that the image supports the current schema.';
  throw new OpsFailure(`Refusing to run ${short(image.digest)}: ${fault.text}. ${way}`);
}

/** Refuses an image after whose migration no rollback would work, not even the automatic one. */
export async function requireRollbackPossible(
  context: OpsContext,
  { digest, schema }: Judged,
  from: string,
  history: readonly Release[],
): Promise<void> {
  if (schema === undefined || schema.oldestService === 1) return;
  const recorded = history.findLast((release) => release.digest === from && release.schema)?.schema;
  const current = recorded ?? (await schemaOf(context, from));
  if (!isOneWay(current, schema)) return;
  throw new OpsFailure(
    `${short(digest)} brings a migration on which ${short(from)} does not run (schema ${schema.version}, services from ${schema.oldestService} on): ` +
      'no rollback would work, not even the automatic one. Split it into two releases, or use --one-way with a restore prepared.',
  );
}

/** An image that is no longer in the repository has no annotations. */
const schemaOf = (context: OpsContext, digest: string): Promise<ImageSchema | undefined> =>
  findImage(context, digest).then(
    ({ schema }) => schema,
    (error: unknown) => {
      if (error instanceof OpsFailure) return undefined;
      throw error;
    },
  );
