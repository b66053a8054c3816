import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { answers } from '../../lib/support/program.ts';
import { bundle } from '../../service/support/bundle.ts';
import { embeddedDatabase } from '../../service/support/service.ts';
import { describeWith } from '../../service/support/skips.ts';
import { eventually } from '../../support/eventually.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const found = executablePath !== undefined && answers('script', '--version');

describeWith('Chromium and script (util-linux)', found)('the first minute of a newcomer', () => {
  const database = embeddedDatabase();
  let service: ChildProcess;
  let browser: Browser;
  let output = '';

  beforeAll(async () => {
    // `script` runs a command on a terminal of its own.
    service = spawn('script', ['-qefc', `${process.execPath} ${bundle}`, '/dev/null'], {
      env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', ...database.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    service.stdout!.on('data', (chunk) => {
      output += chunk;
    });
    browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    const exited = new Promise((resolve) => service?.once('exit', resolve));
    service?.kill('SIGTERM');
    await exited;
    service?.stdout?.destroy();
    await database.remove();
  });

  test('the printed link opens the page, signed in; one click shows a sample note with what was found in it', async () => {
    const link = await eventually('the link', () => /^ {2}(http\S+#start_\S+)\r?$/m.exec(output)?.[1]);
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(link);
    await page.waitForURL('**/app/try');
    await page.getByRole('button', { name: 'Show a sample note' }).click();
    await page.locator('mark').first().waitFor();

    expect(await page.locator('mark').count()).toBeGreaterThan(10);
    expect(
      await page.evaluate('[location.hash, document.cookie, localStorage.length + sessionStorage.length]'),
    ).toEqual(['', '', 0]);
  });
});
