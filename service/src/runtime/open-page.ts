import type { Config } from '../config/read.ts';
import type { Page } from '../http/page/add-page.ts';
import { readPageBuild } from '../http/page/build.ts';
import type { Sessions } from '../identity/sessions.ts';
import type { StartLink } from '../identity/start-link.ts';
import type { Logger } from '../telemetry/log.ts';

/** Reads the page; undefined where the configuration has none. */
export function openPage(
  {
    PAGE_SIGN_IN: signIn,
    BREAK_GLASS_MINUTES: breakGlassMinutes,
  }: Pick<Config, 'PAGE_SIGN_IN' | 'BREAK_GLASS_MINUTES'>,
  folder: string,
  sessions: Sessions,
  startLink: StartLink | undefined,
  log: Logger,
): Page | undefined {
  if (signIn === 'off') return undefined;
  const build = readPageBuild(folder);
  if (!build) log.warn('page_missing', { reason: 'not built: run npm run build' });
  return { build, signIn, sessions, startLink, breakGlassMinutes };
}
