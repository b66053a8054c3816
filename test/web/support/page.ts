import { existsSync, readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describeWith } from '../../service/support/skips.ts';
import { type Stage, type StageOptions, startStage } from '../../service/support/stage.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

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

/** A page in a browser of its own, and everything that it did. */
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
  /** What axe-core finds: rule, element and what is wrong. */
  axe(): Promise<string[]>;
  /** Sum of layout shifts that no input explains. */
  layoutShift(): Promise<number>;
  /** Everything that the page keeps in the browser. */
  storage(): Promise<string>;
  close(): Promise<void>;
}

export interface WebStage<Name extends string> extends Stage<Name> {
  readonly browser: Browser;
  /** Opens a path of the page, signed in with the key of this name. */
  visit(name: Name, path: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Opens a path without a session. */
  visitSignedOut(path: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** A running service with Chromium: once for each test file. */
export async function startWebStage<Name extends string>(options: StageOptions<Name>): Promise<WebStage<Name>> {
  const stage = await startStage(options);
  const browser = await chromium.launch({ executablePath, headless: true, args });
  const open = (contextOptions: BrowserContextOptions = {}) => openVisit(browser, stage.url, contextOptions);
  return {
    ...stage,
    browser,
    async visit(name, path, contextOptions) {
      const visit = await open(contextOptions);
      await signIn(visit.page, stage.url, stage.tokens[name]);
      visit.requests.length = 0;
      await visit.page.goto(stage.url + path);
      return visit;
    },
    async visitSignedOut(path, contextOptions) {
      const visit = await open(contextOptions);
      await visit.page.goto(stage.url + path);
      return visit;
    },
    async stop() {
      await browser.close();
      await stage.stop();
    },
  };
}

/** Hands the key in as the sign-in page does, and checks that the cookie came. */
async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/app/signin`);
  const status = await page.evaluate(async (key) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    return (await fetch('/session', { method: 'POST', headers, body: '{}' })).status;
  }, token);
  if (status !== 201) throw new Error(`POST /session answered ${status}`);
}

async function openVisit(browser: Browser, base: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  await context.addInitScript({ content: watch });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const requests: string[] = [];
  const console: string[] = [];
  const urls: string[] = [];
  page.on('request', (request) => {
    urls.push(request.url());
    const { pathname } = new URL(request.url());
    if (request.url().startsWith(base) && !pathname.startsWith('/app/assets/')) {
      requests.push(`${request.method()} ${pathname}`);
    }
  });
  page.on('framenavigated', (frame) => urls.push(frame.url()));
  page.on('console', (message) => console.push(message.text()));
  page.on('pageerror', (error) => console.push(String(error)));
  return {
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
      ]),
    async axe() {
      await page.evaluate(`${axeSource()}; void 0`);
      return page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))))`);
    },
    close: () => context.close(),
  };
}

const axeSource = () => readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
