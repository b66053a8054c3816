import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import express from 'express';
import { createDocs, docsAssets } from '../../../service/src/http/docs/index.ts';

const assets = dirname(require.resolve('swagger-ui-dist/package.json'));
let server: Server;
let base: string;

async function serve(folder: string): Promise<void> {
  const app = express();
  app.use('/docs', createDocs({ assets: folder }));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path: string, redirect: 'manual' | 'follow' = 'manual') => fetch(`${base}${path}`, { redirect });

test('every answer carries a policy that allows nothing inline and nothing from elsewhere', async () => {
  await serve(assets);

  for (const path of ['/docs', '/docs/', '/docs/init.js', ...docsAssets.map((file) => `/docs/${file}`)]) {
    const policy = (await get(path)).headers.get('content-security-policy');
    expect(policy).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
  }
});

test('the page and all that it refers to are there, with their types', async () => {
  await serve(assets);
  const page = await get('/docs/');
  const html = await page.text();
  const references = [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, reference]) => reference as string)
    .filter((reference) => reference !== '../openapi.json');

  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(references).toEqual(['favicon-32x32.png', 'swagger-ui.css', 'swagger-ui-bundle.js', 'init.js']);
  const types = await Promise.all(
    references.map(async (file) => (await get(`/docs/${file}`)).headers.get('content-type')),
  );
  expect(types).toEqual([
    'image/png',
    'text/css; charset=utf-8',
    'text/javascript; charset=utf-8',
    'text/javascript; charset=utf-8',
  ]);
});

test('the page has no inline script, style or handler', async () => {
  await serve(assets);
  const html = await (await get('/docs/')).text();

  expect(html).not.toMatch(/<style|style=|\son\w+=|<script>/i);
});

test('/docs leads to /docs/, whatever stands in front of it', async () => {
  await serve(assets);
  const response = await get('/docs?x=//evil.example');

  expect(response.status).toBe(308);
  expect(new URL(response.headers.get('location') as string, `${base}/prefix/docs`).pathname).toBe('/prefix/docs/');
  expect((await get('/docs', 'follow')).url).toBe(`${base}/docs/`);
});

test('no other file of the folder can be had', async () => {
  await serve(assets);

  for (const path of ['package.json', 'index.html', '..%2fexpress%2fpackage.json', 'swagger-ui.js', '%2e%2e/x']) {
    expect((await get(`/docs/${path}`)).status).toBe(404);
  }
});

test('a folder without the files makes 404s, not failures', async () => {
  await serve('/nowhere');

  expect((await get('/docs/')).status).toBe(200);
  expect((await get('/docs/swagger-ui.css')).status).toBe(404);
});
