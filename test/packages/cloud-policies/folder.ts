import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Template } from '@healthcare-ai/cloud-policies/core/template';

/** A folder of JSON files that vanishes with `remove`. */
export interface Folder {
  readonly path: string;
  readonly remove: () => void;
}

/** @param files relative path -> JSON value, or text as it is */
export function folderOf(files: Readonly<Record<string, unknown>>): Folder {
  const path = mkdtempSync(join(tmpdir(), 'gates-'));
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The templates as a cloud assembly would hold them. */
export const assemblyFolder = (templates: readonly Template[]): Folder =>
  folderOf({
    'manifest.json': {
      artifacts: Object.fromEntries(
        templates.map(({ name, region, terminationProtection }) => [
          name,
          {
            type: 'aws:cloudformation:stack',
            environment: `aws://unknown-account/${region}`,
            properties: { templateFile: `${name}.template.json`, terminationProtection },
          },
        ]),
      ),
    },
    ...Object.fromEntries(templates.map(({ name, body }) => [`${name}.template.json`, body])),
  });
