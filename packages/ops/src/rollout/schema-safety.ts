/** Schema annotations of an image: see `contract.database.schema`. */
export interface ImageSchema {
  /** Newest migration that the image knows, and needs. */
  readonly version: number;

  /** Schema version of the oldest release that still runs once this image has migrated. */
  readonly oldestService: number;
}

/** `3,1` as in the description of a version of the SSM parameter. */
export const schemaText = ({ version, oldestService }: ImageSchema): string => `${version},${oldestService}`;

export interface RollbackFault {
  /** Whether it is known, rather than not known not to be so. */
  readonly certain: boolean;
  readonly text: string;
}

/**
 * Why an image must not run on a database that the other images have migrated.
 *
 * @param target what the image says; undefined if it says nothing
 * @param migrated what each image said that may have migrated the database; undefined for one that said nothing
 * @returns undefined if it may run
 */
export function rollbackFault(
  target: ImageSchema | undefined,
  migrated: readonly (ImageSchema | undefined)[],
): RollbackFault | undefined {
  const oldest = Math.max(1, ...migrated.map((schema) => schema?.oldestService ?? 1));
  if (target !== undefined && target.version < oldest) {
    const text = `the database was migrated past it: the image knows schema ${target.version}, and the database takes services from schema ${oldest} on`;
    return { certain: true, text };
  }
  if (target === undefined || migrated.includes(undefined)) {
    const text =
      'an image that runs or ran does not say which schema it has (its index lacks the schema annotations), so it is unknown whether this one runs on the database';
    return { certain: false, text };
  }
  return undefined;
}

/** Whether `current` no longer runs once `next` has migrated the database. */
export const isOneWay = (current: ImageSchema | undefined, next: ImageSchema | undefined): boolean =>
  next !== undefined && next.oldestService > (current?.version ?? 1);
