import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { readPageBuild } from '../../../service/src/http/page/build.ts';
import { type SignIn, servePage } from '../../../service/src/http/page/serve-page.ts';
import { securityHeaders } from '../../../service/src/http/security-headers.ts';

const provider = {
  authorizationEndpoint: 'https://login.example.org/authorize',
  tokenEndpoint: 'https://token.example.org/oauth2/token',
  clientId: 'page',
  scope: 'openid',
};
const script = 'console.log("the page")'.repeat(20);
const font = Buffer.from([1, 2, 3]);
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-page-'));
const servers: Server[] = [];
const served = new Map<string, string>();

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  write('index.html', '<!doctype html><title>Notes</title>');
  write('signin.html', '<!doctype html><title>Sign in</title>');
  const styleHashes = ['sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='];
  const routes = [
    { path: '/app', html: '<!doctype html><title>Notes</title><p>list' },
    { path: '/app/notes/:id', html: '<!doctype html><title>Notes</title><p>note' },
  ];
  write('page.json', JSON.stringify({ styleHashes, routes }));
  write('assets/main-1A2B.js', script);
  write('assets/main-1A2B.js.br', brotliCompressSync(script));
  write('assets/main-1A2B.js.gz', gzipSync(script));
  write('assets/sans-3C4D.woff2', font);
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

async function get(path: string, headers: Record<string, string> = {}, signIn: SignIn = 'api-key', method = 'GET') {
  const mode = JSON.stringify(signIn);
  if (!served.has(mode)) {
    const app = express();
    const options = {
      ...{ build: readPageBuild(folder), signIn, version: '1.2.3', breakGlassMinutes: 60 },
      headers: securityHeaders(),
    };
    app.use((_request, response, next) => {
      response.locals.context = { requestId: 'of-the-request' };
      next();
    });
    app.use('/app', servePage(options));
    app.use((_request, response) => void response.writeHead(404).end());
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    served.set(mode, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  // Not `fetch`, which asks for encodings and decodes them itself.
  const outgoing = request(served.get(mode)! + path, { headers, method });
  outgoing.end();
  const [incoming] = await once(outgoing, 'response');
  return {
    status: incoming.statusCode as number,
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(await incoming.toArray()),
  };
}

test.each(['/app/', '/app/notes/0192f0c1-2345-7abc-8def-0123456789ab', '/app/try', '/app/audit', '/app/signed-out'])(
  'gives the page at %s, never stored, under a policy that lets it call its own origin alone',
  async (path) => {
    const { status, headers, body } = await get(path);

    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>Notes</title>');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; " +
        "connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  },
);

test.each([
  ['/app/', '<p>list'],
  ['/app/notes/0192f0c1-2345-7abc-8def-0123456789ab', '<p>note'],
  ['/app/notes/0192f0c1-2345-7abc-8def-0123456789ab/', '<p>note'],
  ['/app/notes/a/b', '</title>'],
  ['/app/signed-out', '</title>'],
])('gives at %s the form of the page that preloads the code of the route', async (path, end) => {
  expect((await get(path)).body.toString().endsWith(end)).toBe(true);
});

test.each([
  ['api-key', "connect-src 'self';"],
  [provider, "connect-src 'self' https://token.example.org;"],
] as const)(
  'the document for signing in may call the token endpoint and nothing else: %p',
  async (signIn, expected) => {
    const { headers, body } = await get('/app/signin?code=abc', {}, signIn);

    expect(body.toString()).toContain('<title>Sign in</title>');
    expect(headers['content-security-policy']).toContain(expected);
    expect(headers['cache-control']).toBe('no-store');
  },
);

test.each([
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP;q=0.5, BR;q=1.0', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.0, gzip;q=0', undefined],
  ['brotli', undefined],
])('to Accept-Encoding %p it gives an asset as %p, which a browser keeps for ever', async (accepted, encoding) => {
  const { status, headers, body } = await get('/app/assets/main-1A2B.js', { 'Accept-Encoding': accepted });

  const expected = { br: brotliCompressSync(script), gzip: gzipSync(script) }[encoding ?? ''] ?? Buffer.from(script);
  expect(status).toBe(200);
  expect(body).toEqual(expected);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-length']).toBe(String(expected.length));
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers.vary).toBe('Accept-Encoding');
});

test('a font has its type, and comes as it is', async () => {
  const { headers, body } = await get('/app/assets/sans-3C4D.woff2', { 'Accept-Encoding': 'br' });

  expect(headers['content-type']).toBe('font/woff2');
  expect(body).toEqual(font);
});

test('every answer has the security headers and the id of its request, each once', async () => {
  for (const path of ['/app/', '/app/signin', '/app/config.json', '/app/assets/main-1A2B.js', '/app']) {
    const { headers } = await get(path);
    for (const name of ['strict-transport-security', 'x-content-type-options', 'x-frame-options', 'referrer-policy']) {
      expect([path, headers[name]]).toEqual([path, expect.stringMatching(/^[^,]+$/)]);
    }
    expect(headers['x-request-id']).toBe('of-the-request');
  }
});

test('without the slash it leads to its folder, also behind a prefix', async () => {
  const { status, headers } = await get('/app');

  expect(status).toBe(308);
  expect(headers.location).toBe('app/');
});

test.each(['/app/assets/none.js', '/app/assets/main-1A2B.js.br', '/app/assets/..%2Findex.html', '/app/assets/'])(
  'it has no %s',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);

test('it answers HEAD, and no other method', async () => {
  const head = await get('/app/', {}, 'api-key', 'HEAD');

  expect([head.status, head.body.length, Number(head.headers['content-length']) > 0]).toEqual([200, 0, true]);
  expect((await get('/app/', {}, 'api-key', 'POST')).status).toBe(404);
});

test('a folder without the page is no page', () => {
  expect(readPageBuild(join(folder, 'none'))).toBeUndefined();
});
