import { hash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Synthesized } from './synthesize-stage.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read into templates by path; an absent one fails the assertion
export type Properties = Readonly<Record<string, any>>;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly Metadata?: Properties;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, Properties>>;
  readonly Outputs?: Readonly<Record<string, Properties>>;
}

/** Synthesizes a stage once in a run: loading CDK and synthesizing take a second, reading what another file wrote does not. */
function synthesizedOnce(name: string, overrides: Readonly<Record<string, unknown>>): Synthesized {
  const key = JSON.stringify([name, overrides], (_, value) => (value === undefined ? 'undefined' : value));
  const file = join(tmpdir(), `stage-${hash('sha256', key)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const { synthesizeStage } = require('./synthesize-stage.ts') as typeof import('./synthesize-stage.ts');
    const { templates, protectedStacks } = synthesizeStage(name, overrides);
    const text = JSON.stringify({ templates, protectedStacks });
    // Another worker may do the same at the same time.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
    return JSON.parse(text);
  }
}

/** A synthesized stage: templates by stack id, and ways to look into them. */
export class SynthesizedStage {
  readonly templates: Readonly<Record<string, StackTemplate>>;
  readonly protectedStacks: readonly string[];

  /** @param overrides dot-separated keys, as `-c` gives them */
  constructor(
    name: string,
    overrides: Readonly<Record<string, unknown>> = {},
    { templates, protectedStacks }: Synthesized = synthesizedOnce(name, overrides),
  ) {
    this.templates = templates;
    this.protectedStacks = protectedStacks;
  }

  /** Every resource of a type, in all stacks or in one. */
  resources(type: string, stack?: string): TemplateResource[] {
    return Object.entries(this.templates)
      .filter(([id]) => stack === undefined || id === stack)
      .flatMap(([, template]) => Object.values(template.Resources))
      .filter((resource) => resource.Type === type);
  }

  /** The properties of the only resource of a type whose properties hold `text`. */
  only(type: string, text = ''): Properties {
    const found = this.resources(type).filter(({ Properties: properties }) =>
      JSON.stringify(properties ?? {}).includes(text),
    );
    if (found.length !== 1) throw new Error(`${found.length} resources of ${type} with ${JSON.stringify(text)}`);
    return found[0]!.Properties;
  }

  /** The statements of the customer key with this alias. */
  keyStatements(alias: string): Properties[] {
    // The replica in another region has the alias of its key.
    const aliases = this.resources('AWS::KMS::Alias', 'audit').map(({ Properties: properties }) => properties);
    const id = JSON.stringify(aliases.find(({ AliasName }) => AliasName.endsWith(`/${alias}`))!.TargetKeyId);
    const [entry] = Object.entries(this.templates.audit!.Resources).filter(
      ([logicalId, { Type }]) => Type === 'AWS::KMS::Key' && id.includes(`"${logicalId}"`),
    );
    return entry![1].Properties.KeyPolicy.Statement;
  }

  /** The statements of the managed policy of a role, by the role's description. */
  statementsOf(description: string): Properties[] {
    return this.only('AWS::IAM::ManagedPolicy', `"Description":"${description}"`).PolicyDocument.Statement;
  }
}
