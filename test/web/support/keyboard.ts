import type { Page } from 'playwright-core';

/** Presses Tab, or Shift+Tab, until the element with this role and name has the focus, as a person without a mouse does. */
export async function tabTo(
  page: Page,
  role: string,
  name: string | RegExp,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name }).first();
  await wanted.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`80 times ${key} did not reach the ${role} ${name}`);
}
