import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedFormats } from '@healthcare-ai/audit-trail/export/export-files';
import { type ExportItem, writeExport } from '@healthcare-ai/audit-trail/export/write-export';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import type { Trail } from './build-trail.ts';

async function* itemsOf({ published, unproven }: Trail): AsyncGenerator<ExportItem> {
  for (const { events, checkpoint } of published) {
    yield { events: events.slice(0, 7) };
    yield { events: events.slice(7) };
    yield { checkpoint };
  }
  if (unproven.length > 0) yield { unproven };
}

/** Exports of a test, which are gone after it. */
export class Exports {
  readonly #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-export-'));
    this.#folders.push(folder);
    return folder;
  }

  async write(trail: Trail): Promise<string> {
    const directory = join(this.folder(), 'export');
    await writeExport({ directory, items: itemsOf(trail), formats: derivedFormats(1) });
    return directory;
  }

  remove(): void {
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** What one does who changes a file and knows of the manifest: nothing in it is signed. */
export function mendManifest(directory: string, counts: (manifest: Manifest) => void = () => {}): void {
  const path = join(directory, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  for (const file of manifest.files) {
    const data = readFileSync(join(directory, file.name));
    Object.assign(file, { bytes: data.length, sha256: hash('sha256', data) });
  }
  counts(manifest);
  writeFileSync(path, `${canonicalJson(manifest)}\n`);
}

interface Manifest {
  files: { name: string; bytes: number; sha256: string }[];
  checkpoints: { count: number; first: number; last: number; last_hash: string };
  events: number;
  unproven: number;
  origin: string;
}
