import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Template, TemplateBody } from '../core/template.ts';

/** A folder of templates that are deployed together. */
export interface LoadedAssembly {
  /** Path of the folder, relative to what was asked for; empty for that folder itself. */
  readonly name: string;
  readonly templates: readonly LoadedTemplate[];
}

export interface LoadedTemplate extends Template {
  /** Absolute path. */
  readonly file: string;
}

/** A folder or template that cannot be read; the message is one line for the operator. */
export class AssemblyReadError extends Error {}

interface Manifest {
  readonly artifacts?: {
    readonly [id: string]: {
      readonly type?: string;
      readonly environment?: string;
      readonly properties?: {
        readonly templateFile?: string;
        readonly stackName?: string;
        readonly terminationProtection?: boolean;
      };
    };
  };
}

/**
 * Reads every `*.template.json` below a folder, one assembly for each folder that has some; a cloud assembly's
 * manifest adds what no template says.
 *
 * @throws AssemblyReadError when there is no such folder, no template in it, or a template that is no JSON object
 */
export function loadAssemblies(root: string): LoadedAssembly[] {
  if (!existsSync(root)) throw new AssemblyReadError(`no folder ${root}; run npm run synth first, or name another`);
  if (!statSync(root).isDirectory()) throw new AssemblyReadError(`${root} is a file; name the folder that holds it`);
  const assemblies = foldersBelow(root).flatMap((folder) => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    if (files.length === 0) return [];
    const manifest = readManifest(folder);
    const templates = files.sort().map((file) => readTemplate(root, join(folder, file), manifest));
    return [{ name: relative(root, folder), templates }];
  });
  if (assemblies.length === 0) throw new AssemblyReadError(`no *.template.json below ${root}; run npm run synth first`);
  return assemblies;
}

function foldersBelow(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(asset\.|\.|node_modules$)/.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort();
  return [folder, ...inner.flatMap(foldersBelow)];
}

function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'manifest.json');
  return existsSync(file) ? (parse(file) as Manifest) : undefined;
}

function readTemplate(root: string, file: string, manifest: Manifest | undefined): LoadedTemplate {
  const name = relative(root, file).replace(/\.template\.json$/, '');
  const stack = Object.values(manifest?.artifacts ?? {}).find(
    ({ properties }) => properties?.templateFile !== undefined && file.endsWith(`/${properties.templateFile}`),
  );
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(stack?.environment ?? '') ?? [];
  return {
    name,
    file,
    body: parse(file) as TemplateBody,
    stackName: stack?.properties?.stackName,
    terminationProtection: stack === undefined ? undefined : stack.properties?.terminationProtection === true,
    region: region?.startsWith('unknown') ? undefined : region,
    account: account?.startsWith('unknown') ? undefined : account,
  };
}

function parse(file: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below: what matters is that the file cannot be judged.
  }
  throw new AssemblyReadError(`${file} is not a JSON object; synthesize it again`);
}
