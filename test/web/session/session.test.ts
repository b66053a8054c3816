import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeInChromium, startWebStage, type Visit, type WebStage } from '../support/page.ts';

const minute = 60_000;

describeInChromium()('a session of the page', () => {
  let stage: WebStage<'clinician' | 'auditor'>;
  let elsewhere: Server;
  let sibling: string;

  beforeAll(async () => {
    elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    sibling = `http://intranet.hospital.localhost:${(elsewhere.address() as AddressInfo).port}`;
    stage = await startWebStage({
      keys: {
        clinician: { principal: 'dr-jones', roles: ['clinician'] },
        auditor: { roles: ['auditor'] },
      },
      // A page of this origin may call the API, and yet not with the cookie.
      env: { PAGE_SIGN_IN: 'api-key', CORS_ORIGINS: JSON.stringify([sibling]) },
    });
  });
  afterAll(async () => {
    await stage?.stop();
    elsewhere?.close();
  });

  const lastEnd = async () =>
    (await stage.as('auditor').post('/audit/search', { action: 'session.end', limit: 1 })).body.events[0];
  const cookies = async ({ context }: Visit) =>
    (await context.cookies(stage.url)).filter(({ name }) => name === '__Host-Http-hai');

  test('[164.312(d)] begins with a key that is typed once, by keyboard alone, and leads to where the person wanted', async () => {
    const visit = await stage.visitSignedOut('/app/patients');
    const { page } = visit;
    await page.getByLabel('API key').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(stage.tokens.clinician);
    await page.keyboard.press('Enter');
    await page.getByText('dr-jones').waitFor();

    expect(page.url()).toBe(`${stage.url}/app/patients`);
    expect(await visit.storage()).not.toContain(stage.tokens.clinician);
    expect(JSON.parse(await visit.storage()).slice(0, 3)).toEqual(['[{},{},null]', [], []]);
    expect(visit.urls.join()).not.toContain('hai_');
    expect(visit.console.join()).not.toContain('hai_');
    expect(await visit.violations()).toEqual([]);
    expect(await cookies(visit)).toEqual([
      expect.objectContaining({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/', expires: -1 }),
    ]);
  });

  test('says what is wrong with a key, and under which id to report it', async () => {
    const { page, violations } = await stage.visitSignedOut('/app/signin');
    await page.getByLabel('API key').fill('hai_000000000000_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();

    expect(await page.getByRole('alert').textContent()).toMatch(/refused.*Request [0-9a-f-]{36}/);
    expect(await page.getByLabel('API key').inputValue()).toBe('');
    expect(await violations()).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('has nothing that axe-core finds on its documents, %s', async (colorScheme) => {
    for (const path of ['/app/signin', '/app/signed-out', '/app/signed-out#idle']) {
      const visit = await stage.visitSignedOut(path, { colorScheme });
      await visit.page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await visit.axe()]).toEqual([path, []]);
      await visit.close();
    }
  });

  test('ends by the button: the browser forgets it, and going back shows nothing', async () => {
    const visit = await stage.visit('clinician', '/app/patients');
    await visit.page.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.waitForURL(`${stage.url}/app/signed-out`);

    expect(await cookies(visit)).toEqual([]);
    expect(await lastEnd()).toMatchObject({ principal: 'dr-jones', reason: 'signed-out' });
    await visit.page.goBack().catch(() => undefined);
    await visit.page.goto(`${stage.url}/app/patients`);
    await visit.page.waitForURL(`${stage.url}/app/signin**`);
  });

  test('[164.312(a)(2)(iii)] of a person who left is announced, then ended, and the screen is cleared', async () => {
    const visit = await stage.visit('clinician', '/app/patients', { ownProfile: true });
    const { page } = visit;
    await page.clock.install();
    await page.reload();
    await page.getByText('dr-jones').waitFor();
    await page.clock.runFor(11 * minute);
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.clock.runFor(minute + 2000);
    await page.getByRole('dialog', { name: 'Are you still there?' }).waitFor();
    expect(await visit.axe()).toEqual([]);
    await page.clock.runFor(2 * minute);
    await page.waitForURL(`${stage.url}/app/signed-out#idle`);

    await page.getByText('nobody used the page').waitFor();
    // The page does not wait for the answer.
    while ((await cookies(visit)).length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await lastEnd()).toMatchObject({ principal: 'dr-jones', reason: 'idle' });
    expect(await visit.violations()).toEqual([]);
  });

  test('goes on when the person answers, or was active in time', async () => {
    const { page, requests } = await stage.visit('clinician', '/app/patients', { ownProfile: true });
    await page.clock.install();
    await page.reload();
    await page.getByText('dr-jones').waitFor();
    requests.length = 0;
    await page.clock.runFor(10 * minute);
    await page.keyboard.press('Shift');
    await page.clock.runFor(10 * minute);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(requests).toEqual(['GET /app/api/me']);

    await page.clock.runFor(2 * minute + 2000);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.clock.runFor(10 * minute);

    expect(page.url()).toBe(`${stage.url}/app/patients`);
    expect(requests).toEqual(['GET /app/api/me', 'GET /app/api/me']);
  });

  test('that was ended elsewhere leads to signing in at the next request', async () => {
    if (!stage.database.server) return;
    const { page } = await stage.visit('clinician', '/app/patients');
    await page.getByText('dr-jones').waitFor();
    await stage.database.server.query('DELETE FROM sessions');
    await page.getByRole('link', { name: 'Work list' }).click();

    await page.waitForURL(`${stage.url}/app/signin#resume:/app/`);
  });

  test('[164.312(d)] cannot be used by a page of a sibling subdomain, though the browser sends the cookie', async () => {
    const service = stage.url.replace('127.0.0.1', 'notes.hospital.localhost');
    const visit = await stage.visitSignedOut('/app/signin', { ownProfile: true });
    const { page, context } = visit;
    await page.goto(`${service}/app/signin`);
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('dr-jones').waitFor();
    const from = new Date().toISOString();
    const statuses: [string, number, boolean][] = [];
    page.on('response', async (response) => {
      const { cookie } = await response.request().allHeaders();
      statuses.push([new URL(response.url()).pathname, response.status(), cookie !== undefined]);
    });

    await page.goto(`${sibling}/`);
    const read = await page.evaluate<string>(`(async (url) => {
      const forged = '{"patient_id":"p","note_text":"forged"}';
      const json = { 'Content-Type': 'application/json' };
      const attempts = [
        fetch(url + '/app/api/me', { credentials: 'include' }),
        fetch(url + '/app/api/me', { credentials: 'include', mode: 'no-cors' }),
        fetch(url + '/app/api/ingest', { method: 'POST', credentials: 'include', mode: 'no-cors', body: forged }),
        fetch(url + '/app/api/ingest', { method: 'POST', credentials: 'include', headers: json, body: forged }),
        fetch(url + '/session/end', { method: 'POST', credentials: 'include', mode: 'no-cors' }),
      ];
      const texts = await Promise.all(attempts.map((one) => one.then((response) => response.text(), () => '')));
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', enctype: 'text/plain', action: url + '/app/api/ingest' });
      document.body.append(form);
      form.submit();
      return texts.join('');
    })(${JSON.stringify(service)})`);
    await page.waitForURL(`${service}/**`);

    const forged = statuses.filter(([path]) => path.startsWith('/app/api') || path === '/session/end');
    expect(read).not.toContain('dr-jones');
    expect(forged.filter(([, status]) => status < 400)).toEqual([]);
    // Strict is about sites, and a sibling is the same site: fetch metadata is what stops it.
    expect(forged.some(([, status, sent]) => status === 403 && sent)).toBe(true);
    for (const action of ['note.create', 'session.end']) {
      const { events } = (await stage.as('auditor').post('/audit/search', { from, principal: 'dr-jones', action }))
        .body;
      expect(events).toEqual([]);
    }
    await page.goto(`${service}/app/patients`);
    await page.getByText('dr-jones').waitFor();
    await context.clearCookies();
  });
});
