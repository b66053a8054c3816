import { existsSync, readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  chromium,
  type Frame,
  type Page,
  type Request,
} from 'playwright-core';
import { describeWith } from '../../service/support/skips.ts';
import { type Stage, type StageOptions, startStage } from '../../service/support/stage.ts';

export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export const describeInChromium = (): jest.Describe => describeWith('Chromium', executablePath !== undefined);

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Collected before any script of the page runs: refused inline styles do not always reach the console. */
const watch = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push([event.violatedDirective, event.blockedURI, event.sourceFile].join(' ')));
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });`;

const hide = (hidden: boolean) => `Object.defineProperties(document, {
  hidden: { get: () => ${hidden}, configurable: true },
  visibilityState: { get: () => '${hidden ? 'hidden' : 'visible'}', configurable: true },
})`;

/** Window and settings of the person. */
export interface VisitOptions {
  /** @default 1280 by 800 pixels */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** @default 'light' */
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active';
  /** What the page may do without asking. */
  readonly permissions?: readonly string[];
  /** Takes a browser profile of its own, for a test that changes the clock, or listens to the page. */
  readonly ownProfile?: boolean;
  /** Stays open for the tests that follow; the test closes it. */
  readonly keep?: boolean;
  /** Opens in the background. Needs a profile of its own. */
  readonly hidden?: boolean;
}

/** Closes the visits that a test left open. */
const closing = new Set<() => Promise<void>>();
// The pictures of the documentation and the benchmark use this file without jest.
if ('afterEach' in globalThis) {
  afterEach(async () => {
    for (const close of closing) await close();
  });
}

/** A page in a browser profile without a trace of other visits, and everything that it did. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Method and path of each request, in order, without those for assets. */
  readonly requests: string[];
  /** Everything that reached the console, and errors that nothing caught. */
  readonly console: string[];
  /** Every URL that was asked for or shown. */
  readonly urls: string[];
  violations(): Promise<string[]>;
  /** What axe-core finds, in light and in dark: rule, element and what is wrong. */
  axe(): Promise<string[]>;
  /** Sum of layout shifts that no input explains. */
  layoutShift(): Promise<number>;
  /** What must be wrong on no screen: for axe-core, cut off, moving by itself, or kept by the browser as it is typed. */
  faults(screen: string): Promise<string[]>;
  /** Everything that the page keeps in the browser. */
  storage(): Promise<string>;
  /** Whether a person sees the page: tests cannot put a window in the background. */
  setHidden(hidden: boolean): Promise<void>;
  /** For what a test keeps, and between visits of one test. */
  close(): Promise<void>;
}

export interface WebStage<Name extends string> extends Stage<Name> {
  readonly browser: Browser;
  /** Opens a path of the page, signed in with the key of this name. */
  visit(name: Name, path: string, options?: VisitOptions): Promise<Visit>;
  /** Opens a path without a session. */
  visitSignedOut(path: string, options?: VisitOptions): Promise<Visit>;
}

/** A running service with Chromium: once for each test file. */
export async function startWebStage<Name extends string>(options: StageOptions<Name>): Promise<WebStage<Name>> {
  const stage = await startStage(options);
  const browser = await chromium.launch({ executablePath, headless: true, args });
  const profiles = new Profiles(browser, stage.url);
  const open = (visitOptions: VisitOptions = {}) => openVisit(profiles, stage.url, visitOptions);
  return {
    ...stage,
    browser,
    async visit(name, path, visitOptions) {
      const visit = await open(visitOptions);
      await signIn(visit.context, stage.url, stage.tokens[name]);
      await visit.page.goto(stage.url + path);
      return visit;
    },
    async visitSignedOut(path, visitOptions) {
      const visit = await open(visitOptions);
      await visit.page.goto(stage.url + path);
      return visit;
    },
    async stop() {
      await browser.close();
      await stage.stop();
    },
  };
}

/** Signs in with the request of the sign-in page, and checks its answer. */
async function signIn({ request }: BrowserContext, url: string, token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, Origin: url, 'Sec-Fetch-Site': 'same-origin' };
  const answer = await request.post(`${url}/session`, { headers, data: {} });
  if (answer.status() !== 201) throw new Error(`POST /session answered ${answer.status()}`);
}

interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
}

/**
 * Browser profiles, each with a window, which visits share: a new one costs 0.9 s of CPU time, three times as much as a
 * load of the page.
 */
class Profiles {
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #free: Profile[] = [];

  constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  async take(isOwn: boolean): Promise<Profile> {
    const free = isOwn ? undefined : this.#free.pop();
    if (free) return free;
    const context = await this.#browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
    await context.addInitScript({ content: watch });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return { context, page };
  }

  async giveBack(profile: Profile): Promise<void> {
    const { context, page } = profile;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    // A path of the same origin, so that its storage can be cleared, without a script that could write to it again.
    await page.goto(`${this.#origin}/health`);
    await page.evaluate('sessionStorage.clear()');
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: this.#origin, storageTypes: 'all' });
    await session.detach();
    await context.clearCookies();
    await context.clearPermissions();
    this.#free.push(profile);
  }
}

