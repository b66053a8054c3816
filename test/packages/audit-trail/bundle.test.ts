import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { verifierBundle } from '../../service/support/bundle.ts';
import { buildTrail, type Trail } from './support/build-trail.ts';
import { Exports } from './support/export-trail.ts';
import { Random } from './support/random.ts';
import { randomSigner } from './support/signers.ts';

const exports = new Exports();
let trail: Trail;
/** A folder with the verifier, the export and the key in it: nothing else of this project. */
let folder: string;

beforeAll(async () => {
  trail = await buildTrail({ seed: 31, events: 60, checkpoints: 3, writers: 2 });
  folder = exports.folder();
  copyFileSync(verifierBundle, join(folder, 'verify-audit.cjs'));
  copyFileSync(join(await exports.write(trail), 'manifest.json'), join(folder, 'unused'));
  writeFileSync(join(folder, 'audit.pem'), publicKeyPem(trail.signers[0]!.publicKey));
});
afterAll(() => exports.remove());

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['verify-audit.cjs', ...args], {
    cwd: folder,
    env: {},
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the verifier by itself', () => {
  test('verifies an export in an empty environment, with nothing but Node.js', async () => {
    const { status, stdout } = verify('--dir', await exports.write(trail), '--public-key', 'audit.pem');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^The trail is whole\./) });
    const { hash, statement } = trail.published.at(-1)!.checkpoint;
    expect(stdout).toContain(`--trusted ${statement.number}:${hash}`);
  });

  test('ends with 1 and names the first bad record', async () => {
    const directory = await exports.write(trail);
    const path = join(directory, 'events.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    const { chain, seq } = JSON.parse(lines[9]!);
    writeFileSync(path, lines.toSpliced(9, 1).join('\n'));
    const { status, stdout } = verify('--dir', directory, '--public-key', 'audit.pem');
    expect(status).toBe(1);
    expect(stdout).toContain(`BROKEN: event ${seq} of chain ${chain}`);
    const { fault } = JSON.parse(verify('--dir', directory, '--public-key', 'audit.pem', '--json').stdout);
    expect(fault).toMatchObject({ kind: 'event', chain, seq });
  });

  test('ends with 1 when the trail is too old, or signed by another key', async () => {
    const directory = await exports.write(trail);
    expect(verify('--dir', directory, '--public-key', 'audit.pem', '--max-age', '1s').status).toBe(1);
    writeFileSync(join(folder, 'other.pem'), publicKeyPem(randomSigner(new Random(1)).publicKey));
    expect(verify('--dir', directory, '--public-key', 'other.pem').status).toBe(1);
  });

  const rsa = spawnSync('openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']).stdout;
  const keys = {
    'a private key': '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n',
    'a key of another kind':
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n',
    'a certificate': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    'no PEM': 'hello',
    nothing: '',
    'an RSA key': rsa?.toString() || '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n',
  };

  test.each(Object.entries(keys))('ends with 2 when the file of the key holds %s', async (_, pem) => {
    writeFileSync(join(folder, 'bad.pem'), pem);
    const { status, stdout, stderr } = verify('--dir', await exports.write(trail), '--public-key', 'bad.pem');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^verify-audit: bad\.pem holds [^\n]+\n$/);
  });

  test.each([
    [[], /--dir/],
    [['--dir', '.'], /--public-key/],
    [['--dir', '/nowhere', '--public-key', 'audit.pem'], /\/nowhere cannot be read/],
    [['--dir', 'audit.pem', '--public-key', 'audit.pem'], /cannot be read as a directory/],
    [['--dir', '.', '--public-key', 'nowhere.pem'], /nowhere\.pem cannot be read/],
    [['--dir', '.', '--public-key', 'audit.pem', '--trusted', '1'], /NUMBER:HASH/],
    [['--dir', '.', '--public-key', 'audit.pem', '--max-age', '5'], /90s/],
    [['--what'], /--what/],
    [['--dir', '--public-key', 'audit.pem'], /ambiguous/],
    [['--dir', 'no\nwhere', '--public-key', 'audit.pem'], /no where cannot be read/],
    [['--dir', '.', '--public-key', 'audit.pem', '--origin', 'prod'], /STAGE\/UUID/],
    [['--dir', '.', '--public-key', '/dev/zero'], /\/dev\/zero is longer than/],
    [['--dir', '.', '--public-key', '.'], /EISDIR/],
  ])('ends with 2 and one line when it is used wrongly: %p', (args, message) => {
    const { status, stderr } = verify(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('says how it is used', () => {
    expect(verify('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Example:') });
    expect(readdirSync(folder)).toContain('verify-audit.cjs');
  });
});
