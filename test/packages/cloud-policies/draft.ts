import type { Template, TemplateBody } from '@healthcare-ai/cloud-policies/core/template';

type Mutable = { [key: string]: unknown };

interface MutableResource {
  Type: string;
  Properties: Mutable;
  [key: string]: unknown;
}

/** Which resource of a type: its logical id, or its body, has to match; the first that does is meant. */
export type Which = RegExp | undefined;

/** Templates of one deployment, to put faults in. A draft copies only the resources that it changes. */
export class Draft {
  readonly templates: Template[];
  private readonly copies = new Set<unknown>();

  constructor(templates: readonly Template[]) {
    this.templates = templates.map(({ body: { Resources, ...body }, ...template }) => ({
      ...structuredClone(template),
      body: { ...structuredClone(body), Resources: { ...Resources } },
    }));
  }

  /** The first resource of a type, optionally one whose logical id matches. */
  resource(type: string, which?: Which): MutableResource {
    return this.entry(type, which).body;
  }

  logicalId(type: string, which?: Which): string {
    return this.entry(type, which).id;
  }

  set(type: string, path: string, value: unknown, which?: Which): void {
    const { holder, key } = this.place(type, path, which, true);
    holder[key] = value;
  }

  unset(type: string, path: string, which?: Which): void {
    const { holder, key } = this.place(type, path, which, false);
    if (!(key in holder)) throw new Error(`${type} has no ${path} to take away`);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }

  push(type: string, path: string, value: unknown, which?: Which): void {
    const { holder, key } = this.place(type, path, which, true);
    const list = holder[key] ?? [];
    holder[key] = [...(Array.isArray(list) ? list : [list]), value];
  }

  /** Sets an attribute in a list of `{ Key, Value }`. */
  attribute(type: string, path: string, name: string, value: string | undefined, which?: Which): void {
    const { holder, key } = this.place(type, path, which, false);
    const list = holder[key] as { Key: string; Value: unknown }[];
    const rest = list.filter((item) => item.Key !== name);
    if (value === undefined && rest.length === list.length) throw new Error(`${type} has no attribute ${name}`);
    holder[key] = value === undefined ? rest : [...rest, { Key: name, Value: value }];
  }

  /** Takes a resource out, with the resources that depend on it. */
  remove(type: string, which?: Which): void {
    const { id, template } = this.entry(type, which);
    delete (template.body.Resources as Mutable)[id];
  }

  removeAll(type: string, which?: Which): void {
    while (this.entries(type, which).length > 0) this.remove(type, which);
  }

  /** Puts a resource into the template that holds one of another type. */
  add(beside: string, id: string, body: unknown): void {
    (this.entry(beside).template.body.Resources as Mutable)[id] = body;
  }

  /** The template that holds a resource of a type. */
  template(type: string): { -readonly [K in keyof TemplateBody]: Mutable } {
    return this.entry(type).template.body as never;
  }

  protect(type: string, value: boolean): void {
    Object.assign(this.entry(type).template, { terminationProtection: value });
  }

  /** A statement of a policy document: the first whose text matches. */
  statement(type: string, path: string, text: RegExp, which?: Which): Mutable {
    const { holder, key } = this.place(type, path, which, false);
    const document = holder[key] as { Statement: Mutable[] };
    const found = document.Statement.find((item) => text.test(JSON.stringify(item)));
    if (found === undefined) throw new Error(`no statement of ${type} ${path} matches ${text}`);
    return found;
  }

  private entries(type: string, which: Which) {
    return this.templates.flatMap((template) =>
      Object.entries(template.body.Resources ?? {})
        .filter(([id, body]) => body.Type === type && (which === undefined || which.test(id)))
        .map(([id, body]) => ({ id, template, body: body as unknown as MutableResource })),
    );
  }

  private entry(type: string, which?: Which) {
    const [found] = this.entries(type, which);
    if (found === undefined) throw new Error(`no ${type} ${which ?? ''} to put a fault in`);
    const { id, template } = found;
    const body = this.copies.has(found.body) ? found.body : structuredClone(found.body);
    this.copies.add(body);
    (template.body.Resources as Mutable)[id] = body;
    return { id, template, body };
  }

  /** `Properties` is implied, unless the path begins with `/`: then it is the resource itself. */
  private place(type: string, path: string, which: Which, make: boolean): { holder: Mutable; key: string } {
    const { body } = this.entry(type, which);
    const keys = path.replace(/^\//, '').split('.');
    const key = keys.pop()!;
    let holder = (path.startsWith('/') ? body : body.Properties) as Mutable;
    for (const name of keys) {
      if (holder[name] === undefined && make) holder[name] = {};
      holder = holder[name] as Mutable;
      if (holder === undefined) throw new Error(`${type} has no ${path}`);
    }
    return { holder, key };
  }
}

/** One fault put into the templates of a deployment. */
export interface Mutation {
  readonly fault: string;

  /** The rule that has to find it: an id of our policies, or of a rule of cdk-nag. Others may find it, too. */
  readonly caughtBy: string;
  readonly put: (draft: Draft) => void;
}

export const mutation = (fault: string, caughtBy: string, put: (draft: Draft) => void): Mutation => ({
  fault,
  caughtBy,
  put,
});

/** Faults that are one short call of the draft. */
const faultBy =
  <Args extends readonly unknown[]>(change: (draft: Draft, ...args: Args) => void) =>
  (fault: string, caughtBy: string, ...args: Args): Mutation =>
    mutation(fault, caughtBy, (draft) => change(draft, ...args));

export const changed = faultBy((draft, ...args: Parameters<Draft['set']>) => draft.set(...args));
export const absent = faultBy((draft, ...args: Parameters<Draft['unset']>) => draft.unset(...args));
export const added = faultBy((draft, ...args: Parameters<Draft['push']>) => draft.push(...args));
export const attribute = faultBy((draft, ...args: Parameters<Draft['attribute']>) => draft.attribute(...args));
export const removed = faultBy((draft, ...args: Parameters<Draft['remove']>) => draft.remove(...args));
export const removedAll = faultBy((draft, ...args: Parameters<Draft['removeAll']>) => draft.removeAll(...args));