async function openVisit(profiles: Profiles, base: string, options: VisitOptions): Promise<Visit> {
  const { viewport = { width: 1280, height: 800 }, colorScheme = 'light', forcedColors = 'none' } = options;
  const profile = await profiles.take(options.ownProfile === true);
  const { context, page } = profile;
  if (options.permissions) await context.grantPermissions([...options.permissions], { origin: base });
  if (options.hidden) await context.addInitScript({ content: hide(true) });
  await page.setViewportSize(viewport);
  await page.emulateMedia({ media: null, colorScheme, forcedColors, reducedMotion: 'reduce' });
  const requests: string[] = [];
  const console: string[] = [];
  const urls: string[] = [];
  const listeners = {
    request(request: Request) {
      urls.push(request.url());
      const { pathname } = new URL(request.url());
      if (request.url().startsWith(base) && !pathname.startsWith('/app/assets/')) {
        requests.push(`${request.method()} ${pathname}`);
      }
    },
    framenavigated: (frame: Frame) => void urls.push(frame.url()),
    console: (message: ConsoleMessage) => void console.push(message.text()),
    pageerror: (error: Error) => void console.push(String(error)),
  };
  const each = Object.entries(listeners) as ['request', (request: Request) => void][];
  for (const [event, listener] of each) page.on(event, listener);
  const close = async () => {
    closing.delete(close);
    if (options.ownProfile) return context.close();
    for (const [event, listener] of each) page.off(event, listener);
    await profiles.giveBack(profile);
  };
  if (!options.keep) closing.add(close);
  const visit: Visit = {
    page,
    context,
    requests,
    console,
    urls,
    violations: () => page.evaluate<string[]>('window.violations'),
    layoutShift: () => page.evaluate<number>('window.shift'),
    storage: async () =>
      JSON.stringify([
        await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])'),
        await page.evaluate('indexedDB.databases().then((all) => all.map(({ name }) => name))'),
        await page.evaluate('caches.keys()'),
        (await context.cookies()).map(({ name, httpOnly }) => ({ name, httpOnly })),
        await page.evaluate('[window.name, document.title]'),
        await page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length)'),
      ]),
    setHidden: (hidden) =>
      page.evaluate(`${hide(hidden)}; document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`),
    async axe() {
      await page.evaluate(`${axeSource()}; void 0`);
      const run = (rules: object) =>
        page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(rules)}).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))))`);
      const found = await run({ resultTypes: ['violations'] });
      // Only the colours depend on the scheme.
      const other = colorScheme === 'light' ? 'dark' : 'light';
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await run({ runOnly: ['color-contrast'] })).map((finding) => `${other}: ${finding}`));
      await page.emulateMedia({ colorScheme });
      return found;
    },
    async faults(screen) {
      const found = await visit.axe();
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (overflow > 0) found.push(`${overflow} px wider than the window`);
      const shift = await visit.layoutShift();
      if (shift >= 0.05) found.push(`layout shift of ${shift}`);
      const kept = await page.evaluate<string[]>(`[...document.querySelectorAll('input, textarea')]
        .filter(({ type }) => !['checkbox', 'file'].includes(type))
        .filter((field) => field.autocomplete !== 'off' && field.form?.autocomplete !== 'off')
        .map((field) => 'kept by the browser: ' + (field.name || field.type))`);
      return [...found, ...kept].map((finding) => `${screen}: ${finding}`);
    },
    close,
  };
  return visit;
}

const axeSource = () => readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
