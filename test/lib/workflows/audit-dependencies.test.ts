import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Answers as https://registry.npmjs.org/-/npm/v1/security/advisories/bulk does: advisories by package. */
const advisory = (severity: string) => [
  {
    // npm keeps what it has heard of an id.
    id: 1_100_000 + ['moderate', 'high', 'critical'].indexOf(severity),
    url: 'https://github.com/advisories/GHSA-xxxx-xxxx-xxxx',
    title: 'Prototype pollution',
    severity,
    vulnerable_versions: '>=0.0.0',
    cwe: ['CWE-1321'],
    cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  },
];

let server: Server;
let cache: string;
let answer: { status: number; body: unknown };

beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'healthcare-ai-npm-'));
  server = createServer((request, response) => {
    const bulk = request.url === '/-/npm/v1/security/advisories/bulk';
    const { status, body } = bulk ? answer : { status: 404, body: {} };
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(cache, { recursive: true, force: true });
});

async function audit(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [join('scripts', 'audit-dependencies.ts'), ...args], {
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_fetch_retries: '0',
      npm_config_cache: cache,
      npm_config_noproxy: '127.0.0.1',
    },
    timeout: 150_000,
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}

describe('npm run audit:dependencies', () => {
  it('passes where the registry knows of nothing', async () => {
    answer = { status: 200, body: {} };
    expect(await audit()).toMatchObject({ code: 0, out: expect.stringContaining('0 packages') });
  });

  it('fails for a high one in the image, and names it', async () => {
    answer = { status: 200, body: { express: advisory('high') } };
    const { code, out } = await audit();
    expect(code).toBe(1);
    expect(out).toContain(
      'high, in the image: express: Prototype pollution https://github.com/advisories/GHSA-xxxx-xxxx-xxxx\n',
    );
  });

  it('shows, and lets pass, a moderate one and one that only builds or tests', async () => {
    answer = { status: 200, body: { express: advisory('moderate'), jest: advisory('critical') } };
    const { code, out } = await audit();
    expect(out).toContain('moderate, in the image: express');
    expect(out).toContain('critical, only builds or tests: jest');
    expect(code).toBe(0);
  });

  it('fails where the registry does not answer, and only reports it with --report', async () => {
    answer = { status: 405, body: {} };
    const expected = expect.stringMatching(/^Not checked: 405 Method Not Allowed/);
    expect(await audit()).toMatchObject({ code: 1, out: expected });
    expect(await audit('--report')).toMatchObject({ code: 0, out: expected });
  });

  it('with --report fails for nothing', async () => {
    answer = { status: 200, body: { express: advisory('critical') } };
    expect(await audit('--report')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 of them high or critical'),
    });
  });

  it('answers an option that it does not know with how it is used', async () => {
    expect(await audit('--fix')).toMatchObject({
      code: 2,
      err: expect.stringContaining('usage: npm run audit:dependencies'),
    });
  });
});

it('The lock file names no package without its digest, but for those of other platforms that a mirror did not hold', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<
      string,
      { link?: boolean; integrity?: string; inBundle?: boolean; optional?: boolean; os?: string[]; cpu?: string[] }
    >;
  };
  const bare = Object.entries(packages)
    .filter(([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle)
    .filter(([, { integrity }]) => !/^sha(512|384|256)-/.test(integrity ?? ''))
    .filter(([, { optional, os, cpu }]) => !(optional && (os ?? cpu)));
  expect(bare.map(([path]) => path)).toEqual([]);
});
