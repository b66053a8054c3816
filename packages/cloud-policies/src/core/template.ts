/** A CloudFormation value: a literal, or an intrinsic such as `{ Ref }` that only CloudFormation can resolve. */
export type Value = string | number | boolean | null | undefined | Value[] | { readonly [key: string]: Value };

/** One entry of a template's `Resources`. */
export interface ResourceBody {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: Value };
  readonly Metadata?: { readonly [name: string]: Value };
  readonly DeletionPolicy?: Value;
  readonly UpdateReplacePolicy?: Value;
  readonly DependsOn?: Value;
  readonly Condition?: Value;
}

/** A synthesized CloudFormation template, as far as the policies read it. */
export interface TemplateBody {
  readonly Resources?: { readonly [logicalId: string]: ResourceBody };
  readonly Parameters?: { readonly [name: string]: { readonly [key: string]: Value } };
  readonly Outputs?: { readonly [name: string]: { readonly [key: string]: Value } };
  readonly Conditions?: { readonly [name: string]: Value };
  readonly [section: string]: unknown;
}

/** A template and what is known of its stack from outside the template. */
export interface Template {
  /** Unique within an assembly: the path below the folder that was loaded, or the stack's name. */
  readonly name: string;

  readonly body: TemplateBody;

  /**
   * Name of the stack, from the cloud assembly's manifest.
   * @default - unknown: an output is then found by its own name
   */
  readonly stackName?: string;

  /**
   * From the cloud assembly's manifest.
   * @default - unknown: the template was found without a manifest
   */
  readonly terminationProtection?: boolean;

  /**
   * From the cloud assembly's manifest, where the stack has a concrete region.
   * @default - unknown
   */
  readonly region?: string;

  /**
   * From the cloud assembly's manifest, where the stack is pinned to an account.
   * @default - unknown
   */
  readonly account?: string;
}

export const isRecord = (value: unknown): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of an object; none of any other value. */
export const recordOf = (value: unknown): { readonly [key: string]: Value } => (isRecord(value) ? value : {});

/** The key and argument of an intrinsic function, or undefined for anything else. */
export function intrinsicOf(value: Value): { readonly name: string; readonly argument: Value } | undefined {
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  return { name, argument: value[name] };
}

/** The name under which a stack exports what `Fn::GetStackOutput` reads: `stack:Output`, as CDK names its own exports. */
export const stackOutput = (argument: Value): string =>
  isRecord(argument) ? `${String(argument.StackName)}:${String(argument.OutputName)}` : '';

/** Every value below `root` with its path, the root itself first. */
export function* walk(root: Value, path = ''): Generator<{ readonly path: string; readonly value: Value }> {
  yield { path, value: root };
  if (Array.isArray(root)) {
    for (const [index, item] of root.entries()) yield* walk(item, path === '' ? `${index}` : `${path}.${index}`);
  } else if (isRecord(root)) {
    for (const [key, item] of Object.entries(root)) yield* walk(item, path === '' ? key : `${path}.${key}`);
  }
}

/** The value as a list: CloudFormation takes a single value where it takes a list of one. */
export const listOf = (value: Value): Value[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** A value in a message: short, on one line. */
export function show(value: Value): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** How `Assembly.render` writes a pseudo parameter: `pseudo('Region')` for `{ Ref: 'AWS::Region' }`. */
export const pseudo = (name: string): string => `\${AWS::${name}}`;
