import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFormat } from '@healthcare-ai/audit-trail/export/derived/csv';
import { fhirAuditEvent } from '@healthcare-ai/audit-trail/export/derived/fhir';
import { derivedFormats } from '@healthcare-ai/audit-trail/export/export-files';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { SchemaChangedError, writeExport } from '@healthcare-ai/audit-trail/export/write-export';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft, EventSchema } from '@healthcare-ai/audit-trail/format/event';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';
import { SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import { Exports, mendManifest } from './support/export-trail.ts';
import { Random } from './support/random.ts';
import { randomSigner } from './support/signers.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const disclosure: AuditEventDraft = {
  action: 'note.read',
  outcome: 'success',
  recordedAt: now.toISOString(),
  principal: 'dr-lee',
  source: '10.0.0.7',
  auditId: '01a208c6-9208-7b97-aef0-798c34c763d5',
  subject: '0192f0c1-2345-7abc-8def-0123456789ab',
  purpose: 'PUBHLTH',
  recipient: 'state-registry',
  version: 2,
};
const exports = new Exports();
afterEach(() => exports.remove());

/** A chain that continues in schema 2 after its first event, and the checkpoint over it. */
async function switchedTrail() {
  let schema: EventSchema = 1;
  const chain = new Chain(() => schema);
  const texts = chain.append([disclosure]).map(({ text }) => text);
  chain.commit();
  schema = 2;
  texts.push(...chain.append([disclosure]).map(({ text }) => text));
  const builder = new SegmentBuilder(chain.id);
  for (const text of texts) builder.add(text);
  const signer = randomSigner(new Random(5));
  const origin = 'test/0192f0c1-2345-7abc-8def-0123456789ab';
  const checkpoint = await makeCheckpoint({ origin, segments: [builder.segment()], signer, now });
  return { texts, checkpoint, keys: [signer.publicKey] };
}

async function exportOf(schema: EventSchema, { texts, checkpoint }: Awaited<ReturnType<typeof switchedTrail>>) {
  const directory = join(exports.folder(), 'export');
  async function* items() {
    yield { events: texts };
    yield { checkpoint };
  }
  await writeExport({ directory, items: items(), formats: derivedFormats(schema) });
  return directory;
}

describe('audit schema 2', () => {
  test('adds purpose, recipient and version, in canonical order, to events written after the switch', async () => {
    const [before, after] = (await switchedTrail()).texts;
    expect(canonicalJson(JSON.parse(after!))).toBe(after);
    const { v: _, purpose, recipient, version, ...rest } = parseEvent(after!);
    expect({ purpose, recipient, version }).toEqual({ purpose: 'PUBHLTH', recipient: 'state-registry', version: 2 });
    expect(Object.keys(parseEvent(before!)).toSorted()).toEqual([...Object.keys(rest), 'v'].toSorted());
    expect([parseEvent(before!).v, parseEvent(after!).v]).toEqual([1, 2]);
  });

  test('[164.312(c)(1)] a chain that continues in it verifies, with CSV and FHIR that show what it adds', async () => {
    const trail = await switchedTrail();
    const directory = await exportOf(2, trail);
    expect(await verifyDirectory({ directory, keys: trail.keys, now })).toMatchObject({ ok: true, events: 2 });
    const csv = readFileSync(join(directory, 'events.csv'), 'utf8').split('\r\n');
    expect(csv[0]).toContain(',purpose,recipient,version,hash');
    expect(csv[1]).toContain(',,,,');
    expect(csv[2]).toContain(',PUBHLTH,state-registry,2,');
    const resource = JSON.stringify(fhirAuditEvent(parseEvent(trail.texts[1]!), 'ab'.repeat(32)));
    expect(resource).toContain(
      '"purposeOfUse":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason"',
    );
    expect(resource).toContain('"value":"state-registry"');
    expect(resource).toContain('"detail":[{"type":"version","valueString":"2"}]');
  });

  test('the CSV of a trail in schema 1 keeps the columns of 0.1.0, and refuses an event that it would cut', async () => {
    const head = readFileSync(join(import.meta.dirname, 'release-0.1.0/export/events.csv'), 'utf8').split('\n')[0];
    expect(csvFormat(1).head).toBe(`${head}\n`);
    await expect(exportOf(1, await switchedTrail())).rejects.toThrow(SchemaChangedError);
  });

  test('[164.312(c)(1)] a CSV of the old columns in place of one that shows a recipient is found', async () => {
    const trail = await switchedTrail();
    const directory = await exportOf(2, trail);
    const { head, event } = csvFormat(1);
    const hashes = readFileSync(join(directory, 'events.csv'), 'utf8').match(/[0-9a-f]{64}(?=\r)/g)!;
    const lines = trail.texts.map((text, index) => event(parseEvent(text), hashes[index]!));
    writeFileSync(join(directory, 'events.csv'), head + lines.join(''));
    mendManifest(directory);
    const report = await verifyDirectory({ directory, keys: trail.keys, now });
    expect(report.fault).toMatchObject({
      file: 'events.csv',
      message: expect.stringContaining('no place for what event 2'),
    });
  });
});
