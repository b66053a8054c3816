import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describeWith } from '../service/support/skips.ts';
import { tabTo } from './support/keyboard.ts';
import { describeInChromium, startWebStage, type Visit, type VisitOptions, type WebStage } from './support/page.ts';
import { sampleNote } from './support/sample-note.ts';

/** What goes wrong where a text is handled as anything but UTF-16 code units. */
const scripts =
  '\ufeffASSESSMENT\r\nfie\u0300vre and 👩‍👩‍👧 fever.\r\nالمريض chest pain اليوم. \u05d7\u05d5\u05dd and nausea.\r\nNo headache.\r\n';

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;

describeInChromium()('the page that tries a note, in Chromium', () => {
  let stage: WebStage<'engineer' | 'batch' | 'auditor'>;
  beforeAll(async () => {
    stage = await startWebStage({
      keys: {
        engineer: { roles: ['integration'], principal: 'interface-team' },
        batch: { roles: ['integration'], principal: 'batch' },
        auditor: { roles: ['auditor'] },
      },
      env: { RATE_LIMIT: '20/second' },
    });
  });
  afterAll(() => stage?.stop());

  const open = async (options: VisitOptions = {}): Promise<Visit> => {
    const visit = await stage.visit('engineer', '/app/try', options);
    await visit.page.waitForSelector('textarea');
    return visit;
  };
  const openSample = async (options: VisitOptions = {}): Promise<Visit> => {
    const visit = await open(options);
    await visit.page.getByRole('button', { name: 'Show a sample note' }).click();
    await visit.page.waitForSelector('.try-result');
    return visit;
  };
  const shownText = (page: Page) => page.locator('.note-text').evaluate((element) => element.textContent);
  const shownJson = async (page: Page) =>
    JSON.parse((await page.locator('.try-json pre').evaluate((element) => element.textContent)) ?? '');
  const paste = (page: Page, text: string) =>
    page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(text)});
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('textarea').dispatchEvent(event);
    }`);
  const drop = async (page: Page, files: readonly { readonly name: string; readonly bytes: Buffer }[]) => {
    const sent = JSON.stringify(files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })));
    const dataTransfer = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of ${sent}) transfer.items.add(new File([new Uint8Array(bytes)], name));
      return transfer;
    })()`);
    await page.dispatchEvent('.try-input', 'drop', { dataTransfer });
  };

  test('one click shows the sample note analysed: text, items and JSON, by one request that stores nothing', async () => {
    const { page, requests } = await openSample();

    expect(await shownText(page)).toBe(sampleNote);
    expect(requests).toEqual(['GET /app/try', 'GET /app/api/me', 'POST /app/api/analyze']);
    const { analysis } = await shownJson(page);
    expect(analysis.v2.allergies[0].text).toBe('Penicillin');
    expect(await stage.database.server?.query('SELECT FROM notes')).toHaveLength(0);
  });

  test('an item that is chosen in the text is shown in the list and in the JSON', async () => {
    const { page } = await openSample();
    await page.locator('.note-text mark', { hasText: 'Penicillin' }).click();

    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('Penicillin');
    const part = JSON.parse((await page.locator('.json-part').textContent())!);
    expect(part).toMatchObject({ text: 'Penicillin', kind: 'allergy' });
    expect(await page.locator('mark[data-selected]').textContent()).toBe('Penicillin');
  });

  test('by keyboard alone: show the sample, walk the items, go to the words, read the de-identified text', async () => {
    const { page } = await open();
    await tabTo(page, 'button', 'Show a sample note');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.try-result');
    await tabTo(page, 'listbox', 'Findings');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('.finding[aria-selected=true] .finding-words').textContent();
    await page.keyboard.press('Enter');

    expect(await page.evaluate('document.activeElement.textContent')).toBe(chosen);
    await tabTo(page, 'tab', 'Analysis', 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.aligned');
    await tabTo(page, 'combobox', 'Replace with');
    await page.keyboard.press('ArrowDown');
    await page.locator('.aligned', { hasNotText: '[NAME]' }).waitFor();
    await tabTo(page, 'button', 'Copy command');
  });

  test('by keyboard alone: choose files, open one, go back to them, begin anew', async () => {
    const { page } = await open();
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, 'button', 'Choose files…');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(
      ['a.txt', 'b.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('No fever.') })),
    );
    await page.getByText('2 of 2 analysed.').waitFor();
    await tabTo(page, 'button', 'b.txt');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.try-result');
    await tabTo(page, 'button', 'Back to the files');
    await page.keyboard.press('Enter');
    expect(await page.getByText('2 of 2 analysed.').isVisible()).toBe(true);
    await tabTo(page, 'textbox', 'Note');
    await page.keyboard.type('No cough.');
    await tabTo(page, 'button', 'Analyse');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.try-result');
    expect(await shownText(page)).toBe('No cough.');
  });

  describe.each<[string, (page: Page) => Promise<unknown>]>([
    ['pasted', (page) => paste(page, scripts)],
    ['dropped', (page) => drop(page, [{ name: 'note.txt', bytes: Buffer.from(scripts) }])],
    [
      'in a file that is chosen',
      (page) =>
        page.setInputFiles('input[type=file]', {
          name: 'note.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from(scripts),
        }),
    ],
  ])('a text with CRLF, BOM, emoji, combining characters and right-to-left words that is %s', (_how, give) => {
    test('is analysed as it is, and each item is shown at its words', async () => {
      const { page } = await open();
      await give(page);
      await page.waitForSelector('.try-result');

      expect(await shownText(page)).toBe(scripts);
      const { analysis } = await shownJson(page);
      const items = [...analysis.v2.problems] as { start: number; end: number; text: string }[];
      expect(items.map(({ text }) => text)).toEqual(
        expect.arrayContaining(['fever', 'chest pain', 'nausea', 'headache']),
      );
      for (const [index, { start, end, text }] of items.entries()) {
        expect(scripts.slice(start, end)).toBe(text);
        await page.locator('[data-layer=problem] .finding').nth(index).click();
        const marked = await page.locator('mark[data-selected]').allTextContents();
        expect(marked.join('')).toBe(text);
      }
    });
  });

  test('a text is pasted from the real clipboard, and the command is copied to it', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate(`navigator.clipboard.writeText('No fever.\\r\\nBP 120/80.')`);
    await page.locator('textarea').focus();
    await page.keyboard.press('Control+V');
    await page.waitForSelector('.try-result');
    await page.getByRole('button', { name: 'Copy command' }).click();
    await page.getByText('Copied').waitFor();

    expect(await shownText(page)).toBe('No fever.\r\nBP 120/80.');
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toContain(`${stage.url}/analyze?v2=true`);
    expect(command).not.toContain('fever');
  });

  describeWith('jq and curl', isInstalled('jq') && isInstalled('curl'))('the command', () => {
    test('gives the JSON that the page shows, also for a text that is hard to quote', async () => {
      const text = `It's "quoted" $HOME \\n \`x\`\r\n${scripts.slice(1)}`;
      const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-curl-'));
      writeFileSync(join(folder, 'note.txt'), text);
      const { page } = await open();
      await paste(page, text);
      await page.waitForSelector('.try-result');
      const command = (await page.locator('.command code').textContent())!;
      const env = { ...process.env, API_KEY: stage.tokens.engineer };
      const answer = execFileSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
      rmSync(folder, { recursive: true });

      expect(JSON.parse(answer)).toEqual(await shownJson(page));
    });
  });

  test('original and de-identified text stand line by line, and the mode is sent with the request', async () => {
    const { page, requests } = await openSample();
    await page.getByRole('tab', { name: 'De-identified' }).click();
    await page.waitForSelector('.aligned');
    const cells = (column: number) => page.locator(`.aligned tbody tr td:nth-child(${column})`).allTextContents();

    const [numbers, original, output] = [await cells(1), await cells(2), await cells(3)];
    expect(original.join('\n')).toBe(sampleNote.trimEnd());
    expect(output[2]).toMatch(/^Patient: \[NAME\] +MRN: \[MRN\] +DOB: \[DATE\]$/);
    expect([numbers[0], numbers[1], numbers[2]]).toEqual(['1', '', '3']);
    const tops = await page.evaluate<number[][]>(
      `[...document.querySelectorAll('.aligned tbody tr')].map((row) => [...row.cells].map((cell) => cell.getBoundingClientRect().top))`,
    );
    for (const [, left, right] of tops) expect(left).toBe(right);
    await page.getByLabel('Replace with').selectOption('surrogate');
    await page.locator('.aligned', { hasNotText: '[NAME]' }).waitFor();
    expect(requests.filter((one) => one === 'POST /app/api/deidentify')).toHaveLength(2);
  });

  test('a name that was replaced once and left elsewhere has the strongest mark of the page', async () => {
    const text = 'Seen by Rosalind Hartnell.\nHartnell left.';
    const { page } = await open();
    await page.route('**/app/api/deidentify', async (route) => {
      const span = { start: 8, end: 25, text: 'Rosalind Hartnell', category: 'NAME', rule: 'r', replacement: '[NAME]' };
      const spans = [{ ...span, output_start: 8, output_end: 14 }];
      const deidentified = { text: 'Seen by [NAME].\nHartnell left.', mode: 'balanced', spans };
      await route.fulfill({ json: { deidentified, engine: 'embedded', version: '2', rule_pack_sha256: '' } });
    });
    await paste(page, text);
    await page.getByRole('tab', { name: 'De-identified' }).click();

    await page.getByText('1 may be left: Hartnell').waitFor();
    const marks = page.locator('mark.kept-identifier');
    expect(await marks.allTextContents()).toEqual(['Hartnell', 'Hartnell']);
    const style = await page.evaluate(`(() => {
      const { backgroundColor, textDecorationLine, fontWeight } = getComputedStyle(document.querySelector('.kept-identifier'));
      return { backgroundColor, textDecorationLine, fontWeight };
    })()`);
    expect(style).toEqual({
      backgroundColor: 'rgb(253, 236, 235)',
      textDecorationLine: 'underline',
      fontWeight: '700',
    });
  });

  test('many files are analysed within the limit on requests; one that is no text says so, and one opens on request', async () => {
    const visit = await stage.visit('batch', '/app/try', { ownProfile: true });
    const { page } = visit;
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/analyze?v2=true')) statuses.push(response.status());
    });
    await page.waitForSelector('textarea');
    const files = Array.from({ length: 30 }, (_, n) => ({
      name: `visit-${n}.txt`,
      bytes: Buffer.from(`No fever. Visit ${n}.`),
    }));
    await drop(page, [...files, { name: 'latin1.txt', bytes: Buffer.from([0x4d, 0xfc]) }]);
    await page.getByText('30 of 31 analysed, 1 failed.').waitFor();

    expect(statuses).toEqual(files.map(() => 200));
    expect(await page.getByRole('row', { name: /latin1/ }).textContent()).toContain('not text in UTF-8');
    expect(await page.content()).not.toContain('No fever');
    await page.getByRole('button', { name: 'visit-7.txt' }).click();
    await page.waitForSelector('.try-result');
    expect(await shownText(page)).toBe('No fever. Visit 7.');
    await page.getByRole('button', { name: 'Back to the files' }).click();
    expect(await page.getByText('30 of 31 analysed, 1 failed.').isVisible()).toBe(true);
    expect(statuses).toHaveLength(31);
  });

  test('a failed network, a refused text and the limit on requests say what to do, and trying again works', async () => {
    const { page } = await open();
    await page.route('**/app/api/analyze*', (route) => route.abort());
    await page.getByRole('button', { name: 'Show a sample note' }).click();
    await page.getByText('Check the network connection').waitFor();
    await page.unroute('**/app/api/analyze*');
    await page.route('**/app/api/analyze*', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Retry-After': '7', 'X-Request-Id': 'r-1', 'Content-Type': 'application/problem+json' },
        body: '{"type":"urn:healthcare-ai:problem:rate-limited","title":"Too many requests","status":429}',
      }),
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Try again in 7 seconds.').waitFor();
    expect(await page.getByText('r-1').count()).toBe(1);
    await page.unroute('**/app/api/analyze*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.try-result');
    await page.route('**/app/api/deidentify', (route) => route.abort());
    await page.getByRole('tab', { name: 'De-identified' }).click();
    await page.getByText('Check the network connection').waitFor();
    await page.unroute('**/app/api/deidentify');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.aligned');
    await page.getByRole('button', { name: 'Another note' }).click();
    await page.getByRole('button', { name: 'Analyse' }).click();
    await page.getByText('Paste or type a note').waitFor();
    await page.locator('textarea').fill('x'.repeat(10_001));
    await page.getByRole('button', { name: 'Analyse' }).click();
    await page.getByText('must have at most 10000 characters').waitFor();
  });

  test.each<[string, Buffer, RegExp]>([
    ['of 5 MB', Buffer.alloc(5 * 1024 * 1024, 'a'), /^note\.txt: The file is larger than 4 MB\.$/],
    ['of 3 MB', Buffer.alloc(3 * 1024 * 1024, 'a'), /at most 10[,.]?000 characters|too large/i],
    ['of bytes that are no text', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]), /not text in UTF-8/],
    ['with a NUL', Buffer.from('BP\u0000 120/80'), /NUL|U\+0000|control/i],
    ['without a text', Buffer.alloc(0), /note text must/],
  ])('a file %s is refused in words that say what is wrong', async (_what, bytes, words) => {
    const { page } = await open();
    await page.setInputFiles('input[type=file]', { name: 'note.txt', mimeType: 'text/plain', buffer: bytes });

    expect(await page.getByRole('alert').textContent()).toMatch(words);
  });

  test('a file that is dropped beside the field, or on a result, is taken and never opened by the browser', async () => {
    const { page } = await open();
    const dropOn = (selector: string, words: string) =>
      page.evaluate<boolean>(`(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([${JSON.stringify(words)}], 'note.txt'));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        const element = document.querySelector('${selector}');
        element.dispatchEvent(new DragEvent('dragover', options));
        return !element.dispatchEvent(new DragEvent('drop', options));
      })()`);
    expect(await dropOn('h1', 'No fever.')).toBe(true);
    await page.waitForSelector('.try-result');
    expect(await shownText(page)).toBe('No fever.');
    expect(await dropOn('.try-json', 'No cough.')).toBe(true);
    await page.getByText('No cough.').first().waitFor();
    expect(await dropOn('.top-bar', 'No rash.')).toBe(true);
  });

  test('no word of a note comes into storage, addresses, titles or the console', async () => {
    const { page, urls, storage, console: lines } = await openSample();
    await page.getByRole('tab', { name: 'De-identified' }).click();
    await page.waitForSelector('.aligned');
    const leaked = [...urls, await storage(), ...lines, await page.title()].join('\n');

    for (const word of ['Hartnell', '00482917', 'furosemide', 'breathless']) expect(leaked).not.toContain(word);
    expect(lines).toEqual([]);
  });

  test.each<[string, VisitOptions]>([
    ['1280 px', {}],
    ['320 px', { viewport: { width: 320, height: 700 } }],
  ])(
    'axe-core finds nothing in light and dark, the policy is kept and nothing is cut off or moves, %s',
    async (_what, options) => {
      const { page, faults, violations } = await open(options);
      const found: string[] = [];
      const check = async (screen: string) => found.push(...(await faults(screen)));
      await check('empty');
      await page.getByRole('button', { name: 'Show a sample note' }).click();
      await page.waitForSelector('.try-result');
      await page.getByRole('option', { name: /^Penicillin/ }).click();
      await check('analysis');
      await page.getByRole('tab', { name: 'De-identified' }).click();
      await page.waitForSelector('.aligned');
      await check('de-identified');
      await page.getByRole('button', { name: 'Another note' }).click();
      await drop(page, [
        { name: `${'a'.repeat(200)}.txt`, bytes: Buffer.from('No fever.') },
        { name: 'b.txt', bytes: Buffer.from([0xff]) },
      ]);
      await page.getByText('1 of 2 analysed, 1 failed.').waitFor();
      await check('files');
      await page.getByRole('button', { name: 'Analyse' }).click();
      await page.getByRole('alert').waitFor();
      await check('nothing entered');
      await page.route('**/app/api/analyze*', (route) => route.abort());
      await page.getByRole('button', { name: 'Show a sample note' }).click();
      await page.getByText('Check the network connection').waitFor();
      await check('no network');

      expect(found).toEqual([]);
      expect(await violations()).toEqual([]);
    },
  );
});
