import { contract } from '@healthcare-ai/contract';
import type * as z from 'zod';
import { crossCheck, everything, hasIssuer, type Need } from './cross-checks.ts';
import { type Environment, environment, fileSettings } from './environment.ts';
import { ConfigurationError, type ConfigurationFault } from './error.ts';

/** What the service runs with: the environment, with the defaults that depend on `NODE_ENV` filled in. */
export interface Config extends Environment {
  readonly production: boolean;
  readonly TLS: 'off' | 'self-signed' | 'file';
  readonly DATABASE_TLS: 'verify' | 'off';
  readonly LOG_FORMAT: 'json' | 'text';
  readonly PAGE_SIGN_IN: NonNullable<Environment['PAGE_SIGN_IN']>;
  readonly SHUTDOWN_DELAY_SECONDS: number;
}

/**
 * Reads the configuration from environment variables. An empty variable counts as not set.
 *
 * @param readFile reads a secret that is given as NAME_FILE
 * @param needs what must be there: all that the service needs, or less for a command
 * @throws ConfigurationError that lists every fault, by name and never by value
 */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  needs: readonly Need[] = everything,
): Config {
  const faults: ConfigurationFault[] = [];
  const given = collect(variables, readFile, faults);
  const parsed = environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    faults.push({ name: String(issue.path[0]), fault: issue.message });
  }
  // Cross-checks see only what parsed by itself, so that one run reports every fault there is.
  const settings = parsed.success ? parsed.data : readable(given);
  faults.push(...crossCheck(settings, new Set(faults.map(({ name }) => name)), needs));
  if (faults.length > 0) {
    throw new ConfigurationError(faults);
  }
  return withDefaults(settings as Environment);
}

function collect(
  variables: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  faults: ConfigurationFault[],
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(environment.shape)) {
    const value = variables[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const name of fileSettings) {
    const path = variables[`${name}_FILE`];
    if (path === undefined || path === '') continue;
    if (given[name] !== undefined) {
      faults.push({ name: `${name}_FILE`, fault: `conflicts with ${name}: set one of the two` });
      continue;
    }
    try {
      given[name] = readFile(path).trim();
    } catch {
      faults.push({ name: `${name}_FILE`, fault: 'names an unreadable file' });
    }
  }
  return given;
}

/** The settings that parse one by one, for cross-checks beside other faults. */
function readable(given: Record<string, string>): Partial<Environment> {
  const settings: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(environment.shape)) {
    const one = (schema as z.ZodType).safeParse(given[name]);
    if (one.success) settings[name] = one.data;
  }
  return settings as Partial<Environment>;
}

function withDefaults(s: Environment): Config {
  const production = s.NODE_ENV === 'production';
  return {
    ...s,
    production,
    TLS: s.TLS ?? 'off',
    DATABASE_TLS: s.DATABASE_TLS ?? (production ? 'verify' : 'off'),
    LOG_LEVEL: s.DEBUG ? 'debug' : s.LOG_LEVEL,
    LOG_FORMAT: s.LOG_FORMAT ?? (production ? 'json' : 'text'),
    PAGE_SIGN_IN: s.PAGE_SIGN_IN ?? (production || hasIssuer(s) ? 'off' : 'api-key'),
    SHUTDOWN_DELAY_SECONDS: s.SHUTDOWN_DELAY_SECONDS ?? (production ? contract.timeouts.shutdownDelay : 0),
  };
}
