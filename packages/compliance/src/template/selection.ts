import type { Expectation } from './expectation.ts';

/** Resources of a stage, one property of theirs, and what it must be. Fails where no resource is selected. */
export interface Selection {
  /** CloudFormation type. */
  readonly type: string;

  /** Narrows the resources. @default - all of the type */
  readonly where?: { readonly property: string; readonly is: Expectation };

  /** Dot-separated path below `Properties`, list items by number; empty for all of them. */
  readonly property: string;

  /** Every selected resource must hold it. */
  readonly must: Expectation;

  /** How many resources there must be. @default 1 */
  readonly least?: number;

  /** Whether only a production stage must hold it; the others show what they have. @default false */
  readonly productionOnly?: boolean;
}

/** All resources of a type. */
export const every = (type: string, property: string, must: Expectation, more: Partial<Selection> = {}): Selection => ({
  type,
  property,
  must,
  ...more,
});

/** The resources of a type whose property is so. */
export const those = (
  type: string,
  [at, like]: readonly [property: string, is: Expectation],
  property: string,
  must: Expectation,
  more: Partial<Selection> = {},
): Selection => ({ type, where: { property: at, is: like }, property, must, ...more });

/** How the selection reads in the matrix. */
export const describeSelection = ({ type, where, property, must, least = 1 }: Selection): string =>
  [
    least > 1 ? `${least} or more ${type}` : type,
    ...(where === undefined ? [] : [`whose ${where.property} is ${where.is.says}`]),
    `${property === '' ? 'itself' : property} must be ${must.says}`,
  ].join(', ');
