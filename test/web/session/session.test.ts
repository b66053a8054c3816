import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Route } from 'playwright-core';
import { describeInChromium, executablePath, startWebStage, type Visit, type WebStage } from '../support/page.ts';

const minute = 60_000;

describeInChromium()('a session of the page', () => {
  let stage: WebStage<'clinician' | 'auditor' | 'leaver'>;
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
        leaver: { principal: 'dr-weber', roles: ['clinician'] },
      },
      // A page of this origin may call the API, and yet not with the cookie.
      env: { PAGE_SIGN_IN: 'api-key', CORS_ORIGINS: JSON.stringify([sibling]) },
    });
  });
  afterAll(async () => {
    await stage?.stop();
    elsewhere?.close();
  });

  const lastEnd = async (principal = 'dr-jones') =>
    (await stage.as('auditor').post('/audit/search', { action: 'session.end', principal, limit: 1 })).body.events[0];
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

  test('has nothing that axe-core finds on its documents, in light and dark', async () => {
    const found: string[] = [];
    for (const path of ['/app/signin', '/app/signed-out', '/app/signed-out#idle']) {
      const visit = await stage.visitSignedOut(path);
      await visit.page.getByRole('heading', { level: 1 }).waitFor();
      found.push(...(await visit.axe()));
      if (path === '/app/signin') {
        await visit.page.getByLabel('API key').fill('wrong');
        await visit.page.keyboard.press('Enter');
        await visit.page.getByRole('alert').waitFor();
        found.push(...(await visit.axe()));
      }
      await visit.close();
    }
    expect(found).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'an answer of a proxy, without a request id',
      { status: 502, body: 'Bad gateway' },
      'The service failed. Try again.',
    ],
    [
      'a service that restarts',
      {
        status: 503,
        headers: { 'Retry-After': '5', 'X-Request-Id': 'r-7' },
        body: '{"detail":"The service is stopping."}',
      },
      'The service is stopping. Request r-7.',
    ],
  ])('says what to do after %s', async (_what, answer, words) => {
    const { page } = await stage.visitSignedOut('/app/signin');
    await page.route('**/session', (route) => route.fulfill(answer));
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.keyboard.press('Enter');

    expect(await page.getByRole('alert').textContent()).toBe(words);
  });

  test('refuses what no key can be without sending it, and does not blame the network', async () => {
    const { page, requests } = await stage.visitSignedOut('/app/signin');
    await page.getByLabel('API key').fill('hai_\u201cpasted\u201d');
    await page.keyboard.press('Enter');

    expect(await page.getByRole('alert').textContent()).toMatch(/characters that no key has/);
    expect(requests).not.toContain('POST /session');
  });

  test('without a network it says so, and trying again keeps where the person wanted to go', async () => {
    const { page } = await stage.visitSignedOut('/app/signed-out');
    await page.route('**/app/config.json', (route) => route.abort());
    await page.goto(`${stage.url}/app/signin#/app/patients`);
    await page.getByText('The service cannot be reached').waitFor();
    await page.unroute('**/app/config.json');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.keyboard.press('Enter');

    await page.waitForURL(`${stage.url}/app/patients`);
  });

  test('ends by the button, also on a second click: the browser forgets it', async () => {
    const visit = await stage.visit('clinician', '/app/patients');
    await visit.page.getByRole('button', { name: 'Sign out' }).dblclick();
    await visit.page.waitForURL(`${stage.url}/app/signed-out`);

    expect(await cookies(visit)).toEqual([]);
    expect(await lastEnd()).toMatchObject({ reason: 'signed-out' });
    await visit.page.goto(`${stage.url}/app/patients`);
    await visit.page.waitForURL(`${stage.url}/app/signin**`);
  });

  test('after its end Back shows nothing, though the browser keeps pages in memory', async () => {
    // Playwright switches that memory off.
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], ignoreDefaultArgs });
    const page = await browser.newPage();
    const show = async (path: string) => {
      await page.goto(stage.url + path);
      await page.getByText('dr-jones').waitFor();
    };
    await page.goto(`${stage.url}/app/signin#/app/patients`);
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.keyboard.press('Enter');
    await page.getByText('dr-jones').waitFor();
    await show('/app/try');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${stage.url}/app/signed-out`);
    await page.evaluate('history.back()');
    await page.getByLabel('API key').waitFor();
    const shown = await page.content();
    await browser.close();

    expect(shown).not.toContain('dr-jones');
  });

  test.each<[string, (route: Route) => unknown]>([
    ['answers with something else', (route) => route.fulfill({ status: 503, body: 'Service unavailable' })],
    ['does not answer', () => undefined],
  ])('ends by the button also when the service %s to where the provider is', async (_what, answer) => {
    const visit = await stage.visit('clinician', '/app/patients');
    await visit.page.route('**/app/config.json', answer);
    await visit.page.getByRole('button', { name: 'Sign out' }).click();

    await visit.page.waitForURL(`${stage.url}/app/signed-out`, { timeout: 15_000 });
    expect(await cookies(visit)).toEqual([]);
  });

  test('that could not be ended without a network is ended when the network is there again', async () => {
    const visit = await stage.visit('clinician', '/app/patients');
    const { page } = visit;
    await page.getByText('dr-jones').waitFor();
    await page.route('**/session/end', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Your session is still open').waitFor();
    expect(await cookies(visit)).toHaveLength(1);
    await page.unroute('**/session/end');
    await page.getByText('Your session has ended').waitFor();

    expect(await cookies(visit)).toEqual([]);
    expect(await lastEnd()).toMatchObject({ reason: 'signed-out' });
  });

  describe('that several tabs share', () => {
    const open = async ({ context }: Visit, path: string) => {
      const page = await context.newPage();
      await page.goto(stage.url + path);
      return page;
    };

    test('ends in all of them, also where a request is refused meanwhile', async () => {
      const visit = await stage.visit('clinician', '/app/patients', { ownProfile: true });
      const other = await open(visit, '/app/try');
      await other.getByText('dr-jones').waitFor();
      await other.route('**/app/api/analyze*', async (route) => {
        await visit.page.waitForURL('**/app/signed-out');
        await route.continue().catch(() => undefined);
      });
      await other.getByRole('button', { name: 'Show a sample note' }).click();
      await visit.page.getByRole('button', { name: 'Sign out' }).click();

      await other.waitForURL(`${stage.url}/app/signed-out`);
      await other.getByText('Your session has ended').waitFor();
    });

    test('and begins in all of them: a tab at the sign-in page continues, a tab of another person leaves its page', async () => {
      const visit = await stage.visit('clinician', '/app/patients', { ownProfile: true });
      await visit.page.getByLabel('Patient ID').fill('MRN-1');
      const same = await open(visit, '/app/try');
      await same.getByRole('button', { name: 'Show a sample note' }).click();
      await same.waitForSelector('.try-result');
      const signIn = await open(visit, '/app/signin#/app/audit');
      const waiting = await open(visit, '/app/signin#/app/try');
      await waiting.getByLabel('API key').waitFor();
      const enter = async (name: 'clinician' | 'auditor') => {
        await signIn.goto(`${stage.url}/app/signed-out`);
        await signIn.goto(`${stage.url}/app/signin#/app/audit`);
        await signIn.getByLabel('API key').fill(stage.tokens[name]);
        await signIn.keyboard.press('Enter');
      };

      await enter('clinician');
      await waiting.getByText('dr-jones').waitFor();
      expect(await same.locator('.try-result').count()).toBe(1);
      expect(await visit.page.getByLabel('Patient ID').inputValue()).toBe('MRN-1');
      await enter('auditor');
      for (const page of [visit.page, same, waiting]) {
        await page.locator('.who-name', { hasText: 'auditor' }).waitFor();
        expect(await page.content()).not.toMatch(/MRN-1|Hartnell|dr-jones/);
      }
    });
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
    expect(await lastEnd()).toMatchObject({ reason: 'idle' });
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

  test('without a network a person who left is still warned, and the screen is cleared', async () => {
    const { page } = await stage.visit('clinician', '/app/patients', { ownProfile: true });
    await page.clock.install();
    await page.reload();
    await page.getByText('dr-jones').waitFor();
    await page.route('**/*', (route) => route.abort());
    await page.clock.runFor(11 * minute + 32_000);
    await page.getByText('You will be signed out in').waitFor();
    expect(await page.getByText('dr-jones').count()).toBe(1);
    await page.clock.runFor(2 * minute);

    await page.locator('.who-name').waitFor({ state: 'detached' });
  });

  test.each<[string, number, number]>([
    ['forward, as after sleep', 20 * minute, 3000],
    ['back, as after a correction', -60 * minute, 14 * minute],
  ])('of a person who left ends in time though the clock jumps %s', async (_what, jump, wait) => {
    const { page } = await stage.visit('clinician', '/app/patients', { ownProfile: true });
    await page.clock.install();
    await page.reload();
    await page.getByText('dr-jones').waitFor();
    await page.clock.setSystemTime(Date.now() + jump);
    await page.clock.runFor(wait);

    await page.waitForURL(`${stage.url}/app/signed-out#idle`);
  });

  test.each<[string, string, string | undefined]>([
    [
      '12 hours passed',
      `UPDATE sessions SET expires_at = expires_at - interval '12 hours' WHERE principal = 'dr-weber'`,
      'expired',
    ],
    [
      'nobody used it for 15 minutes',
      `UPDATE sessions SET seen_at = seen_at - interval '15 minutes' WHERE principal = 'dr-weber'`,
      'idle',
    ],
    ['its key was revoked', `UPDATE api_keys SET revoked_at = now() WHERE principal = 'dr-weber'`, 'revoked'],
    ['an operator ended it', `DELETE FROM sessions WHERE principal = 'dr-weber'`, undefined],
  ])('[164.312(a)(2)(iii)] after %s, the next request leads to signing in', async (_what, sql, reason) => {
    if (!stage.database.server) return;
    const { page } = await stage.visit('leaver', '/app/patients');
    await page.getByText('dr-weber').waitFor();
    await stage.database.server.query(sql);
    await page.getByRole('link', { name: 'Work list' }).click();

    await page.waitForURL(`${stage.url}/app/signin#resume:/app/`);
    await page.getByLabel('API key').waitFor();
    expect(await page.content()).not.toContain('dr-weber');
    if (reason) expect(await lastEnd('dr-weber')).toMatchObject({ reason });
    if (reason === 'revoked') {
      await stage.database.server.query(`UPDATE api_keys SET revoked_at = NULL WHERE principal = 'dr-weber'`);
    }
  });

  test('[164.312(d)] is new at each sign-in, opens nothing outside the page, and cannot be replayed after its end', async () => {
    const visit = await stage.visitSignedOut('/app/signin', { ownProfile: true });
    const { page, context } = visit;
    const planted = 'P'.repeat(43);
    const refused = await page.evaluate<string>(`(() => {
      document.cookie = '__Host-Http-hai=${planted}; Path=/; Secure; SameSite=Strict';
      return document.cookie;
    })()`);
    expect(refused).toBe('');
    const cookie = { name: '__Host-Http-hai', path: '/', secure: true, httpOnly: true, domain: '127.0.0.1' };
    await context.addCookies([{ ...cookie, value: planted, sameSite: 'Strict' }]);
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.keyboard.press('Enter');
    await page.getByText('dr-jones').waitFor();
    const [session] = await cookies(visit);
    expect(session!.value).not.toBe(planted);

    const { audit_id: note } = (
      await stage.as('clinician').post('/ingest', { patient_id: 'p', note_text: 'BP 120/80' })
    ).body;
    const status = (path: string) => page.evaluate<number>(`fetch('${path}').then(({ status }) => status)`);
    expect([await status(`/app/api/notes/${note}`), await status(`/notes/${note}`)]).toEqual([200, 401]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${stage.url}/app/signed-out`);
    await context.addCookies([session!]);
    expect(await status(`/app/api/notes/${note}`)).toBe(401);
    await page.goto(`${stage.url}/app/notes/${note}`);
    await page.waitForURL(`${stage.url}/app/signin**`);
  });

  test('[164.312(d)] cannot be used by a page of a sibling subdomain, though the browser sends the cookie', async () => {
    const service = stage.url.replace('127.0.0.1', 'notes.hospital.localhost');
    const visit = await stage.visitSignedOut('/app/signin', { ownProfile: true });
    const { page, context } = visit;
    await page.goto(`${service}/app/signin`);
    await page.getByLabel('API key').fill(stage.tokens.clinician);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.who-name').waitFor();
    // The work list of the page itself.
    await page.waitForLoadState('networkidle');
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
