import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import express from 'express';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as z from 'zod';
import { createDocs } from '../../../service/src/http/docs/index.ts';
import { buildOpenApi } from '../../../service/src/http/openapi/build-openapi.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const maybe = executablePath === undefined ? describe.skip : describe;
if (executablePath === undefined) console.warn('skipped: /docs in a browser (no Chromium found: apt install chromium)');

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // On localhost Swagger UI leaves its validator on the internet alone, so the page is given another name.
  '--host-resolver-rules=MAP notes.example 127.0.0.1',
];

const openApi = buildOpenApi({
  version: '1.2.3',
  routes: [
    {
      method: 'post',
      path: '/ingest',
      operationId: 'ingestNote',
      summary: 'Ingest a clinical note',
      tags: ['Notes'],
      roles: ['integration'],
      request: { body: z.object({ patient_id: z.string(), note_text: z.string() }).meta({ id: 'NoteRequest' }) },
      responses: {
        200: { description: 'Committed.', schema: z.object({ audit_id: z.uuid() }).meta({ id: 'Receipt' }) },
      },
    },
    {
      method: 'get',
      path: '/health',
      operationId: 'health',
      summary: 'Whether the process serves',
      tags: ['Service'],
      public: true,
      responses: { 200: { description: 'It does.', schema: z.object({ status: z.string() }) } },
    },
  ],
});

maybe('the page at /docs, in Chromium', () => {
  const received: { authorization: string | undefined; body: unknown }[] = [];
  const asked: string[] = [];
  const complaints: string[] = [];
  let server: Server;
  let browser: Browser;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    const app = express();
    app.use('/docs', createDocs({ assets: dirname(require.resolve('swagger-ui-dist/package.json')) }));
    app.get('/openapi.json', (_request, response) => void response.json(openApi));
    app.post('/ingest', express.json(), (request, response) => {
      received.push({ authorization: request.headers.authorization, body: request.body });
      response.json({ audit_id: '0192aaaa-0000-7000-8000-000000000001' });
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://notes.example:${(server.address() as AddressInfo).port}`;

    browser = await chromium.launch({ executablePath, headless: true, args });
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    // Inline styles that are refused do not always reach the console.
    await page.addInitScript({
      content: `window.violations = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          window.violations.push([event.violatedDirective, event.blockedURI, event.sourceFile].join(' ')));`,
    });
    await page.goto(`${base}/docs`);
    await page.waitForSelector('.opblock', { timeout: 20_000 });
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  const violations = () => page.evaluate<string[]>('window.violations');

  test('shows every operation', async () => {
    expect(await page.locator('.info .title').textContent()).toContain('Healthcare AI Service');
    expect(await page.locator('.opblock-summary-path').allTextContents()).toEqual(['/ingest', '/health']);
    await page.screenshot({ path: join(tmpdir(), 'healthcare-ai-docs.png'), fullPage: true });
  });

  test('sends a request that is tried out, with the credential that was entered', async () => {
    await page.click('button.authorize');
    await page.locator('.auth-container input').first().fill('test-key');
    await page.locator('.auth-container .auth-btn-wrapper button.authorize').first().click();
    await page.locator('.auth-container .auth-btn-wrapper button.btn-done').first().click();
    await page.click('#operations-Notes-ingestNote .opblock-summary-control');
    await page.click('#operations-Notes-ingestNote .try-out__btn');
    await page.fill('#operations-Notes-ingestNote textarea', '{"patient_id":"p-1","note_text":"BP 120/80"}');
    await page.click('#operations-Notes-ingestNote .execute');
    await page.waitForSelector('#operations-Notes-ingestNote .live-responses-table .response-col_status');

    expect(received).toEqual([
      { authorization: 'Bearer test-key', body: { patient_id: 'p-1', note_text: 'BP 120/80' } },
    ]);
    expect(await page.locator('#operations-Notes-ingestNote .live-responses-table').textContent()).toContain(
      '0192aaaa',
    );
    await page.screenshot({ path: join(tmpdir(), 'healthcare-ai-docs-tried.png'), fullPage: true });
  });

  test('asks nobody but the service', () => {
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((url) => !url.startsWith(`${base}/`) && !url.startsWith('data:'))).toEqual([]);
  });

  test('breaks its policy nowhere, and complains of nothing', async () => {
    expect(await violations()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('would be seen breaking its policy', async () => {
    await page.evaluate(`document.head.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))`);

    expect(await violations()).toEqual([expect.stringContaining('style-src-elem inline')]);
  });
});
