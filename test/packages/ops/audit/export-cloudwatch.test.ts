import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { jsonError } from '../../../service/support/fake-aws.ts';
import { buildTrail, type Published, type Trail } from '../../audit-trail/support/build-trail.ts';
import { quickClock, runAgainst } from '../support/run-command.ts';
import { FakeTrail } from './fake-trail.ts';

const never = () => Promise.reject(new Error('the database is not asked'));
const command = auditCommand({
  openStore: never,
  signingKeys: never,
  explain: (error) => ({ text: String(error), exitCode: 1 }),
  user: 'auditor',
  stdin: Readable.from([]),
  terminal: new PassThrough(),
});

let aws: FakeTrail;
let endpoint: string;
let trail: Trail;
let uuid: string;
let folder: string;
let out: string;

beforeEach(async () => {
  trail = await buildTrail({ seed: 42, events: 90, checkpoints: 5, writers: 3, rotation: 0.3, unproven: 3 });
  uuid = trail.origin.split('/')[1]!;
  aws = new FakeTrail();
  endpoint = await aws.start();
  aws.publicKey = trail.signers.at(-1)!.publicKey;
  const lines = [...trail.published.flatMap(linesOf), ...trail.unproven];
  aws.streams.set(streamOf(10), lines.slice(30));
  aws.streams.set(streamOf(2), lines.slice(0, 41));
  for (const { checkpoint } of trail.published) aws.keep(uuid, checkpoint);
  folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-export-'));
  out = join(folder, 'export');
});
afterEach(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

const streamOf = (term: number) => `${uuid}/${String(term).padStart(8, '0')}-${randomUUID()}`;
const linesOf = ({ events, checkpoint }: Published): string[] => [...events, checkpoint.record];

const run = (args: readonly string[]) =>
  runAgainst(['audit', ...args], { endpoint, command, clock: quickClock(trail.end.getTime()) });
const exported = (...args: string[]) => run(['export', '--cloudwatch', '--stage', 'dev', '--out', out, ...args]);
const verified = (...args: string[]) => {
  const key = join(folder, 'audit.pem');
  writeFileSync(key, publicKeyPem(trail.signers.at(-1)!.publicKey));
  return run(['verify', '--dir', out, '--public-key', key, '--json', ...args]);
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
    expect(await run(there)).toMatchObject({ code: 2, err: expect.stringContaining('is not empty') });
    const nowhere = ['export', '--cloudwatch', '--out', out];
    expect(await run(nowhere)).toMatchObject({ code: 2, err: expect.stringContaining('--stage') });
    expect(existsSync(out)).toBe(false);
  });
});
