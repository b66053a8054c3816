import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { describeInChromium, startWebStage, type WebStage } from './support/page.ts';
import { sampleNote } from './support/sample-note.ts';

const app = 'service/dist/app';

describeInChromium()('what the page costs, in Chromium', () => {
  let stage: WebStage<'doctor'>;
  beforeAll(async () => {
    stage = await startWebStage({ keys: { doctor: { roles: ['clinician'] } } });
    await stage.as('doctor').post('/ingest', { patient_id: 'MRN-1', note_text: sampleNote });
  });
  afterAll(() => stage?.stop());

  /** Compressed bytes of the assets that a visit asked for. */
  const bytes = (urls: readonly string[], extension: string): number =>
    [...new Set(urls)]
      .map((url) => new URL(url).pathname)
      .filter((path) => path.startsWith('/app/assets/') && path.endsWith(extension))
      .map((path) => readFileSync(`${app}/${path.slice('/app/'.length)}${extension === '.woff2' ? '' : '.br'}`).length)
      .reduce((sum, size) => sum + size, 0);

  test('the first route needs at most 120 kB of JavaScript, 10 of CSS and 100 of fonts; a note 160', async () => {
    const { page, urls } = await stage.visit('doctor', '/app/');
    await page.waitForSelector('.rows');
    const first = [...urls];

    expect(bytes(first, '.js')).toBeGreaterThan(10_000);
    expect(bytes(first, '.js')).toBeLessThanOrEqual(120_000);
    expect(bytes(first, '.css')).toBeLessThanOrEqual(10_000);
    expect(bytes(first, '.woff2')).toBeLessThanOrEqual(100_000);
    await page.getByRole('link', { name: /\d{4}/ }).first().click();
    await page.waitForSelector('.look');
    expect(bytes(urls, '.js')).toBeLessThanOrEqual(160_000);
  });

  test('a first visit loads few files, and finds no code late', async () => {
    const { body } = await stage.as('doctor').post('/notes/search', {});
    for (const path of ['/app/', `/app/notes/${body.notes[0].audit_id}`, '/app/try', '/app/patients']) {
      const { page, urls } = await stage.visit('doctor', path);
      await page.waitForLoadState('networkidle');
      const named = await page.evaluate<string[]>(
        `[...document.querySelectorAll('link[rel=modulepreload], script')].map(({ href, src }) => href ?? src)`,
      );
      const code = urls.filter((url) => url.endsWith('.js'));

      expect(named).toEqual(expect.arrayContaining(code));
      expect(code.length).toBeLessThanOrEqual(8);
    }
  });

  test('what is compressed is what was built', () => {
    const [, script] = /src="\/app\/(assets\/main-[^"]+\.js)"/.exec(readFileSync(`${app}/index.html`, 'utf8'))!;
    expect(brotliDecompressSync(readFileSync(`${app}/${script}.br`))).toEqual(readFileSync(`${app}/${script}`));
  });
});
