import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../service/support/free-port.ts';
import { describeInChromium, startWebStage, type Visit, type WebStage } from '../support/page.ts';

describeInChromium()('signing in at oidc-provider, an issuer of somebody else', () => {
  let provider: ChildProcess;
  let issuer: string;
  let stage: WebStage<'auditor'>;
  let visit: Visit;

  beforeAll(async () => {
    const port = await freePort();
    const command = ['test/web/support/oidc-provider.ts', `http://127.0.0.1:${port}`];
    provider = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: provider.stdout! })) {
      issuer = line;
      if (line.startsWith('http')) break;
    }
    const issuers = [
      {
        issuer,
        audiences: 'https://notes.example.org',
        keys: { uri: `${issuer}/jwks` },
        tenant: 'north',
        roles: '/scope',
      },
    ];
    const signIn = {
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      endSessionEndpoint: `${issuer}/session/end`,
      clientId: 'page',
      scope: 'openid clinician',
    };
    stage = await startWebStage({
      keys: { auditor: { roles: ['auditor'] } },
      env: { PORT: String(port), OIDC_ISSUERS: JSON.stringify(issuers), PAGE_SIGN_IN: JSON.stringify(signIn) },
    });
    visit = await stage.visitSignedOut('/app/patients', { keep: true, ownProfile: true });
  });
  afterAll(async () => {
    await stage?.stop();
    provider?.kill();
  });

  const sessionEvents = async (action: string) =>
    (await stage.as('auditor').post('/audit/search', { action })).body.events as Record<string, unknown>[];
  const enter = async (name: string) => {
    await visit.page.fill('input[name=login]', name);
    await visit.page.fill('input[name=password]', 'any');
    await visit.page.click('button[type=submit]');
  };

  test('[164.312(d)] begins with the page, goes to the provider with PKCE, and comes back to where the person was', async () => {
    await visit.page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await visit.page.waitForURL(`${issuer}/interaction/**`);
    const asked = new URL(visit.urls.find((url) => url.startsWith(`${issuer}/auth?`))!).searchParams;
    await enter('dr-jones');
    await visit.page.waitForURL(`${stage.url}/app/patients`);
    await visit.page.getByText('dr-jones').waitFor();

    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'openid clinician',
    });
    expect(asked.has('prompt')).toBe(false);
    const [event] = await sessionEvents('session.start');
    expect(event).toMatchObject({ principal: 'dr-jones', roles: ['clinician'], outcome: 'success' });
  });

  test('leaves neither token nor code behind: storage, address, history and console are empty', async () => {
    const storage = JSON.parse(await visit.storage());

    expect(storage.slice(0, 3)).toEqual(['[{},{},null]', [], []]);
    expect(storage[3]).toContainEqual({ name: '__Host-Http-hai', httpOnly: true });
    expect(await visit.page.evaluate('document.cookie')).toBe('');
    expect(visit.page.url()).toBe(`${stage.url}/app/patients`);
    expect(visit.console.join()).not.toMatch(/eyJ|code/);
    expect(await visit.violations()).toEqual([]);
  });

  test('the page can no longer reach the provider: its policy lets it call its own origin alone', async () => {
    const reached = await visit.page.evaluate(
      (url) =>
        fetch(url, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        ),
      `${issuer}/token`,
    );

    expect(reached).toBe(false);
    expect(await visit.violations()).toEqual([expect.stringContaining('connect-src')]);
  });

  test('a reload goes on without signing in again', async () => {
    await visit.page.reload();

    await visit.page.getByText('dr-jones').waitFor();
    expect(visit.page.url()).toBe(`${stage.url}/app/patients`);
  });

  test('[164.312(a)(2)(iii)] when the token expires the person is signed in anew without typing, and is where they were', async () => {
    if (!stage.database.server) return;
    await stage.database.server.query('UPDATE sessions SET expires_at = now()');
    visit.urls.length = 0;
    await visit.page.getByRole('link', { name: 'Work list' }).click();
    await visit.page.waitForURL((url) => url.pathname === '/app/signin' || url.href.startsWith(issuer));
    await visit.page.waitForURL(`${stage.url}/app/`);
    await visit.page.getByText('dr-jones').waitFor();

    expect(visit.urls.some((url) => url.startsWith(`${issuer}/auth?`))).toBe(true);
    expect(visit.urls.some((url) => url.includes('/interaction/'))).toBe(false);
    const [event] = await sessionEvents('session.end');
    expect(event).toMatchObject({ reason: 'expired', principal: 'dr-jones' });
  });

  test('signing out ends the session here and leads to the provider, and back, while a request is under way', async () => {
    // The request is refused after the session ended, while the provider is slow to answer.
    const leaving = Promise.withResolvers<void>();
    await visit.page.route('**/app/api/notes/search', async (route) => {
      await leaving.promise;
      await route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' });
    });
    await visit.page.route(`${issuer}/session/end**`, async (route) => {
      leaving.resolve();
      await sleep(1000);
      await route.continue();
    });
    await visit.page.reload();
    await visit.page.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.waitForURL(`${issuer}/session/end**`);
    await visit.page.unrouteAll({ behavior: 'ignoreErrors' });
    await visit.page.getByRole('button', { name: /yes/i }).click();
    await visit.page.waitForURL(`${stage.url}/app/signed-out**`);

    await visit.page.getByRole('heading', { name: 'Signed out' }).waitFor();
    expect((await visit.context.cookies(stage.url)).filter(({ name }) => name === '__Host-Http-hai')).toEqual([]);
  });

  test('after signing out the provider is asked to check who the person is', async () => {
    await visit.page.getByRole('link', { name: 'Sign in' }).click();
    visit.urls.length = 0;
    await visit.page.getByRole('button', { name: 'Sign in with your organisation' }).click();
    await visit.page.waitForURL(`${issuer}/interaction/**`);

    const asked = visit.urls.find((url) => url.startsWith(`${issuer}/auth?`))!;
    expect(new URL(asked).searchParams.get('prompt')).toBe('login');
  });

  test.each([
    ['an answer that belongs to another sign-in', '?code=stolen&state=other', 'belongs to another sign-in'],
    ['a refusal', '?error=access_denied&state=other', 'belongs to another sign-in'],
  ])('%s is refused, and the address is cleaned', async (_name, query, said) => {
    const other = await stage.visitSignedOut(`/app/signin${query}`);

    expect(await other.page.getByRole('alert').textContent()).toContain(said);
    expect(other.page.url()).toBe(`${stage.url}/app/signin`);
    expect(await other.violations()).toEqual([]);
    await other.close();
  });
});
