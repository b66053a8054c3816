import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { type App, Stack } from 'aws-cdk-lib/core';
import type { Finding } from '../core/policy.ts';
import { intrinsicOf, stackOutput, type Value, walk } from '../core/template.ts';
import type { LoadedTemplate } from './load.ts';

/** A resource of a template, by its construct in the scratch app. */
export interface IncludedResource {
  readonly template: LoadedTemplate;
  readonly logicalId: string;
}

export interface Included {
  /** By construct path. */
  readonly resources: ReadonlyMap<string, IncludedResource>;

  /** Templates that CDK cannot read, and why: what is not read is not judged, so it is a finding. */
  readonly unreadable: readonly Finding[];
}

/** Puts each template into a stack of its own. */
export function includeTemplates(app: App, templates: readonly LoadedTemplate[]): Included {
  const resources = new Map<string, IncludedResource>();
  const unreadable: Finding[] = [];
  for (const [index, template] of templates.entries()) {
    const id = `Stack${index}`;
    try {
      const stack = new Stack(app, id, { env: { account: template.account, region: template.region } });
      const included = include(stack, template);
      for (const logicalId of Object.keys(template.body.Resources ?? {})) {
        resources.set(included.getResource(logicalId).node.path, { template, logicalId });
      }
    } catch (error) {
      app.node.tryRemoveChild(id);
      const message = `cannot be read: ${(error as Error).message}; correct the template`.replaceAll(/\s+/g, ' ');
      const place = { template: template.name, resource: '', property: '' };
      unreadable.push({ gate: 'cdk-nag', rule: 'unreadable-template', severity: 'error', ...place, message });
    }
  }
  return { resources, unreadable };
}

/** CfnInclude takes a file alone, and does not know `Fn::GetStackOutput`: an import of the same says the same to a pack. */
function include(stack: Stack, template: LoadedTemplate): CfnInclude {
  const readsOutputs = [...walk(template.body as Value)].some(
    ({ value }) => intrinsicOf(value)?.name === 'Fn::GetStackOutput',
  );
  if (!readsOutputs) return new CfnInclude(stack, 'Template', { templateFile: template.file });
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-include-'));
  try {
    const templateFile = join(folder, 'template.json');
    writeFileSync(templateFile, JSON.stringify(template.body, asImport));
    return new CfnInclude(stack, 'Template', { templateFile });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asImport(_key: string, value: Value): Value {
  const call = intrinsicOf(value);
  return call?.name === 'Fn::GetStackOutput' ? { 'Fn::ImportValue': stackOutput(call.argument) } : value;
}
