import { type ActionReader, actionReader } from './actions.ts';
import { type Elsewhere, elsewhereIn } from './elsewhere.ts';
import type { PolicyFault } from './policy.ts';
import {
  intrinsicOf,
  isRecord,
  listOf,
  pseudo,
  type ResourceBody,
  recordOf,
  type Template,
  type Value,
} from './template.ts';

/** Every template of one deployment, so that a policy can follow a reference from stack to stack. */
export class Assembly {
  readonly templates: readonly Template[];

  /** Knows which IAM actions exist. */
  readonly actions: ActionReader;
  readonly all: readonly Resource[];
  private readonly byId: ReadonlyMap<string, Resource>;
  private readonly exported: ReadonlyMap<string, { readonly template: Template; readonly value: Value }>;

  /** What exists outside the deployment. */
  readonly outside: readonly Elsewhere[];
  private readonly existing: readonly Resource[];

  private readonly derived = new Map<unknown, unknown>();

  /**
   * @param templates of one deployment
   * @param actions to share between assemblies, since it reads files
   */
  constructor(templates: readonly Template[], actions: ActionReader = actionReader()) {
    this.templates = templates;
    this.actions = actions;
    this.all = templates.flatMap((template) =>
      Object.entries(template.body.Resources ?? {}).map(([id, body]) => new Resource(this, template, id, body)),
    );
    this.byId = new Map(this.all.map((resource) => [`${resource.template.name}/${resource.logicalId}`, resource]));
    const exported = new Map<string, { template: Template; value: Value }>();
    for (const template of templates) {
      for (const output of Object.values(template.body.Outputs ?? {})) {
        const { Name } = recordOf(output.Export);
        if (Name !== undefined) exported.set(this.render(Name, template), { template, value: output.Value });
      }
    }
    this.exported = exported;
    this.outside = templates.flatMap(elsewhereIn);
    const place = { name: 'elsewhere', body: {} };
    this.existing = this.outside.flatMap(({ type, id, properties }) =>
      id === undefined ? [] : [new Resource(this, place, id, { Type: type, Properties: properties })],
    );
  }

  /** Whether a resource of a type exists outside the deployment, as its templates declare. */
  isElsewhere(type: string): boolean {
    return this.outside.some((item) => item.type === type);
  }

  /** What `derive` makes of the assembly, made once: several policies look at the same. */
  once<T>(derive: (assembly: Assembly) => T): T {
    if (!this.derived.has(derive)) this.derived.set(derive, derive(this));
    return this.derived.get(derive) as T;
  }

  /** The resources of any of these types, in template order. */
  resources(...types: readonly string[]): Resource[] {
    return this.all.filter((resource) => types.includes(resource.type));
  }

  /** The resource of that logical id in that template. */
  find(template: Template, logicalId: string): Resource | undefined {
    return this.byId.get(`${template.name}/${logicalId}`);
  }

  /** What a stack of this assembly exports under that name. */
  export(name: string): { readonly template: Template; readonly value: Value } | undefined {
    return this.exported.get(name);
  }

  /** The output of a stack of this assembly that `Fn::GetStackOutput` reads. */
  output(argument: Value): { readonly template: Template; readonly value: Value } | undefined {
    const { StackName, OutputName } = recordOf(argument);
    const stack = this.render(StackName, { name: '', body: {} });
    const name = String(OutputName);
    for (const template of this.templates) {
      const value = template.body.Outputs?.[name]?.Value;
      if (value !== undefined && (template.stackName ?? stack) === stack) return { template, value };
    }
    return undefined;
  }

  /**
   * The value as text. A reference becomes `${template/LogicalId}` or `${template/LogicalId.Attribute}`, across
   * stacks too; what cannot be known here stays: `${Parameter}`, `${AWS::Region}`, `Fn::Select(0,...)`.
   */
  render(value: Value, template: Template): string {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map((item) => this.render(item, template)).join(',');
    const call = intrinsicOf(value);
    if (call === undefined) return isRecord(value) ? JSON.stringify(value) : String(value);
    const { name, argument } = call;
    if (name === 'Ref') return this.reference(String(argument), template);
    if (name === 'Fn::GetAtt') return this.reference(listOf(argument).join('.'), template);
    if (name === 'Fn::Join' && Array.isArray(argument)) {
      const [separator, parts] = argument;
      if (Array.isArray(parts)) return parts.map((part) => this.render(part, template)).join(String(separator));
    }
    if (name === 'Fn::Sub') return this.substitute(argument, template);
    if (name === 'Fn::ImportValue') {
      const found = this.exported?.get(this.render(argument, template));
      if (found !== undefined) return this.render(found.value, found.template);
    }
    if (name === 'Fn::GetStackOutput') {
      const found = this.output(argument);
      if (found !== undefined) return this.render(found.value, found.template);
    }
    return `${name}(${this.render(argument, template)})`;
  }

  /** The resources that a rendered text mentions, in order. */
  mentioned(text: string): Resource[] {
    const outside = this.existing?.filter(({ logicalId }) => text.split(/[,"[\]]/).includes(logicalId)) ?? [];
    const inside = [...text.matchAll(/\$\{([^{}]+?)\}/g)].flatMap(([, inner]) => {
      const slash = inner?.lastIndexOf('/') ?? -1;
      const key = inner === undefined ? '' : inner.slice(0, slash) + inner.slice(slash).split('.')[0];
      const found = this.byId.get(key);
      return found === undefined ? [] : [found];
    });
    return [...inside, ...outside];
  }

  private reference(target: string, template: Template): string {
    const [logicalId = '', ...attribute] = target.split('.');
    if (template.body.Resources?.[logicalId] === undefined) return `\${${target}}`;
    return `\${${[`${template.name}/${logicalId}`, ...attribute].join('.')}}`;
  }

  private substitute(argument: Value, template: Template): string {
    const [text, variables] = listOf(argument);
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal !== '') return whole;
      const given = recordOf(variables)[name];
      return given === undefined ? this.reference(name, template) : this.render(given, template);
    });
  }
}

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

  /** Whether a rendered account id is that of the deployment. */
  isOwnAccount(id: string | undefined): boolean {
    return id !== undefined && (id === pseudo('AccountId') || id === this.template.account);
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
