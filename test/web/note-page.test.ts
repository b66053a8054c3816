import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { tabTo } from './support/keyboard.ts';
import { describeInChromium, startWebStage, type Visit, type WebStage } from './support/page.ts';
import { sampleNote } from './support/sample-note.ts';

/** Each kind of doubt and negation, alone and together. */
const doubts = `ASSESSMENT
She denies fever. Possible pneumonia. Pulmonary embolism is unlikely. Her mother had a stroke.
Ramipril was stopped. Return if chest pain occurs.
`;
const script =
  '\ufeffASSESSMENT\r\nfie\u0300vre and 👩‍👩‍👧 fever.\r\nالمريض chest pain اليوم. \u05d7\u05d5\u05dd and nausea.\r\nNo headache.';

describeInChromium()('the page of a note, in Chromium', () => {
  let stage: WebStage<'doctor' | 'auditor'>;
  let note: string;
  let doubtful: string;
  let international: string;

  const store = async (text: string) =>
    (await stage.as('doctor').post('/ingest', { patient_id: 'MRN-1', note_text: text })).body.audit_id as string;

  beforeAll(async () => {
    stage = await startWebStage({
      keys: {
        doctor: { roles: ['clinician'], principal: 'dr-okafor', careTeams: ['cardiology'] },
        auditor: { roles: ['auditor'] },
      },
    });
    [note, doubtful, international] = [await store(sampleNote), await store(doubts), await store(script)];
    await stage.as('doctor').post(`/notes/${note}/analysis`, '');
  });
  afterAll(() => stage?.stop());

  const open = async (id: string, options = {}): Promise<Visit> => {
    const visit = await stage.visit('doctor', `/app/notes/${id}`, options);
    await visit.page.waitForSelector('.look');
    return visit;
  };
  const selected = (page: Page) =>
    page.evaluate<string>(`[...document.querySelectorAll('mark[data-selected]')].map((m) => m.textContent).join('')`);
  const isInSight = (page: Page, selector: string) =>
    page.evaluate<boolean>(`(() => {
      const { top, bottom } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })()`);

  describe('what it shows first', () => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await open(note, { keep: true });
    });
    afterAll(() => visit?.close());

    test('is the text of the note, unchanged', async () => {
      expect(await visit.page.locator('.note-text').evaluate((element) => element.textContent)).toBe(sampleNote);
    });

    test('and beside it, without scrolling, allergies, abnormal values, changes of drugs and the plan', async () => {
      const seen = await visit.page.evaluate<string[]>(`[...document.querySelectorAll('.look h2, .look-line')]
        .filter((element) => element.getBoundingClientRect().bottom <= innerHeight)
        .map((element) => element.textContent.trim())`);

      expect(seen).toEqual(
        expect.arrayContaining([
          'Do not resuscitate DNACPR in place, discussed with Mrs Hartnell and her daughter.',
          'Penicillin allergy: rash, facial swelling',
          'SpO2 91%↓ low',
          'Potassium 5.6 mmol/L↑ high',
          'Ramipril stopped',
          'Bisoprolol changed: 10 mg → 5 mg once daily',
          'Plan',
        ]),
      );
    });

    test('by one request for the session and one for the note with its analysis', () => {
      expect(visit.requests).toEqual([`GET /app/notes/${note}`, 'GET /app/api/me', `GET /app/api/notes/${note}`]);
    });

    test('which is one event of a reading in the trail', async () => {
      const { body } = await stage.as('auditor').get(`/audit/events/${note}`);
      const actions = body.events.map(({ action }: { action: string }) => action);

      expect(actions.filter((action: string) => action === 'note.read')).toHaveLength(1);
      expect(actions).not.toContain('note.analysis.read');
    });

    test('without moving the layout, in few nodes', async () => {
      expect(await visit.layoutShift()).toBeLessThan(0.05);
      expect(await visit.page.evaluate<number>(`document.querySelectorAll('*').length`)).toBeLessThan(600);
    });
  });

  describe('from an item to its words and back', () => {
    test('by mouse, from "in one look"', async () => {
      const { page } = await open(note);
      await page.getByRole('button', { name: 'Ejection fraction 32%' }).click();

      expect(await selected(page)).toBe('ejection fraction 32%');
      expect(await isInSight(page, 'mark[data-selected]')).toBe(true);
      await page.getByRole('button', { name: 'Back to the list' }).click();
      await page.locator(':focus', { hasText: 'Ejection fraction' }).waitFor();
    });

    test('in a narrow window, where the list is above the text', async () => {
      const { page } = await open(note, { viewport: { width: 360, height: 700 } });
      const line = page.getByRole('button', { name: 'Ejection fraction 32%' });
      await line.click();
      expect(await isInSight(page, 'mark[data-selected]')).toBe(true);
      await page.getByRole('button', { name: 'Back to the list' }).click();
      expect(await isInSight(page, '.look-line[aria-current]')).toBe(true);
    });

    test('by keyboard alone, from the list', async () => {
      const { page } = await open(note);
      await tabTo(page, 'tab', 'In one look');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Findings');
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      expect(await selected(page)).toBe('ankle swelling');
      const active = `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))`;
      expect(await page.evaluate(`${active}.getAttribute('aria-label')`)).toBe(
        'ankle swelling, symptom, chief complaint',
      );
      await page.keyboard.press('Enter');
      await page.locator('mark:focus', { hasText: /^ankle swelling$/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[role=listbox]:focus').waitFor();
      await page.keyboard.press('End');
      expect(await isInSight(page, '.finding[aria-selected=true]')).toBe(true);
    });

    test('by keyboard alone, from "in one look", from a sentence of the summary, and through the layers', async () => {
      const { page } = await open(note);
      await tabTo(page, 'button', 'Ejection fraction 32%');
      await page.keyboard.press('Enter');
      expect(await selected(page)).toBe('ejection fraction 32%');
      await page.locator('mark:focus', { hasText: 'ejection fraction 32%' }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.look-line:focus', { hasText: 'Ejection fraction' }).waitFor();
      await tabTo(page, 'tab', 'In one look', 'Shift+Tab');
      await page.keyboard.press('ArrowRight');
      await tabTo(page, 'button', /^Possible pneumonia was considered/);
      await page.keyboard.press('Enter');
      await tabTo(page, 'button', 'Back to the list');
      await page.keyboard.press('Enter');
      await page.locator('.look-line:focus', { hasText: 'Possible pneumonia' }).waitFor();
      await tabTo(page, 'button', /^Problems/);
      await page.keyboard.press('Space');
      expect(await page.locator('[data-off]').getAttribute('data-off')).toBe('identifier problem');
    });

    test('from words of the note to the list, innermost first and outward with each click', async () => {
      const { page } = await open(note);
      const words = page.locator('mark', { hasText: /^heart failure$/ }).nth(1);
      await words.click();
      const inner = await page.locator('.finding[aria-selected=true]').getAttribute('aria-label');
      await words.click();
      const outer = await page.locator('.finding[aria-selected=true]').getAttribute('aria-label');

      expect(inner).toMatch(/^heart failure, plan/i);
      expect(outer).toMatch(/heart failure nurse|heart failure clinic/i);
    });

    test('from a sentence of the summary to where the note says it', async () => {
      const { page } = await open(note);
      await page.getByRole('tab', { name: 'Summary' }).click();
      await page.getByRole('button', { name: 'Possible pneumonia was considered' }).click();

      const range = `[...CSS.highlights.get('selected')][0].toString()`;
      expect(await page.evaluate(range)).toBe('Possible pneumonia was considered in the emergency department.');
    });
  });

  describe('negation and doubt', () => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await open(doubtful, { keep: true });
    });
    afterAll(() => visit?.close());

    const drawn = (words: string) =>
      visit.page.evaluate<{ tag: string; frame: string; line: string; description: string }>(`(() => {
        const mark = [...document.querySelectorAll('.note-text mark')].find((one) => one.textContent === ${JSON.stringify(words)});
        const style = getComputedStyle(mark);
        return {
          tag: getComputedStyle(mark, '::after').content,
          frame: style.borderBlockStartWidth,
          line: style.textDecorationStyle,
          description: mark.getAttribute('aria-description'),
        };
      })()`);

    test.each([
      ['fever', 'neg', '1px', 'solid', 'absent'],
      ['pneumonia', '?', '0px', 'dotted', 'possible'],
      ['Pulmonary embolism', 'neg?', '1px', 'dotted', 'unlikely'],
      ['stroke', 'family', '1px', 'solid', 'family: mother'],
      ['Ramipril', 'stopped', '1px', 'solid', 'stopped'],
      ['chest pain', 'if', '1px', 'solid', 'only if'],
    ])('%s has its raised word "%s", its frame and its line', async (words, tag, frame, line, says) => {
      const found = await drawn(words);

      expect(found).toMatchObject({ frame, line });
      // The joiner keeps the raised word with its words at the end of a line.
      expect(found.tag).toContain(`\u2060`);
      expect(found.tag).toMatch(new RegExp(`${tag.replace('?', '\\?')}" / ""$`));
      expect(found.description).toContain(says);
    });

    test('is neither copied nor counted: the text is that of the note', async () => {
      expect(await visit.page.locator('.note-text').evaluate((element) => element.textContent)).toBe(doubts);
    });

    test('goes when its layer is switched off, and nothing else does', async () => {
      await visit.page.getByRole('button', { name: /^Problems/ }).click();

      expect(await drawn('fever')).toMatchObject({ tag: 'none', frame: '0px' });
      expect(await drawn('Ramipril')).toMatchObject({ frame: '1px' });
      await visit.page.getByRole('button', { name: /^Problems/ }).click();
      expect(await drawn('fever')).toMatchObject({ frame: '1px' });
    });
  });

  test('offsets are right behind CRLF, a byte order mark, emoji, combining and right-to-left characters', async () => {
    const { page } = await open(international);
    expect(await page.locator('.note-text').evaluate((element) => element.textContent)).toBe(script);
    await page.getByRole('tab', { name: 'Findings' }).click();
    const found: string[] = [];
    for (const option of await page.getByRole('option').all()) {
      await option.click();
      found.push(await selected(page));
      expect(found.at(-1)).toBe(await option.locator('.finding-words').textContent());
    }

    expect(found).toEqual(expect.arrayContaining(['fever', 'chest pain', 'nausea', 'headache']));
  });

  describe('find in note', () => {
    test('by keyboard alone: counts, goes on, goes back, and ends', async () => {
      const { page, requests } = await open(note);
      const before = requests.length;
      await tabTo(page, 'searchbox', 'Find in this note');
      await page.keyboard.type('heart FAILURE');
      const status = page.locator('.find-count');
      expect(await status.textContent()).toBe('1 of 4');
      await page.keyboard.press('Enter');
      expect(await status.textContent()).toBe('2 of 4');
      expect(await page.evaluate(`[...CSS.highlights.get('find-current')].join()`)).toBe('Heart failure');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.press('Shift+Enter');
      expect(await status.textContent()).toBe('4 of 4');
      await page.keyboard.press('Escape');
      expect(await page.evaluate(`CSS.highlights.get('find')?.size ?? 0`)).toBe(0);
      expect(requests.length).toBe(before);
    });

    test('says when there is no hit', async () => {
      const { page } = await open(note);
      await page.getByRole('searchbox').fill('zebra');
      expect(await page.locator('.find-count').textContent()).toBe('Not found');
    });
  });

  test('prints the first look and the marked text, and no control', async () => {
    const { page } = await open(note);
    await page.emulateMedia({ media: 'print' });

    expect(await page.getByText('Penicillin allergy').isVisible()).toBe(true);
    expect(await page.locator('.note-text').isVisible()).toBe(true);
    for (const control of ['.top-bar', '.note-tools', '.tabs', '.note-head .button']) {
      expect(await page.locator(control).isVisible()).toBe(false);
    }
  });

  test.each([320, 640, 1280, 1920])('fits a window of %i pixels, without scrolling sideways', async (width) => {
    const { page } = await open(note, { viewport: { width, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('in forced colours marks keep their form', async () => {
    const { page } = await open(note, { forcedColors: 'active' });
    const style = await page.evaluate<string[]>(`(() => {
      const mark = [...document.querySelectorAll('mark')].find((one) => one.textContent === 'chest pain');
      const { textDecorationLine, borderBlockStartWidth, color } = getComputedStyle(mark);
      return [textDecorationLine, borderBlockStartWidth, color, getComputedStyle(document.body).color];
    })()`);
    expect(style.slice(0, 2)).toEqual(['underline', '1px']);
    expect(style[2]).toBe(style[3]);
  });

  test('markup in a note is text, and runs nothing', async () => {
    const text = `<script>alert(1)</script><img src=x onerror="alert(2)"> <b>No fever</b> &amp; javascript:alert(3) {{7*7}}`;
    const visit = await open(await store(text));
    await visit.page.getByRole('tab', { name: 'Findings' }).click();
    await visit.page.getByRole('option').first().click();

    expect(await visit.page.locator('.note-text').evaluate((element) => element.textContent)).toBe(text);
    expect(await visit.page.locator('.note-text :is(script, img, b:not(.note-heading))').count()).toBe(0);
    expect([...(await visit.violations()), ...visit.console]).toEqual([]);
  });

  test('a long word without a blank does not widen the page', async () => {
    const { page } = await open(await store(`Fever. ${'x'.repeat(5_000)}`), { viewport: { width: 320, height: 700 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  describe('what the trail says that somebody saw', () => {
    const seen = async (id: string) => {
      const { body } = await stage.as('auditor').get(`/audit/events/${id}`);
      return body.events
        .map(({ action }: { action: string }) => action)
        .filter((action: string) => /^note\.(read|analysis)/.test(action));
    };

    test('is asked for before the code of the page is loaded', async () => {
      const { page, requests } = await stage.visit('doctor', '/app/signed-out');
      const late = Promise.withResolvers<void>();
      await page.route('**/app/assets/main-*.js', async (route) => {
        await late.promise;
        await route.continue();
      });
      requests.length = 0;
      await page.goto(`${stage.url}/app/notes/${note}`, { waitUntil: 'commit' });
      await eventually('the request for the note', () => requests.includes(`GET /app/api/notes/${note}`));
      late.resolve();
      await page.waitForSelector('.look');

      expect(requests).toEqual([`GET /app/notes/${note}`, 'GET /app/api/me', `GET /app/api/notes/${note}`]);
    });

    test('a note in a tab in the background is not asked for until somebody looks at it', async () => {
      const id = await store('No fever.');
      const { page, requests, setHidden } = await stage.visit('doctor', `/app/notes/${id}`, {
        ownProfile: true,
        hidden: true,
      });
      await page.waitForLoadState('networkidle');
      expect(requests).toEqual([`GET /app/notes/${id}`]);
      expect(await seen(id)).toEqual([]);
      await setHidden(false);
      await page.waitForSelector('.look');

      expect(await seen(id)).toEqual(['note.read']);
    });

    test('an analysis is not asked for when the person left before its note came', async () => {
      const { page, requests } = await stage.visit('doctor', '/app/');
      await page.waitForSelector('.rows');
      const late = Promise.withResolvers<void>();
      await page.route(`**/app/api/notes/${note}?analysis=true`, async (route) => {
        await late.promise;
        await route.continue().catch(() => undefined);
      });
      await page.locator(`a[href="/app/notes/${note}"]`).click();
      await page.getByText('Loading the note').waitFor();
      await page.goBack();
      await page.waitForSelector('.rows');
      late.resolve();
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByRole('button', { name: 'Refresh', disabled: false }).waitFor();

      expect(requests.filter((request) => request.includes('/analysis'))).toEqual([]);
    });

    test('going back and opening it again is a second reading, which the trail has', async () => {
      const id = await store('No fever.');
      const { page } = await open(id);
      await page.getByRole('link', { name: 'Work list' }).click();
      await page.waitForSelector('.rows');
      await page.goBack();
      await page.waitForSelector('.look');

      expect(await seen(id)).toEqual(['note.read', 'note.read']);
    });

    test('an analysis that is being made is asked for while somebody looks, and not in the background', async () => {
      const id = await store('No fever.');
      const visit = await stage.visit('doctor', '/app/', { ownProfile: true });
      const { page, requests } = visit;
      const polls = () => requests.filter((request) => request === `GET /app/api/notes/${id}/analysis`).length;
      const queued = { audit_id: id, status: 'queued' };
      await page.route(`**/app/api/notes/${id}/analysis?v2=true`, (route) =>
        route.request().method() === 'POST' || polls() < 3
          ? route.fulfill({ status: 202, headers: { 'Retry-After': '0' }, json: queued })
          : route.continue(),
      );
      await page.clock.install();
      await page.goto(`${stage.url}/app/notes/${id}`);
      await page.getByText('Loading the analysis').waitFor();
      await eventually('one poll', () => polls() === 1);
      await visit.setHidden(true);
      await page.clock.runFor(60_000);
      expect(polls()).toBe(1);
      // It was made meanwhile.
      await stage.as('doctor').post(`/notes/${id}/analysis`, '');
      await visit.setHidden(false);
      await eventually('another poll', () => polls() === 2);
      await page.clock.runFor(5_000);
      await page.waitForSelector('.look');
    });
  });

  describe('when something fails', () => {
    test('a reload in the middle shows the note again, and is a second view', async () => {
      const visit = await open(note);
      await visit.page.getByRole('button', { name: 'Ramipril stopped' }).click();
      await visit.page.reload();
      await visit.page.waitForSelector('.look');

      expect(visit.requests.filter((request) => request === `GET /app/api/notes/${note}`)).toHaveLength(2);
      expect(new URL(visit.page.url()).pathname).toBe(`/app/notes/${note}`);
    });

    test('without a network it says so, and tries again only when asked', async () => {
      const { page, context, requests } = await open(note);
      await page.getByRole('link', { name: 'Work list' }).click();
      await page.waitForSelector('.rows');
      await context.setOffline(true);
      await page.getByRole('link', { name: /\d{4}/ }).first().click();
      await page.getByText('No answer from the service').waitFor();
      const asked = requests.filter((request) => request.startsWith('GET /app/api/notes/')).length;
      await context.setOffline(false);
      expect(requests.filter((request) => request.startsWith('GET /app/api/notes/'))).toHaveLength(asked);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForSelector('.note-text');
    });

    test('an unknown note is not found, with the request id and a way on', async () => {
      const { page } = await stage.visit('doctor', '/app/notes/0192f0c1-2345-7abc-8def-0123456789ab');
      await page.getByText('Not found, or you do not have access.').waitFor();

      expect(await page.locator('.notice code').textContent()).toMatch(/^[0-9a-f-]{36}$/);
      expect(await page.getByRole('link', { name: 'Go to the work list' }).isVisible()).toBe(true);
    });

    test('a note in another language says that the analysis has doubts about it', async () => {
      const { page } = await open(
        await store('El paciente refiere dolor en el pecho desde ayer. Alergia a la penicilina.'),
      );

      const text = await page.locator('.doubts').textContent();
      expect(text).toBe('The analysis has doubts about a note that is not in English. Read the note first.');
    });

    test('an analysis that fails leaves the note readable', async () => {
      const visit = await stage.visit('doctor', '/app/');
      await visit.page.route('**/analysis?v2=true', (route) =>
        route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"title":"Unavailable"}' }),
      );
      await visit.page.goto(`${stage.url}/app/notes/${await store(sampleNote)}`);
      await visit.page.getByText('Unavailable').waitFor();

      expect(await visit.page.locator('.note-text').evaluate((element) => element.textContent)).toBe(sampleNote);
      expect(await visit.axe()).toEqual([]);
    });

    test('an analysis that was given up is asked for again once, also by a double click', async () => {
      const visit = await stage.visit('doctor', '/app/');
      const { page, requests } = visit;
      const late = Promise.withResolvers<void>();
      const id = await store(sampleNote);
      let answers = 0;
      await page.route('**/analysis?v2=true', async (route) => {
        answers += 1;
        const dead = { audit_id: id, status: 'dead', error: 'engine-error' };
        if (answers === 1) return route.fulfill({ json: dead });
        await late.promise;
        return route.continue();
      });
      await page.goto(`${stage.url}/app/notes/${id}`);
      const again = page.getByRole('button', { name: 'Analyse again' });
      await again.waitFor();
      expect(await visit.axe()).toEqual([]);
      await again.dblclick();
      await page.getByText('Loading the analysis').waitFor();
      late.resolve();
      await page.waitForSelector('.look');

      expect(requests.filter((request) => request.endsWith('/analysis'))).toHaveLength(2);
    });

    test('of the page itself, it says so without a word of the note', async () => {
      const { page, axe } = await stage.visit('doctor', '/app/');
      await page.route('**/analysis?v2=true', (route) => route.fulfill({ json: { analysis: { v2: {} } } }));
      await page.goto(`${stage.url}/app/notes/${await store(sampleNote)}`);
      await page.getByRole('heading', { name: 'This page failed' }).waitFor();

      expect(await page.content()).not.toMatch(/Hartnell|undefined/);
      expect(await axe()).toEqual([]);
    });

    test('to load a part of the page, it says that the network may be down, and a reload brings the place back', async () => {
      const { page } = await stage.visit('doctor', '/app/');
      await page.waitForSelector('.rows');
      await page.route('**/app/assets/**', (route) => route.abort());
      await page.getByRole('link', { name: 'Try a note' }).click();
      await page.getByText('Check the network connection, then reload').waitFor();
      await page.unroute('**/app/assets/**');
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.waitForSelector('textarea');
    });
  });

  describe('what it leaves behind', () => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await open(note, { keep: true });
      const { page } = visit;
      await page.getByRole('button', { name: 'Ramipril stopped' }).click();
      await page.getByRole('searchbox').fill('Penicillin');
      await page.getByRole('tab', { name: 'Findings' }).click();
      await page.locator('mark', { hasText: 'potassium' }).first().click();
    });
    afterAll(() => visit?.close());

    test('no word of the note in storage, addresses, title or console', async () => {
      const left = [
        await visit.storage(),
        ...visit.urls,
        await visit.page.title(),
        ...visit.console,
        await visit.page.evaluate<string>('JSON.stringify(history.state)'),
      ].join('\n');

      expect(left).not.toMatch(/hartnell|00482917|mrn-1|penicillin|ramipril|potassium/i);
      expect(visit.console).toEqual([]);
    });

    test('no violation of its policy, and no style of its own', async () => {
      expect(await visit.page.locator('style').count()).toBe(0);
      expect(await visit.violations()).toEqual([]);
    });

    test('axe-core would find a fault, also one of the dark scheme alone', async () => {
      await visit.page.evaluate(`(() => {
        const faint = document.createElement('p');
        faint.textContent = 'faint in the dark';
        faint.style.color = 'light-dark(#000, #222)';
        document.querySelector('.note-head').append(document.createElement('img'), faint);
      })()`);
      const findings = (await visit.axe()).map((finding) => finding.split(' ').slice(0, 2).join(' '));
      await visit.page.evaluate(`document.querySelectorAll('.note-head > :is(img, p)').forEach((one) => one.remove())`);

      expect(findings).toEqual([expect.stringContaining('image-alt'), 'dark: color-contrast']);
    });

    test('and a violation would be seen', async () => {
      await visit.page.evaluate(
        `document.head.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))`,
      );
      expect(await visit.violations()).toEqual([expect.stringContaining('style-src-elem inline')]);
    });
  });

  test.each([1280, 320])(
    'axe-core finds nothing in any state of it, in light and dark, and nothing is cut off, at %i px',
    async (width) => {
      const visit = await open(note, { viewport: { width, height: 700 } });
      const { page } = visit;
      const findings: string[] = [];
      const check = async (state: string) => findings.push(...(await visit.faults(state)));
      await check('in one look');
      await page.getByRole('button', { name: 'Ramipril stopped' }).click();
      await check('a line that is chosen');
      await page.getByRole('tab', { name: 'Summary' }).click();
      await check('summary');
      await page.getByRole('tab', { name: 'Findings' }).click();
      await page.getByRole('option').nth(5).click();
      await page.locator('.legend summary').click();
      await page.getByRole('button', { name: /^Identifiers/ }).click();
      await page.getByRole('searchbox').fill('heart');
      await check('findings, legend, every layer, and a hit of find');

      expect(findings).toEqual([]);
      expect(await visit.violations()).toEqual([]);
    },
  );
});
