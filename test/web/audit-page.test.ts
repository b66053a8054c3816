import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { tabTo } from './support/keyboard.ts';
import { describeInChromium, startWebStage, type Visit, type VisitOptions, type WebStage } from './support/page.ts';

const reason = 'Found unresponsive in bed 4. Nobody of the ward was reachable.';

describeInChromium()('the page of the audit trail, in Chromium', () => {
  let stage: WebStage<'ehr' | 'doctor' | 'auditor'>;
  let note: string;

  /** A note of another team, which the doctor is refused, opens in an emergency, and reads. */
  async function breakGlass(patient: string): Promise<string> {
    const body = { patient_id: patient, note_text: 'BP 120/80', care_team: 'cardiology' };
    const { audit_id } = (await stage.as('ehr').post('/ingest', body)).body;
    await stage.as('doctor').get(`/notes/${audit_id}`);
    await stage.as('doctor').post('/break-glass', { audit_id, reason_code: 'ETREAT', reason_text: reason });
    await stage.as('doctor').get(`/notes/${audit_id}`);
    return audit_id;
  }

  beforeAll(async () => {
    stage = await startWebStage({
      keys: {
        ehr: { roles: ['integration'], principal: 'ward-system' },
        doctor: { roles: ['clinician'], principal: 'dr-okafor', careTeams: ['ward-3b'] },
        auditor: { roles: ['auditor'], principal: 'privacy-officer' },
      },
      env: { AUDIT_CHECKPOINT_SECONDS: '1', BREAK_GLASS_RATE_LIMIT: 'off' },
    });
    note = await breakGlass('MRN-0417');
  });
  afterAll(() => stage?.stop());

  const open = async (options: VisitOptions = {}): Promise<Visit> => {
    const visit = await stage.visit('auditor', '/app/audit', options);
    await visit.page.waitForSelector('.trail-state dl');
    await visit.page.waitForSelector('.events');
    return visit;
  };
  const reviews = async () =>
    (await stage.as('auditor').post('/audit/search', { action: 'break-glass.review', limit: 1 })).body.events[0];
  const searchFor = async (page: Page, patient: string) => {
    await page.getByRole('tab', { name: 'Search' }).click();
    await page.getByLabel('Patient ID').fill(patient);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('tabpanel').locator('.events').waitFor();
  };

  test('shows first what needs a look: emergency access to review and denials, with the state of the trail', async () => {
    const { page, requests } = await open();

    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Needs a look');
    expect(await page.locator('.trail-state').textContent()).toMatch(/Up to date.*Newest checkpoint.*Never/s);
    expect(await page.getByRole('row', { name: /dr-okafor.*emergency treatment/ }).count()).toBe(1);
    expect(await page.getByRole('row', { name: /dr-okafor.*Read a note.*note of another care team/ }).count()).toBe(1);
    expect(requests.toSorted()).toEqual([
      'GET /app/api/audit/verification',
      'GET /app/api/me',
      'GET /app/audit',
      'POST /app/api/audit/search',
      'POST /app/api/break-glass/search',
    ]);
  });

  test('says of each state of the trail what it is and what to do', async () => {
    const { page } = await open();
    const fine = { sealing: 'on', waiting_seconds: 0, broken_chains: 0, published: [] };
    const verified = { verified_at: '2026-01-01T00:00:00Z', outcome: 'success', age_seconds: 3_600, events: 1_234 };
    const states: [object, RegExp][] = [
      [{ ...fine, sealing: 'off' }, /Off.*No signing key is configured/],
      [{ ...fine, waiting_seconds: 7_200 }, /Behind.*waits for 2 hours/],
      [{ ...fine, broken_chains: 1 }, /Broken.*1 chain has a fault.*audit verify/],
      [{ ...fine, published: [{ sink: 's3', checkpoint: 7 }] }, /s3: to number 7/],
      [{ ...fine, verification: verified }, /Passed.*1 hour ago, 1,234 events/],
      [{ ...fine, verification: { ...verified, age_seconds: 40 * 86_400 } }, /Old.*40 days ago/],
      [{ ...fine, verification: { ...verified, outcome: 'failure' } }, /Failed.*audit verify.*again/],
    ];
    for (const [json, words] of states) {
      await page.route('**/app/api/audit/verification', (route) => route.fulfill({ json }));
      await page.reload();
      await page.waitForSelector('.trail-state dl');
      expect(await page.locator('.trail-state').textContent()).toMatch(words);
      await page.unroute('**/app/api/audit/verification');
    }
  });

  test('lists denials alone among what needs a look, and not what was allowed', async () => {
    const { page } = await open();
    const outcomes = await page
      .locator('section[aria-labelledby=denials] td[data-label=Outcome] .tag')
      .allTextContents();

    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => outcome !== 'denied')).toEqual([]);
  });

  test('an emergency access is reviewed: reason, what was done under it, decision', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Review the access of dr-okafor' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(reason).waitFor();
    await dialog.getByText(note).waitFor();
    await dialog.getByRole('button', { name: 'Not justified' }).click();
    await page.getByText('Every emergency access is reviewed.').waitFor();

    expect(await reviews()).toMatchObject({
      outcome: 'success',
      reason: 'not-justified',
      principal: 'privacy-officer',
    });
  });

  test('by keyboard alone: review an access, search for a person, open an event, close it', async () => {
    await breakGlass('MRN-0418');
    const { page } = await open();
    await tabTo(page, 'button', 'Review the access of dr-okafor');
    await page.keyboard.press('Enter');
    await page.getByText(reason).waitFor();
    await tabTo(page, 'button', /^Justified$/);
    await page.keyboard.press('Enter');
    await page.getByText('Every emergency access is reviewed.').waitFor();
    expect(await reviews()).toMatchObject({ outcome: 'success', reason: 'justified' });

    await tabTo(page, 'tab', 'Needs a look');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'textbox', 'Person or system');
    await page.keyboard.type('dr-okafor');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.events');
    const first = page.locator('.events .link').first();
    await tabTo(page, 'button', (await first.textContent())!);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('request id').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.events .link').first().and(page.locator(':focus')).waitFor();
    await tabTo(page, 'button', 'Export all events of this search', 'Shift+Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('audit-events.jsonl');
    await page.getByText('Saved as audit-events.jsonl.').waitFor();
    const ofNote = page
      .getByRole('row', { name: /Read a note/ })
      .first()
      .getByRole('button');
    await ofNote.waitFor();
    while ((await ofNote.and(page.locator(':focus')).count()) === 0) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'link', 'Everything about this note');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Events of a note' }).waitFor();
    await tabTo(page, 'link', 'Back to the audit trail');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Export all events of this search' }).waitFor();
  });

  test('a person without a work list starts here, and Back leaves the page', async () => {
    const { page } = await stage.visit('auditor', '/app/signed-out');
    await page.goto(`${stage.url}/app/`);
    await page.waitForSelector('.events');
    expect(new URL(page.url()).pathname).toBe('/app/audit');
    await page.goBack();
    await page.getByRole('heading', { name: 'Signed out' }).waitFor();
  });

  test('a search by patient, person and time finds the events, and names the patient in no address, title or storage', async () => {
    const { page, urls, storage, console: lines } = await open();
    await searchFor(page, 'MRN-0417');
    await page.getByLabel('Person or system').fill('dr-okafor');
    await page.getByLabel('From').fill('2026-01-01T00:00');
    await page.getByLabel('What').selectOption('note.read');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('row', { name: /ward-system/ }).waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /dr-okafor/ })
      .first()
      .waitFor();

    expect(await page.locator('.events tbody tr').count()).toBe(2);
    expect(await page.locator('.events tbody').textContent()).toContain('emergency');
    await page.locator('.events .link').first().click();
    await page.getByRole('link', { name: 'Everything about this note' }).click();
    await page.getByRole('heading', { name: 'Events of a note' }).waitFor();
    await page.getByRole('row', { name: /Stored a note/ }).waitFor();
    await page.goBack();
    expect(await page.getByLabel('Patient ID').inputValue()).toBe('MRN-0417');
    const traces = [...urls, await storage(), ...lines, await page.title()].join('\n');
    expect(traces).not.toContain('MRN-0417');
    expect(lines).toEqual([]);
  });

  test('a search without a result, with times in the wrong order and with half an id says what to do', async () => {
    const { page, requests } = await open();
    await page.getByRole('tab', { name: 'Search' }).click();
    const searches = () => requests.filter((one) => one === 'POST /app/api/audit/search').length;
    const before = searches();
    await page.getByLabel('From').fill('2026-02-01T00:00');
    await page.getByLabel('To', { exact: true }).fill('2026-01-01T00:00');
    await page.getByLabel('Note (id)').fill('0192f0c1');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('Enter a time after the beginning.').waitFor();
    await page.getByText('Enter the whole id of a note').waitFor();
    await page.getByLabel('From').fill('');
    await page.getByLabel('From').focus();
    await page.keyboard.type('01012026');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('Enter the date and the time.').waitFor();
    expect(searches()).toBe(before);
    for (const label of ['From', 'Note (id)']) await page.getByLabel(label).fill('');
    expect(await page.getByLabel('From').getAttribute('max')).toMatch(/^9999-/);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('No events match').waitFor();
  });

  test('the events of a search are exported to a file, and an export that is cut off saves nothing', async () => {
    const { page } = await open();
    await searchFor(page, 'MRN-0417');
    const shown = await page.locator('.events tbody tr').count();
    const button = page.getByRole('button', { name: 'Export all events of this search' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    await page.getByText('Saved as audit-events.jsonl.').waitFor();
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');

    expect(download.suggestedFilename()).toBe('audit-events.jsonl');
    // The search is an event about the patient, too.
    expect(lines).toHaveLength(shown + 1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ action: 'note.create', audit_id: note });
    const { events } = (await stage.as('auditor').post('/audit/search', { action: 'audit.export', limit: 2 })).body;
    expect(events.map(({ outcome, route }: Record<string, string>) => [outcome, route])).toEqual([
      ['success', '/app/api/audit/export'],
      ['success', '/app/api/audit/export'],
    ]);
    let downloads = 0;
    page.on('download', () => {
      downloads += 1;
    });
    const cutOff = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.write(`${JSON.stringify({ action: 'note.read' })}\n`, () => setTimeout(() => response.destroy(), 50));
    });
    await new Promise<void>((resolve) => cutOff.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(cutOff.address() as AddressInfo).port}/`;
    await page.route('**/app/api/audit/export', (route) => route.continue({ url }));
    await button.click();
    await page.getByText('The export was cut off').waitFor();
    cutOff.close();
    expect(downloads).toBe(0);
  });

  test('a double click exports once, and Cancel is another button', async () => {
    const { page, requests, axe } = await open();
    await searchFor(page, 'MRN-0417');
    const late = Promise.withResolvers<void>();
    await page.route('**/app/api/audit/export', async (route) => {
      await late.promise;
      await route.continue().catch(() => undefined);
    });
    const button = page.getByRole('button', { name: 'Export all events of this search' });
    await button.dblclick();
    await page.getByText('Exporting: 0.0 MB').waitFor();
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: 'Cancel the export' }).click();
    await page.getByText('The export was cancelled. Nothing was saved.').waitFor();
    late.resolve();
    expect(requests.filter((one) => one === 'POST /app/api/audit/export')).toHaveLength(1);
    await page.unroute('**/app/api/audit/export');
    await Promise.all([page.waitForEvent('download'), button.click()]);
  });

  test('a double click on the next page of emergency accesses loads it once', async () => {
    const { page } = await open();
    const grant = (id: string) => ({
      ...{ grant_id: id, principal: `dr-${id}`, reason_code: 'ETREAT', opened_at: '2026-01-01T00:00:00Z' },
      ...{ expires_at: '2026-01-01T01:00:00Z', review_due_at: '2026-01-02T00:00:00Z' },
    });
    await page.route('**/app/api/break-glass/search', async (route) => {
      const { cursor } = route.request().postDataJSON();
      if (cursor) await new Promise((resolve) => setTimeout(resolve, 300));
      await route.fulfill({ json: cursor ? { grants: [grant('b')] } : { grants: [grant('a')], next_cursor: 'c' } });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Show older ones' }).dblclick();
    await page.getByRole('row', { name: /dr-b/ }).first().waitFor();
    await page.getByRole('button', { name: 'Show older ones' }).waitFor({ state: 'detached' });

    expect(await page.getByRole('row', { name: /overdue/ }).count()).toBe(2);
  });

  test('a decision about an access that the network loses is shown as not made', async () => {
    await breakGlass('MRN-0420');
    const { page } = await open();
    await page.getByRole('button', { name: 'Review the access of dr-okafor' }).first().click();
    await page.getByText(reason).waitFor();
    await page.route('**/reviewed', (route) => route.abort());
    await page.getByRole('button', { name: /^Justified$/ }).click();
    await page.getByRole('dialog').getByText('No answer from the service').waitFor();
    await page.unroute('**/reviewed');
    await page.getByRole('button', { name: /^Justified$/ }).dblclick();
    await page.getByText('Every emergency access is reviewed.').waitFor();
  });

  test('a failed network says so in each part of the page, and trying again works', async () => {
    const { page } = await open();
    const failing = /\/app\/api\/(audit|break-glass)/;
    await page.route(failing, (route) => route.abort());
    await page.reload();
    await page.getByText('No answer from the service').nth(2).waitFor();
    await page.unroute(failing);
    for (let left = 3; left > 0; left -= 1) await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.waitForSelector('.trail-state dl');
    await page.waitForSelector('.events');
    expect(await page.getByText('No answer from the service').count()).toBe(0);
  });

  test.each<[string, VisitOptions]>([
    ['1280 px', {}],
    ['320 px', { viewport: { width: 320, height: 700 } }],
  ])(
    'axe-core finds nothing in light and dark, the policy is kept and nothing is cut off or moves, %s',
    async (_what, options) => {
      await breakGlass('MRN-0419');
      const { page, faults, violations } = await open(options);
      const found: string[] = [];
      const check = async (screen: string) => found.push(...(await faults(screen)));
      await check('attention');
      await page.getByRole('button', { name: 'Review the access of dr-okafor' }).first().click();
      await page.getByText(reason).waitFor();
      await check('review');
      await page.keyboard.press('Escape');
      await searchFor(page, 'MRN-0419');
      await check('search');
      await page.locator('.events .link').nth(1).click();
      await page.waitForSelector('.event-members');
      await check('event');
      await page.getByRole('link', { name: 'Everything about this note' }).click();
      await page.getByRole('row', { name: /Stored a note/ }).waitFor();
      await check('note');
      await page.goto(`${stage.url}/app/audit/notes/0192f0c1-2345-7abc-8def-0123456789ab`);
      await page.getByRole('alert').waitFor();
      await check('unknown note');
      await page.getByRole('link', { name: 'Back to the audit trail' }).click();
      await page.getByRole('tab', { name: 'Search' }).click();
      await page.getByLabel('Note (id)').fill('0192f0c1');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByText('Enter the whole id of a note').waitFor();
      await check('wrong entry');
      await page.getByLabel('Note (id)').fill('');
      // A search is an event about the patient, too.
      await page.getByLabel('Patient ID').fill(crypto.randomUUID());
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByText('No events match').waitFor();
      await check('no event');
      await page.route('**/app/api/**', (route) => route.abort());
      await page.getByRole('tab', { name: 'Needs a look' }).click();
      await page.getByText('No answer from the service').nth(1).waitFor();
      await check('no network');

      expect(found).toEqual([]);
      expect(await violations()).toEqual([]);
    },
  );
});
