import type { Json, StackTemplate } from '../synth/templates.ts';

/** A resource of a stage, with the stack that it stands in. */
export interface Resource {
  /** `stack/logicalId` */
  readonly key: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
}

/** The resources of a stage, and which of them a value in a template names: also through the exports of other stacks. */
export class References {
  readonly resources: readonly Resource[];
  readonly #byKey: ReadonlyMap<string, Resource>;
  readonly #exports = new Map<string, Resource>();

  constructor(stacks: readonly StackTemplate[]) {
    this.resources = stacks.flatMap(({ id, resources }) =>
      Object.entries(resources).map(([logicalId, { Type, Properties }]) => ({
        key: `${id}/${logicalId}`,
        stack: id,
        logicalId,
        type: Type,
        properties: Properties ?? {},
      })),
    );
    this.#byKey = new Map(this.resources.map((resource) => [resource.key, resource]));
    // In the order of the deployment: an output may hand on what an earlier stack exports.
    for (const { id, outputs } of stacks) {
      for (const { Export, Value } of Object.values(outputs)) {
        const [target] = this.#within(id, Value);
        if (Export !== undefined && target !== undefined) this.#exports.set(Export.Name, target);
      }
    }
  }

  of(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resources that a value names, each once. */
  in(value: Json, { stack }: { readonly stack: string }): Resource[] {
    return [...new Set(this.#within(stack, value))];
  }

  #within(stack: string, value: Json): Resource[] {
    if (Array.isArray(value)) return value.flatMap((one) => this.#within(stack, one));
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([name, inner]) => {
      if (name === 'Ref') return this.#local(stack, inner as string);
      if (name === 'Fn::GetAtt') return this.#local(stack, [inner].flat()[0] as string);
      if (name === 'Fn::ImportValue') return this.#exports.get(inner as string) ?? [];
      if (name === 'Fn::GetStackOutput') {
        const { StackName, OutputName } = inner as { readonly StackName: string; readonly OutputName: string };
        return this.#exports.get(`${StackName}:${OutputName}`) ?? [];
      }
      return this.#within(stack, inner);
    });
  }

  #local(stack: string, logicalId: string): Resource[] {
    const found = this.#byKey.get(`${stack}/${logicalId.split('.')[0]}`);
    return found === undefined ? [] : [found];
  }
}
