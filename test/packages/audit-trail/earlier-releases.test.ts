import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { readPublicKeyFile } from '@healthcare-ai/audit-trail/format/public-keys';
import { mendManifest } from './support/export-trail.ts';

/** Written by the service and the commands of release 0.1.0: an embedded database, two tenants, two starts. */
const fixture = join(import.meta.dirname, 'release-0.1.0');
const keys = readPublicKeyFile(readFileSync(join(fixture, 'audit.pem'), 'utf8'));
const now = new Date('2026-11-30T00:00:00.000Z');
const trusted = { number: 6, hash: '2ee894855e7502b471ef6a101e899289fb84046457bbb081f30d6efa9331e5e9' };

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'healthcare-ai-release-'));
  cpSync(join(fixture, 'export'), copy, { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

describe('what release 0.1.0 wrote still verifies', () => {
  test('[164.312(c)(1)] an export, with the CSV and FHIR forms of its events', async () => {
    const report = await verifyDirectory({ directory: join(fixture, 'export'), keys, trusted, now });
    expect(report).toMatchObject({ ok: true, checkpoints: 6, events: 40, unproven: { events: 2 }, trusted });
  });

  test('[164.312(c)(1)] a directory that its service published to', async () => {
    const report = await verifyDirectory({ directory: join(fixture, 'published'), keys, trusted, now });
    expect(report).toMatchObject({ ok: true, checkpoints: 6, events: 40, unproven: { events: 0 }, trusted });
  });

  test.each(['events.jsonl', 'events.csv', 'audit-events.ndjson'])('and a changed %s is found', async (file) => {
    const path = join(copy, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace('dr-lee', 'dr-eel'));
    mendManifest(copy);
    const report = await verifyDirectory({ directory: copy, keys, now });
    expect(report).toMatchObject({ ok: false, fault: { message: expect.any(String) } });
  });
});
