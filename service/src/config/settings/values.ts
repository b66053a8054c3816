import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type IssuerSettings, IssuerSettingsError, readIssuers } from '@healthcare-ai/access-tokens';
import { signInEndpoints } from '@healthcare-ai/access-tokens/sign-in';
import { contract } from '@healthcare-ai/contract';
import * as z from 'zod';

/** A 256-bit key in base64 or hex, as `openssl rand -base64 32` prints it. */
export const key256 = z
  .string()
  // Buffer.from skips what is not base64: a key with a slip of the pen would become another key.
  .regex(
    /^([0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i,
    'must be 32 bytes in base64 or hex: create one with `openssl rand -base64 32`',
  )
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64'));

export const kmsKeyId = z.string().regex(/^[A-Za-z0-9:/_-]{1,2048}$/, 'must be the id, ARN or alias of a KMS key');

/** Prefix of the 32-byte seed in a PKCS#8 document. https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 private key as `openssl genpkey -algorithm ed25519` writes it, or its seed in base64. */
export const ed25519Key = z.string().transform((text, context): KeyObject => {
  try {
    const seed = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
    const key = seed
      ? createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' })
      : // A variable of one line has its line ends written as \n.
        createPrivateKey(text.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without what was given.
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be an Ed25519 key: 32 bytes of `openssl rand -base64 32`, or a PEM of `openssl genpkey -algorithm ed25519`',
  });
  return z.NEVER;
});

export const flag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .transform((text) => text === 'true' || text === '1');

export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`);

/** An amount of money: a decimal number without a currency. */
export const price = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,9})?$/, 'must be a decimal number such as 0.003')
  .transform(Number);

export const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    );

/** A user, password or name with a bare `%` would stop the connection later, with an error that names no setting. */
const decodes = (text: string): boolean => {
  try {
    const { username, password, hostname, pathname } = new URL(text);
    return [username, password, hostname, pathname].map(decodeURIComponent).length === 4;
  } catch {
    return false;
  }
};

export const databaseUrl = url(['postgresql:', 'postgres:']).refine(
  (text) => !URL.canParse(text) || decodes(text),
  'must have its special characters percent-encoded',
);

/** The seed's form is a JSON list; a comma-separated list is taken too. */
export const origins = z.string().transform((text, context) => {
  const list = text.trimStart().startsWith('[') ? parseJsonList(text) : text.split(',').map((item) => item.trim());
  const bad = list === undefined || list.some((item) => !isOrigin(item));
  if (bad) {
    context.addIssue({
      code: 'custom',
      message: 'must list origins such as ["https://app.example.org"], without paths and without *',
    });
    return z.NEVER;
  }
  return list.filter((item) => item !== '');
});

function parseJsonList(text: string): string[] | undefined {
  const value = parseJson(text);
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

const isOrigin = (item: string): boolean =>
  item === '' || (URL.canParse(item) && new URL(item).origin === item && !item.includes('*'));

export interface RateLimit {
  /** Requests allowed in a window. */
  readonly count: number;
  /** Length of the window. */
  readonly seconds: number;
}

const units: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600 };

/** Reads `600/minute` in the form that slowapi, the seed's limiter, made usual. */
function parseRateLimit(text: string): RateLimit | 'off' | 'invalid' {
  if (text.trim().toLowerCase() === 'off') return 'off';
  const match = /^(\d{1,7})\/(second|minute|hour)$/i.exec(text.trim());
  const count = Number(match?.[1]);
  const seconds = units[match?.[2]?.toLowerCase() ?? ''];
  return match && count > 0 && seconds ? { count, seconds } : 'invalid';
}

export const rateLimit = z.string().transform((text, context): RateLimit | 'off' => {
  const parsed = parseRateLimit(text);
  if (parsed === 'invalid') {
    context.addIssue({ code: 'custom', message: 'must be such as 600/minute, 10/second, 5/hour, or off' });
    return z.NEVER;
  }
  return parsed;
});

/** Trusted issuers, as JSON: `readIssuers` has the form. Every fault is an issue of its own. */
export const issuers = z.string().transform((text, context): readonly IssuerSettings[] => {
  try {
    return readIssuers(JSON.parse(text), contract.roles);
  } catch (error) {
    const faults = error instanceof IssuerSettingsError ? error.faults : ['must be a JSON array of issuers'];
    for (const message of faults) context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});

export const jwks = z.string().transform((text, context): { keys: Record<string, unknown>[] } => {
  try {
    return z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON Web Key Set: {"keys": [...]}' });
    return z.NEVER;
  }
});

/** Where people sign in to the page: `off`, `api-key`, or the endpoints of an identity provider as JSON. */
export const pageSignIn = z.string().transform((text, context) => {
  if (text === 'off' || text === 'api-key') return text;
  const parsed = signInEndpoints.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => [...path, message].join(' ')).join('; ');
  context.addIssue({
    code: 'custom',
    message: `must be off, api-key, or a JSON object with the endpoints of the provider: ${places}`,
  });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
