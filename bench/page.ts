import type { CDPSession, Page } from 'playwright-core';
import { createOwnDatabase } from '../test/service/support/service.ts';
import { startWebStage } from '../test/web/support/page.ts';
import { median } from './statistics.ts';

/**
 * Measures the page of a note of 10,000 characters as a slow machine has it: node bench/page.ts. CPU slowed four times,
 * 10 Mbit/s, 40 ms. Times depend on the machine, so no test asserts them. Needs the bundle, Chromium and PostgreSQL.
 */
const rounds = 5;
const stage = await startWebStage({
  database: await createOwnDatabase(),
  env: { MAX_NOTE_LENGTH: '10000' },
  keys: { clinician: { roles: ['clinician'] } },
});
const text = dense(10_000);
const { body } = await stage.as('clinician').post('/ingest', { patient_id: 'MRN-1', note_text: text });
await stage.as('clinician').post(`/notes/${body.audit_id}/analysis`, '');
const path = `/app/notes/${body.audit_id}`;

/** Values, drugs and denied symptoms, as close together as the sample has them at its densest. */
function dense(length: number): string {
  const parts = [
    'BP 98/61 mmHg, HR 112 bpm, RR 24, SpO2 91% on room air.',
    'Denies chest pain, fever, cough, nausea, vomiting and syncope.',
    'Sodium 131, potassium 5.6, creatinine 168, CRP 12.',
    'Started apixaban 5 mg bd, bisoprolol 5 mg od; stopped ramipril.',
    'Possible pneumonia, sepsis, anaemia, asthma, gout.',
  ];
  let note = '';
  for (let index = 0; note.length < length; index += 1) note += `${parts[index % parts.length]}\n`;
  return note.slice(0, length);
}

async function slow(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: (10e6 / 8) | 0,
    uploadThroughput: (10e6 / 8) | 0,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
}

/** Milliseconds from the start of the navigation to the first frame with marks. */
const painted = `new Promise((resolve) => {
  const look = () => document.querySelector('.note-text mark')
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    : requestAnimationFrame(look);
  look();
})`;

/** First contentful paint, layout shift, and bytes as they were sent. */
const costs = `(() => {
  const files = performance.getEntriesByType('resource');
  const bytes = (part) => files.filter(({ name }) => name.includes(part)).reduce((sum, one) => sum + one.encodedBodySize, 0);
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return { content: paint.startTime, shift: window.shift, code: bytes('.js'), answers: bytes('/app/api/') };
})()`;

/** Milliseconds from the event to the frame after it. */
const timed = (action: string) => `new Promise((resolve) => {
  const start = performance.now();
  ${action};
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
})`;

const results: Record<string, number[]> = { content: [], first: [], again: [], list: [], select: [], toggle: [] };
let items = 0;
let nodes = 0;
let sizes = '';

try {
  for (let round = 0; round < rounds; round += 1) {
    const { page, close } = await stage.visit('clinician', '/app/signed-out');
    const session = await slow(page);
    await session.send('Network.clearBrowserCache');
    await page.goto(stage.url + path, { waitUntil: 'commit' });
    results.first!.push(await page.evaluate<number>(painted));
    const { content, shift, code, answers } = await page.evaluate<Record<string, number>>(costs);
    results.content!.push(content!);
    sizes = `${code} bytes of JavaScript, ${answers} of answers, layout shift ${shift}`;
    await page.goto(stage.url + path, { waitUntil: 'commit' });
    results.again!.push(await page.evaluate<number>(painted));
    results.list!.push(await page.evaluate<number>(timed(`document.querySelectorAll('[role=tab]')[2].click()`)));
    await page.getByRole('option').nth(1).waitFor();
    items = await page.getByRole('option').count();
    for (const at of [40, 80, 120]) {
      results.select!.push(
        await page.evaluate<number>(timed(`document.querySelectorAll('[role=option]')[${at}].click()`)),
      );
    }
    results.toggle!.push(await page.evaluate<number>(timed(`document.querySelectorAll('.layer')[1].click()`)));
    nodes = await page.evaluate<number>(`document.querySelectorAll('*').length`);
    await close();
  }
  process.stdout.write(`${text.length} characters, ${items} items, ${nodes} elements with the list open; ${sizes}\n`);
  const names = {
    content: 'first visit, to the first contentful paint',
    first: 'first visit, to the painted marks',
    again: 'again, assets cached',
    list: 'open the list of findings',
    select: 'select an item',
    toggle: 'toggle a layer',
  };
  for (const [key, name] of Object.entries(names)) {
    process.stdout.write(`${name}: ${Math.round(median(results[key]!))} ms (median of ${results[key]!.length})\n`);
  }
} finally {
  await stage.stop();
}
