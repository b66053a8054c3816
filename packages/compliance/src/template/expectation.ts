import type { Resource } from '@healthcare-ai/cloud-policies/core/resource';
import { numberOf } from '@healthcare-ai/cloud-policies/core/resource';
import { isRecord, listOf, type Value } from '@healthcare-ai/cloud-policies/core/template';

/** What the value of a property must be. */
export interface Expectation {
  /** Completes "must be ...". */
  readonly says: string;
  readonly holds: (value: Value, resource: Resource) => boolean;

  /** The part of the value that is looked at. @default - the whole of it */
  readonly part?: (value: Value) => Value;
}

export const is = (wanted: string | number | boolean): Expectation => ({
  says: JSON.stringify(wanted),
  holds: (value) => value === wanted,
});

export const atLeast = (least: number, unit = ''): Expectation => ({
  says: `at least ${least}${unit === '' ? '' : ` ${unit}`}`,
  holds: (value) => numberOf(value) >= least,
});

/** Over the value as text, references written `${template/LogicalId.Attribute}`. */
export const matches = (pattern: RegExp): Expectation => ({
  says: `like ${pattern}`,
  holds: (value, resource) => value !== undefined && pattern.test(resource.render(value)),
});

export const refersTo = (type: string): Expectation => ({
  says: `a reference to an ${type}`,
  holds: (value, resource) => resource.followAll(value).some((target) => target.type === type),
});

export const present: Expectation = { says: 'there', holds: (value) => value !== undefined };

export const absent: Expectation = { says: 'absent', holds: (value) => value === undefined };

export const nonEmpty: Expectation = {
  says: 'a list that is not empty',
  holds: (value) => Array.isArray(value) && value.length > 0,
};

const covers = (value: Value, wanted: Value): boolean =>
  Array.isArray(wanted)
    ? wanted.every((item) => listOf(value).some((got) => covers(got, item)))
    : isRecord(wanted)
      ? isRecord(value) && Object.entries(wanted).every(([key, inner]) => covers(value[key], inner))
      : value === wanted || (Array.isArray(value) && value.includes(wanted));

/** A list (or a single value) that holds an item with at least these members, whatever else it has. */
export const has = (...wanted: readonly Value[]): Expectation => ({
  says: wanted.map((item) => `with ${JSON.stringify(item)}`).join(' and '),
  holds: (value) => wanted.every((item) => listOf(value).some((got) => covers(got, item))),
  part: (value) => listOf(value).filter((got) => wanted.some((item) => covers(got, item))),
});

/** A list of environment variables in which one refers to a resource. */
export const variableRefersTo = (name: string, type: string): Expectation => ({
  says: `with ${name} a reference to an ${type}`,
  holds: (value, resource) =>
    listOf(value).some(
      (entry) =>
        isRecord(entry) &&
        entry.Name === name &&
        resource.followAll(entry.Value).some((target) => target.type === type),
    ),
  part: (value) => listOf(value).flatMap((entry) => (isRecord(entry) && entry.Name === name ? [entry.Value] : [])),
});
