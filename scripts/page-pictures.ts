import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { createOwnDatabase } from '../test/service/support/service.ts';
import { startWebStage, type VisitOptions } from '../test/web/support/page.ts';
import { sampleNote } from '../test/web/support/sample-note.ts';

/**
 * Writes the pictures of docs/page.md: node scripts/page-pictures.ts [beginning of a name]. They show a note that was written
 * for this project. Needs the bundle (`npm run build`), Chromium and PostgreSQL.
 */
const wanted = process.argv[2] ?? '';
const folder = 'docs/images';
mkdirSync(folder, { recursive: true });
const stage = await startWebStage({
  database: await createOwnDatabase(),
  keys: {
    clinician: { roles: ['clinician'], principal: 'dr.okafor', careTeams: ['cardiology', 'ward-3b'] },
    system: { roles: ['integration'], principal: 'ward-system' },
    auditor: { roles: ['auditor'], principal: 'privacy.officer' },
  },
});
const system = stage.as('system');
const store = async (patient: string, team: string, text: string): Promise<string> =>
  (await system.post('/ingest', { patient_id: patient, note_text: text, care_team: team })).body.audit_id;
const other = await store('MRN-00482917', 'surgery', 'Day 2 after surgery. Wound clean and dry. No fever.');
await store('MRN-00517733', 'ward-3b', 'Stable overnight. BP 124/78 mmHg. Plan: home tomorrow.');
await store(
  'MRN-00431188',
  'cardiology',
  'Palpitations for two days. ECG: atrial fibrillation. Started apixaban 5 mg twice daily.',
);
const note = await store('MRN-00482917', 'cardiology', sampleNote);

const narrow = { viewport: { width: 360, height: 740 } };
const dark = { colorScheme: 'dark' } as const;

async function picture(
  name: string,
  path: string,
  ready: string,
  options: VisitOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<void> {
  if (!name.startsWith(wanted)) return;
  const who = path.startsWith('/app/try') ? 'system' : path.startsWith('/app/audit') ? 'auditor' : 'clinician';
  const { page, close } = await stage.visit(who, path, options);
  await page.waitForSelector(ready);
  await page.evaluate('document.fonts.ready');
  await prepare(page);
  await page.screenshot({
    path: `${folder}/page-${name}.png`,
    animations: 'disabled',
    caret: 'hide',
    fullPage: name === 'print',
  });
  await close();
}

const findings = async (page: Page) => {
  await page.getByRole('tab', { name: 'Findings' }).click();
  await page.getByRole('option', { name: /^pneumonia, absent/i }).click();
};
const summary = async (page: Page) => {
  await page.getByRole('tab', { name: 'Summary' }).click();
  await page.getByRole('button', { name: 'Ramipril was stopped because' }).click();
};
const search = async (page: Page) => {
  await page.getByLabel('Patient ID').fill('MRN-00482917');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.rows');
};
const askWhy = async (page: Page) => {
  await page.getByRole('button', { name: 'Open in an emergency…' }).click();
  await page.getByRole('button', { name: /^Open the notes for/ }).waitFor();
};

const sample = async (page: Page) => {
  await page.getByRole('button', { name: 'Show a sample note' }).click();
  await page.waitForSelector('.try-result');
  await page.locator('.note-text mark', { hasText: 'Penicillin' }).click();
};
const deidentified = async (page: Page) => {
  await page.getByRole('button', { name: 'Show a sample note' }).click();
  await page.getByRole('tab', { name: 'De-identified' }).click();
  await page.waitForSelector('.aligned');
};
const breakGlass = async () => {
  const { as } = stage;
  await as('clinician').get(`/notes/${other}`);
  const reason_text = 'Found unresponsive in bed 4. Nobody of the surgical team was reachable.';
  await as('clinician').post('/break-glass', { audit_id: other, reason_code: 'ETREAT', reason_text });
  await as('clinician').get(`/notes/${other}`);
};
const review = async (page: Page) => {
  await page.getByRole('button', { name: 'Review the access of dr.okafor' }).click();
  await page.waitForSelector('.reason');
  await page.waitForSelector('.accesses');
};
const trail = async (page: Page) => {
  await page.getByRole('tab', { name: 'Search' }).click();
  await page.getByLabel('Patient ID').fill('MRN-00482917');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Export all events of this search' }).waitFor();
};

try {
  await picture('note', `/app/notes/${note}`, '.look');
  await picture('note-dark', `/app/notes/${note}`, '.look', dark);
  await picture('note-narrow', `/app/notes/${note}`, '.look', narrow);
  await picture('findings', `/app/notes/${note}`, '.look', {}, findings);
  await picture('findings-dark', `/app/notes/${note}`, '.look', dark, findings);
  await picture('summary', `/app/notes/${note}`, '.look', {}, summary);
  await picture('print', `/app/notes/${note}`, '.look', { viewport: { width: 720, height: 1020 } }, (page) =>
    page.emulateMedia({ media: 'print' }),
  );
  await picture('work-list', '/app/', '.rows');
  await picture('work-list-dark', '/app/', '.rows', dark);
  await picture('work-list-narrow', '/app/', '.rows', narrow);
  await picture('patients', '/app/patients', 'form', {}, search);
  await picture('break-glass', `/app/notes/${other}`, '.notice', {}, askWhy);
  await picture('break-glass-dark', `/app/notes/${other}`, '.notice', dark, askWhy);
  await picture('try', '/app/try', 'textarea', {}, sample);
  await picture('try-dark', '/app/try', 'textarea', dark, sample);
  await picture('try-narrow', '/app/try', 'textarea', narrow);
  await picture('try-deidentified', '/app/try', 'textarea', {}, deidentified);
  await breakGlass();
  await picture('audit', '/app/audit', '.events');
  await picture('audit-dark', '/app/audit', '.events', dark);
  await picture('audit-narrow', '/app/audit', '.events', narrow);
  await picture('audit-review', '/app/audit', '.events', {}, review);
  await picture('audit-search', '/app/audit', '.events', {}, trail);
} finally {
  await stage.stop();
}
