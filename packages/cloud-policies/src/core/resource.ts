import type { Assembly } from './assembly.ts';
import type { PolicyFault } from './finding.ts';
import { intrinsicOf, isRecord, listOf, type ResourceBody, type Template, type Value } from './template.ts';

/** One resource of an assembly, with its references resolved as far as the templates allow. */
export class Resource {
  readonly assembly: Assembly;
  readonly template: Template;
  readonly logicalId: string;
  readonly body: ResourceBody;

  constructor(assembly: Assembly, template: Template, logicalId: string, body: ResourceBody) {
    this.assembly = assembly;
    this.template = template;
    this.logicalId = logicalId;
    this.body = body;
  }

  get type(): string {
    return this.body.Type;
  }

  get properties(): { readonly [name: string]: Value } {
    return this.body.Properties ?? {};
  }

  /** The raw value at a dot-separated path, e.g. `HealthCheck.Command.0`; undefined if missing. */
  get(path: string): Value {
    let value: Value = this.properties;
    for (const key of path === '' ? [] : path.split('.')) {
      if (Array.isArray(value)) value = value[Number(key)];
      else if (isRecord(value)) value = value[key];
      else return undefined;
    }
    return value;
  }

  /** The items at a path, each with its own path. An intrinsic in place of the list is one (unknown) item. */
  items(path: string): { readonly path: string; readonly value: Value }[] {
    const value = this.get(path);
    return listOf(value).map((item, index) => ({
      path: Array.isArray(value) ? `${path}.${index}` : path,
      value: item,
    }));
  }

  /** The value at a path as text, references followed across stacks; empty if missing. */
  text(path: string): string {
    return this.render(this.get(path));
  }

  render(value: Value): string {
    return this.assembly.render(value, this.template);
  }

  /** The one resource to which the value at a path refers, across stacks; undefined for anything else. */
  target(path: string): Resource | undefined {
    return this.follow(this.get(path));
  }

  /** The one resource to which a value of this resource refers, across stacks. */
  follow(value: Value): Resource | undefined {
    const text = this.render(value);
    const found = this.assembly.mentioned(text);
    return found.length === 1 ? found[0] : undefined;
  }

  /** All resources to which a value of this resource refers, across stacks. */
  followAll(value: Value): Resource[] {
    return this.assembly.mentioned(this.render(value));
  }

  fault(property: string, message: string): PolicyFault {
    return { template: this.template.name, resource: this.logicalId, property, message };
  }
}

/** Whether a value is known now, rather than when CloudFormation runs. */
export const isLiteral = (value: Value): boolean => intrinsicOf(value) === undefined;

/** True as CloudFormation reads it. */
export const isTrue = (value: Value): boolean => value === true || value === 'true';

/** A number as CloudFormation reads it; NaN for what is not a literal number. */
export const numberOf = (value: Value): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
