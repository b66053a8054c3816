import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { jsonError } from '../../../service/support/fake-aws.ts';
import type { Trail } from '../../audit-trail/support/build-trail.ts';
import type { FakeTrail } from './fake-trail.ts';
import { PublishedTrail } from './published-trail.ts';

let stage: PublishedTrail;
let aws: FakeTrail;
let trail: Trail;
let folder: string;
let out: string;

beforeEach(async () => {
  stage = await PublishedTrail.start({ seed: 42, unproven: 3 });
  ({ aws, trail, folder } = stage);
  aws.publicKey = trail.signers.at(-1)!.publicKey;
  stage.addStream(10, stage.lines.slice(30));
  stage.addStream(2, stage.lines.slice(0, 41));
  out = join(folder, 'export');
});
afterEach(() => stage.stop());

const exported = (...args: string[]) => stage.run('export', '--cloudwatch', '--stage', 'dev', '--out', out, ...args);
const verified = (...args: string[]) => {
  const key = join(folder, 'audit.pem');
  writeFileSync(key, publicKeyPem(trail.signers.at(-1)!.publicKey));
  return stage.run('verify', '--dir', out, '--public-key', key, '--json', ...args);
};
const fileOf = (name: string) => readFileSync(join(out, name), 'utf8');

describe('audit export --cloudwatch', () => {
  test('writes what two publishers left, each line once, as an export that verifies with the public key alone', async () => {
    const { code, out: told, err } = await exported();

    expect({ code, err }).toEqual({ code: 0, err: '' });
    const events = trail.published.flatMap((one) => one.events);
    expect(told).toContain(`${events.length} events under 5 checkpoints (1 to 5), 0 unproven`);
    expect(fileOf('events.jsonl')).toBe(events.map((line) => `${line}\n`).join(''));
    expect(fileOf('checkpoints.jsonl')).toBe(
      trail.published.map(({ checkpoint }) => `${checkpoint.record}\n`).join(''),
    );
    const { code: whole, out: report } = await verified();
    expect(whole).toBe(0);
    expect(JSON.parse(report)).toMatchObject({ ok: true, checkpoints: 5, duplicates: 0, trusted: { number: 5 } });
  });

  test('adds other forms, and what no checkpoint covers, when it is asked to', async () => {
    expect(await exported('--format', 'csv', 'fhir', '--unproven')).toMatchObject({
      code: 0,
      out: expect.stringContaining('3 unproven'),
    });
    expect(await verified()).toMatchObject({ code: 0, out: expect.stringContaining('"events": 3') });
  });

  test('continues after an earlier export', async () => {
    expect(await exported('--from-checkpoint', '3')).toMatchObject({
      code: 0,
      out: expect.stringContaining('under 2 checkpoints (4 to 5)'),
    });
    const { hash } = trail.published[2]!.checkpoint;
    expect(await verified('--trusted', `3:${hash}`)).toMatchObject({ code: 0 });
  });

  test('names the first bad record of the log group, and leaves no manifest', async () => {
    const [name, lines] = [...aws.streams].find(([stream]) => stream.includes('/00000010-'))!;
    aws.streams.set(name, lines.toSpliced(20, 1));
    const { code, out: told, err } = await exported();
    expect({ code, told }).toEqual({ code: 1, told: '' });
    expect(err).toMatch(/What was published is broken: .*00000010-.* line \d+.*is not a valid export: remove it/s);
    expect(existsSync(join(out, 'manifest.json'))).toBe(false);
  });

  test('is held to the bucket: a log group whose end was cut off is no export', async () => {
    for (const [name, lines] of aws.streams) aws.streams.set(name, lines.slice(0, -8));
    const { code, err } = await exported();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('checkpoint 5 is missing') });
    expect(existsSync(join(out, 'manifest.json'))).toBe(false);
  });

  test('loses nothing when it is throttled or cut off', async () => {
    aws.troubles.push(jsonError('ThrottlingException', 'Rate exceeded'), 'hang up');
    expect(await exported()).toMatchObject({ code: 0 });
    expect(await verified()).toMatchObject({ code: 0 });
  });

  test('writes into no directory that holds something, and needs a stage', async () => {
    writeFileSync(join(folder, 'audit.pem'), '');
    const there = ['export', '--cloudwatch', '--stage', 'dev', '--out', folder];
    expect(await stage.run(...there)).toMatchObject({ code: 2, err: expect.stringContaining('is not empty') });
    const nowhere = ['export', '--cloudwatch', '--out', out];
    expect(await stage.run(...nowhere)).toMatchObject({ code: 2, err: expect.stringContaining('--stage') });
    expect(existsSync(out)).toBe(false);
  });
});
