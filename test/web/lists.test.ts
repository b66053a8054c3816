import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Route } from 'playwright-core';
import { tabTo } from './support/keyboard.ts';
import { describeInChromium, startWebStage, type WebStage } from './support/page.ts';
import { sampleNote } from './support/sample-note.ts';

describeInChromium()('work list, patients and break-glass, in Chromium', () => {
  let stage: WebStage<'cardiologist' | 'surgeon' | 'newcomer' | 'system' | 'auditor'>;
  let heart: string;
  let surgical: string;
  let ward: string;
  let other: string;

  beforeAll(async () => {
    stage = await startWebStage({
      keys: {
        cardiologist: { roles: ['clinician'], principal: 'dr-okafor', careTeams: ['cardiology', 'ward-3b'] },
        surgeon: { roles: ['clinician'], principal: 'dr-weber', careTeams: ['surgery'] },
        newcomer: { roles: ['clinician'], principal: 'Maximiliane'.repeat(11) },
        system: { roles: ['integration'] },
        auditor: { roles: ['auditor'] },
      },
    });
    const store = async (patient: string, team: string, text: string) => {
      const { body } = await stage
        .as('system')
        .post('/ingest', { patient_id: patient, note_text: text, care_team: team });
      return body.audit_id as string;
    };
    heart = await store('MRN-7', 'cardiology', sampleNote);
    surgical = await store('MRN-7', 'surgery', 'Post-op day 2. Wound clean. No fever.');
    ward = await store('MRN-8', 'ward-3b', 'Stable overnight. BP 120/80.');
    other = await store('MRN-9', 'paediatrics', 'Feeding well.');
  });
  afterAll(() => stage?.stop());

  const linksTo = (id: string) => `a[href="/app/notes/${id}"]`;

  test('the work list shows the notes of the own care teams, by one request', async () => {
    const { page, requests } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');

    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('tr', { has: page.locator(linksTo(heart)) }).textContent()).toContain('MRN-7');
    expect(await page.locator(linksTo(surgical)).count()).toBe(0);
    expect(requests).toEqual(['GET /app/', 'GET /app/api/me', 'POST /app/api/notes/search']);
  });

  test('by keyboard alone: choose a team, open a note, come back, find a patient, open the same note', async () => {
    const { page } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');
    await tabTo(page, 'combobox', 'Care team');
    await page.keyboard.press('ArrowDown');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await tabTo(page, 'link', /\d{4}/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.look');
    expect(await page.title()).toBe('Note – Clinical notes');
    expect(new URL(page.url()).pathname).toBe(`/app/notes/${heart}`);
    await page.goBack();
    await page.waitForSelector('.rows');
    expect(await page.title()).toBe('Work list – Clinical notes');

    await tabTo(page, 'link', 'Patients', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'textbox', 'Patient ID');
    await page.keyboard.type('MRN-7');
    await page.keyboard.press('Enter');
    await tabTo(page, 'link', /\d{4}/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.look');
    expect(new URL(page.url()).pathname).toBe(`/app/notes/${heart}`);
  });

  test('an empty work list says what to do next, for a filter and for a person who is in no team', async () => {
    const { page } = await stage.visit('newcomer', '/app/', { viewport: { width: 320, height: 700 } });
    await page.getByText('No notes to show').waitFor();
    await page.getByText('You are in no care team.').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.getByLabel('Only with doubts').check();
    await page.getByText('No notes match').waitFor();
    expect(await page.getByRole('link', { name: 'Patients' }).count()).toBeGreaterThan(0);
  });

  test('an answer that comes late does not replace the one to the last choice', async () => {
    const { page } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');
    const late = Promise.withResolvers<void>();
    await page.route('**/app/api/notes/search', async (route) => {
      if (route.request().postDataJSON().care_team === 'ward-3b') await late.promise;
      await route.continue().catch(() => undefined);
    });
    await page.getByLabel('Care team').selectOption('ward-3b');
    await page.getByLabel('Care team').selectOption('cardiology');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    late.resolve();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Refresh', disabled: false }).waitFor();

    expect(await page.locator('tbody td[data-label="Care team"]').allTextContents()).toEqual(['cardiology']);
  });

  describe.each<[string, (route: Route) => unknown, RegExp]>([
    ['no network', (route) => route.abort(), /^No answer from the service.*Check the network connection/],
    [
      'a failure of the service',
      (route) => route.fulfill({ status: 500, headers: { 'X-Request-Id': 'r-9' }, body: '{"title":"Internal error"}' }),
      /^Internal error.*report the request below.*Request r-9/,
    ],
    [
      'an answer of a proxy',
      (route) => route.fulfill({ status: 502, body: '<html>' }),
      /^The service answered with status 502.*Try again/,
    ],
    ['a page of the network instead', (route) => route.fulfill({ body: '<html>' }), /^The answer cannot be read/],
    ['an answer that is cut off', (route) => route.fulfill({ body: '{"notes":[{' }), /^The answer cannot be read/],
    [
      'a service that restarts',
      (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '5' }, body: '{"title":"Unavailable"}' }),
      /^Unavailable.*Try again in 5 seconds/,
    ],
    [
      'too many requests',
      (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '1' }, body: '{"title":"Too many requests"}' }),
      /^Too many requests.*Try again in 1 second\./,
    ],
  ])('after %s', (_what, answer, words) => {
    test('the lists say what to do, and trying again works', async () => {
      const { page } = await stage.visit('cardiologist', '/app/patients');
      await page.route('**/app/api/notes/search', answer);
      await page.getByLabel('Patient ID').fill('MRN-7');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').textContent()).toMatch(words);
      await page.getByRole('link', { name: 'Work list' }).click();
      await page.locator('.page-head h1', { hasText: 'Work list' }).waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(words);
      await page.unroute('**/app/api/notes/search');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForSelector('.rows');
      expect(await page.getByRole('alert').count()).toBe(0);
    });
  });

  test('who is signed in is asked for again where the answer was no answer', async () => {
    const { page } = await stage.visit('cardiologist', '/app/signed-out');
    await page.route('**/app/api/me', (route) => route.fulfill({ body: '<html>Accept the terms</html>' }));
    await page.goto(`${stage.url}/app/`);
    await page.getByText('The answer cannot be read').waitFor();
    await page.unroute('**/app/api/me');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.rows');
  });

  test('a patient is found by the body of a request, and the search is still there after reading a note', async () => {
    const { page, urls, storage } = await stage.visit('cardiologist', '/app/patients');
    await page.getByLabel('Patient ID').fill('MRN-7');
    await page.keyboard.press('Enter');
    await page.locator(linksTo(heart)).click();
    await page.waitForSelector('.look');
    await page.goBack();
    await page.waitForSelector('.rows');

    expect(await page.getByLabel('Patient ID').inputValue()).toBe('MRN-7');
    expect([...urls, await storage(), await page.title()].join('\n')).not.toContain('MRN-7');
  });

  test('an unknown patient and an empty field say what to do', async () => {
    const { page } = await stage.visit('cardiologist', '/app/patients');
    await page.getByRole('button', { name: 'Find notes' }).click();
    await page.getByText('Enter a patient ID.').waitFor();
    await page.getByLabel('Patient ID').fill('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('No notes for this patient ID').waitFor();
  });

  test("the policy has the hash of the one style that React Aria's dialog adds, on an iPhone", async () => {
    const note = { patient_id: 'MRN-9', note_text: 'Wound clean.', care_team: 'surgery' };
    const { body } = await stage.as('system').post('/ingest', note);
    const visit = await stage.visit('cardiologist', `/app/notes/${body.audit_id}`, { ownProfile: true });
    const { page } = visit;
    await page.addInitScript(`Object.defineProperty(navigator, 'userAgentData', { value: { platform: 'iPhone' } })`);
    await page.reload();
    await page.getByRole('button', { name: 'Open in an emergency…' }).click();
    await page.getByRole('dialog').waitFor();
    const styles = await page.evaluate<string[]>(
      `[...document.querySelectorAll('style')].map((style) => style.textContent)`,
    );

    expect(styles).toHaveLength(1);
    const hash = `sha256-${createHash('sha256').update(styles[0]!).digest('base64')}`;
    expect(JSON.parse(readFileSync('service/dist/app/page.json', 'utf8')).styleHashes).toEqual([hash]);
    expect(await visit.violations()).toEqual([]);
  });

  test('a note of another team opens in an emergency, by keyboard alone, at the same address', async () => {
    const visit = await stage.visit('cardiologist', `/app/notes/${surgical}`);
    const { page } = visit;
    await page.getByText('This note belongs to another care team').waitFor();
    await tabTo(page, 'button', 'Open in an emergency…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator(':focus', { hasText: /^Open in an emergency…$/ }).waitFor();

    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: 'Open the notes for 60 minutes' });
    await button.waitFor();
    await tabTo(page, 'textbox', 'What happened, in your own words');
    await page.keyboard.type('Found unresponsive, wound reopened.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Open the notes for 60 minutes');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.look');

    expect(await page.locator('.note-text').textContent()).toContain('Wound clean');
    await page.locator(':focus', { hasText: 'Opened in an emergency' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/app/notes/${surgical}`);
    expect(await visit.violations()).toEqual([]);
    const { body } = await stage.as('auditor').get(`/audit/events/${surgical}`);
    const events = body.events.map(
      ({ action, outcome }: { action: string; outcome: string }) => `${action} ${outcome}`,
    );
    expect(events.filter((event: string) => event === 'note.read denied')).toHaveLength(1);
    expect(events.filter((event: string) => event === 'note.read success')).toHaveLength(1);
  });

  test('a refusal in the dialog is shown in it, and what was written stays', async () => {
    const { page } = await stage.visit('surgeon', `/app/notes/${heart}`);
    await page.getByRole('button', { name: 'Open in an emergency…' }).click();
    await page.getByLabel('What happened, in your own words').fill('            ');
    await page.getByRole('button', { name: /^Open the notes/ }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('What happened, in your own words').inputValue()).toBe('            ');
  });

  test('without a network the dialog opens, and its refusal loses nothing; the second try is one access', async () => {
    const from = new Date().toISOString();
    const { page } = await stage.visit('surgeon', `/app/notes/${ward}`);
    const opener = page.getByRole('button', { name: 'Open in an emergency…' });
    await opener.waitFor();
    await page.route('**/*', (route) => route.abort());
    await opener.click();
    const words = page.getByLabel('What happened, in your own words');
    await words.fill('Found unresponsive in bed 4.');
    await page.getByRole('button', { name: /^Open the notes/ }).click();
    await page.getByText('No answer from the service').waitFor();
    expect(await words.inputValue()).toBe('Found unresponsive in bed 4.');
    await page.unroute('**/*');
    await page.getByRole('button', { name: /^Open the notes/ }).dblclick();
    await page.waitForSelector('.look');

    const { body } = await stage.as('auditor').post('/audit/search', { from, action: 'break-glass.open' });
    expect(body.events).toHaveLength(1);
  });

  test('no other service is asked to check the spelling of a reason', async () => {
    const { page } = await stage.visit('surgeon', `/app/notes/${other}`);
    await page.getByRole('button', { name: 'Open in an emergency…' }).click();
    const words = page.getByLabel('What happened, in your own words');

    expect(await words.getAttribute('spellcheck')).toBe('false');
  });

  test('notes that are withheld are said, and open from the search without losing it', async () => {
    const { page } = await stage.visit('surgeon', '/app/patients');
    await page.getByLabel('Patient ID').fill('MRN-7');
    await page.getByRole('button', { name: 'Find notes' }).click();
    await page.getByText('This patient has notes of other care teams').waitFor();
    expect(await page.locator(linksTo(heart)).count()).toBe(0);
    await page.getByRole('button', { name: 'Open in an emergency…' }).click();
    await page.getByLabel('What happened, in your own words').fill('Chest pain in recovery room.');
    await page.getByRole('button', { name: /^Open the notes/ }).click();
    await page.locator(linksTo(heart)).waitFor();
    expect(await page.getByLabel('Patient ID').inputValue()).toBe('MRN-7');
  });

  test('a person without the permission sees no clinical page, in the navigation or at its address', async () => {
    const { page, requests } = await stage.visit('auditor', `/app/notes/${heart}`);
    await page.getByText('Your roles do not include this page').waitFor();
    expect(await page.getByRole('navigation').textContent()).not.toContain('Work list');
    expect(requests).toEqual([`GET /app/notes/${heart}`, 'GET /app/api/me']);
  });

  test('an address without a page says so', async () => {
    const { page } = await stage.visit('cardiologist', '/app/nothing');
    await page.getByText('There is no page at this address').waitFor();
  });

  test('axe-core finds nothing on any of these screens, in light and dark, and nothing moves by itself', async () => {
    const visit = await stage.visit('surgeon', '/app/');
    const { page } = visit;
    const findings: string[] = [];
    const check = async (screen: string) => findings.push(...(await visit.faults(screen)));
    await page.waitForSelector('.rows');
    await check('work list');
    await page.getByLabel('Only with doubts').check();
    await page.getByText('No notes match').waitFor();
    await check('empty work list');
    await page.getByRole('navigation').getByRole('link', { name: 'Patients' }).click();
    await page.getByRole('button', { name: 'Find notes' }).click();
    await page.getByText('Enter a patient ID.').waitFor();
    await check('empty field');
    await page.getByLabel('Patient ID').fill('MRN-9');
    await page.keyboard.press('Enter');
    await page.getByText('This patient has notes of other care teams').waitFor();
    await check('withheld');
    await page.getByRole('button', { name: 'Open in an emergency…' }).click();
    await page.getByRole('dialog').waitFor();
    await check('break-glass');
    await page.setViewportSize({ width: 320, height: 700 });
    await check('break-glass, 320 px');
    await page.route('**/app/api/break-glass', (route) => route.abort());
    await page.getByLabel('What happened, in your own words').fill('Found unresponsive.');
    await page.getByRole('button', { name: /^Open the notes/ }).click();
    await page.getByRole('alert').waitFor();
    await check('break-glass, refused');
    await page.goto(`${stage.url}/app/notes/${other}`);
    await page.getByText('This note belongs to another care team').waitFor();
    await check('note of another team');
    await page.goto(`${stage.url}/app/nothing`);
    await page.getByText('There is no page').waitFor();
    await check('no page');
    await page.goto(`${stage.url}/app/audit`);
    await page.getByText('Your roles do not include this page').waitFor();
    await check('no permission');
    await page.goto(`${stage.url}/app/notes/0192f0c1-2345-7abc-8def-0123456789ab`);
    await page.getByText('The note cannot be shown').waitFor();
    await check('unknown note');

    expect(findings).toEqual([]);
    expect(await visit.violations()).toEqual([]);
  });
});
