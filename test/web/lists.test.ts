import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describeInChromium, startWebStage, type WebStage } from './support/page.ts';
import { sampleNote } from './support/sample-note.ts';

describeInChromium()('work list, patients and break-glass, in Chromium', () => {
  let stage: WebStage<'cardiologist' | 'surgeon' | 'system' | 'auditor'>;
  let heart: string;
  let surgical: string;

  beforeAll(async () => {
    stage = await startWebStage({
      keys: {
        cardiologist: { roles: ['clinician'], principal: 'dr-okafor', careTeams: ['cardiology', 'ward-3b'] },
        surgeon: { roles: ['clinician'], principal: 'dr-weber', careTeams: ['surgery'] },
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
    await store('MRN-8', 'ward-3b', 'Stable overnight. BP 120/80.');
  });
  afterAll(() => stage?.stop());

  const linksTo = (id: string) => `a[href="/app/notes/${id}"]`;

  test('the work list shows the notes of the own care teams, by one request', async () => {
    const { page, requests } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');

    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator(linksTo(heart)).count()).toBe(1);
    expect(await page.locator(linksTo(surgical)).count()).toBe(0);
    expect(requests).toEqual(['GET /app/', 'GET /app/api/me', 'POST /app/api/notes/search']);
  });

  test('by keyboard alone: choose a team, open a note, come back', async () => {
    const { page } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');
    await page.getByLabel('Care team').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await page.locator(linksTo(heart)).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.look');
    expect(await page.title()).toBe('Note – Clinical notes');
    await page.goBack();
    await page.waitForSelector('.rows');
    expect(await page.title()).toBe('Work list – Clinical notes');
  });

  test('an empty work list says what to do next', async () => {
    const { page } = await stage.visit('cardiologist', '/app/');
    await page.waitForSelector('.rows');
    await page.getByLabel('Only with doubts').check();
    await page.getByText('No notes match').waitFor();
    expect(await page.getByRole('link', { name: 'Patients' }).count()).toBeGreaterThan(0);
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
    const opener = page.getByRole('button', { name: 'Open in an emergency…' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator(':focus', { hasText: /^Open in an emergency…$/ }).waitFor();

    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: 'Open the notes for 60 minutes' });
    await button.waitFor();
    await page.getByLabel('What happened, in your own words').focus();
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

  test.each(['light', 'dark'] as const)(
    'axe-core finds nothing on any of these screens, in %s',
    async (colorScheme) => {
      const visit = await stage.visit('surgeon', '/app/', { colorScheme });
      const { page } = visit;
      const findings: string[] = [];
      await page.waitForSelector('.rows');
      findings.push(...(await visit.axe()));
      await page.getByRole('link', { name: 'Patients' }).click();
      await page.getByLabel('Patient ID').fill('MRN-8');
      await page.keyboard.press('Enter');
      await page.getByText('This patient has notes of other care teams').waitFor();
      findings.push(...(await visit.axe()));
      await page.getByRole('button', { name: 'Open in an emergency…' }).click();
      await page.getByRole('dialog').waitFor();
      findings.push(...(await visit.axe()));
      await page.goto(`${stage.url}/app/nothing`);
      await page.getByText('There is no page').waitFor();
      findings.push(...(await visit.axe()));
      await page.goto(`${stage.url}/app/notes/0192f0c1-2345-7abc-8def-0123456789ab`);
      await page.getByText('The note cannot be shown').waitFor();
      findings.push(...(await visit.axe()));

      expect(findings).toEqual([]);
      expect(await visit.violations()).toEqual([]);
    },
  );
});
