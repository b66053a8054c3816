import { contract } from '@healthcare-ai/contract';
import type { Environment } from './environment.ts';
import type { ConfigurationFault } from './error.ts';
import { trailRules } from './trail-checks.ts';

/** What a command works with: a migration needs no master key, a health check no database. */
export type Need = 'database' | 'keys' | 'listener' | 'trail';

export const everything: readonly Need[] = ['database', 'keys', 'listener', 'trail'];

/** Whether tokens of an identity provider are accepted. */
export const hasIssuer = (s: Partial<Environment>): boolean =>
  s.OIDC_ISSUER !== undefined || s.OIDC_ISSUERS !== undefined;

/** A rule over several settings: whether it is broken, at which setting that is reported, and what to do. */
export type Rule = readonly [broken: boolean | undefined, name: string, fault: string];

/** What the rules look at. */
export interface Subject {
  readonly settings: Partial<Environment>;
  readonly production: boolean;
  readonly needs: readonly Need[];

  /** Whether a setting has no value, and no fault of its own either. */
  readonly missing: (name: keyof Environment) => boolean;
}

/**
 * Checks that involve several settings.
 *
 * @param needs parts of the configuration that the command requires
 * @param faulty settings that already have an error, which is not reported twice
 */
export function crossCheck(
  settings: Partial<Environment>,
  faulty: ReadonlySet<string>,
  needs: readonly Need[],
): ConfigurationFault[] {
  const missing = (name: keyof Environment) =>
    settings[name] === undefined && !faulty.has(name) && !faulty.has(`${name}_FILE`);
  const subject = { settings, production: settings.NODE_ENV === 'production', needs, missing };
  const rules = [
    ...productionRules(subject),
    ...serverRules(subject),
    ...databaseRules(subject),
    ...identityRules(subject, faulty),
    ...modelRules(subject),
    ...trailRules(subject),
  ];
  return rules.flatMap(([broken, name, fault]) => (broken ? [{ name, fault }] : []));
}

function productionRules({ settings: s, production, needs, missing }: Subject): Rule[] {
  const noMasterKey = needs.includes('keys') && missing('ENCRYPTION_KEY') && missing('KMS_KEY_ID');
  return [
    [
      production && needs.includes('database') && missing('DATABASE_URL'),
      'DATABASE_URL',
      'is required in production: postgresql://user@host:5432/name',
    ],
    [
      production && noMasterKey,
      'ENCRYPTION_KEY',
      'or KMS_KEY_ID is required in production: create a key with `openssl rand -base64 32` and store it safely',
    ],
    [
      !production && noMasterKey && s.DATABASE_URL !== undefined,
      'ENCRYPTION_KEY',
      'or KMS_KEY_ID is required with DATABASE_URL: a generated key would be lost with this machine',
    ],
    [
      production && needs.includes('listener') && missing('TLS'),
      'TLS',
      'is required in production: self-signed, file, or off behind a proxy on the same host',
    ],
    [production && s.DEBUG, 'DEBUG', 'must not be true in production'],
    [
      s.ENCRYPTION_KEY !== undefined && s.KMS_KEY_ID !== undefined,
      'KMS_KEY_ID',
      'conflicts with ENCRYPTION_KEY: set one of the two (name the old local key in ENCRYPTION_KEY_PREVIOUS)',
    ],
  ];
}

function serverRules({ settings: s, production, missing }: Subject): Rule[] {
  const delay = s.SHUTDOWN_DELAY_SECONDS ?? (production ? contract.timeouts.shutdownDelay : 0);
  return [
    [s.TLS === 'file' && missing('TLS_CERT_FILE'), 'TLS_CERT_FILE', 'is required with TLS=file'],
    [s.TLS === 'file' && missing('TLS_KEY_FILE'), 'TLS_KEY_FILE', 'is required with TLS=file'],
    [
      (s.WORKERS ?? 1) > 1 && missing('DATABASE_URL'),
      'WORKERS',
      'must be 1 without DATABASE_URL: the embedded database supports one process',
    ],
    [
      s.SHUTDOWN_DEADLINE_SECONDS !== undefined && delay >= s.SHUTDOWN_DEADLINE_SECONDS,
      'SHUTDOWN_DEADLINE_SECONDS',
      `must be above SHUTDOWN_DELAY_SECONDS, which is ${delay}`,
    ],
  ];
}

function databaseRules({ settings: s, missing }: Subject): Rule[] {
  const iam = s.DATABASE_AUTH === 'iam';
  return [
    [iam && s.DATABASE_PASSWORD !== undefined, 'DATABASE_PASSWORD', 'must not be set with DATABASE_AUTH=iam'],
    [iam && s.DATABASE_TLS === 'off', 'DATABASE_TLS', 'must be verify with DATABASE_AUTH=iam'],
    [iam && missing('AWS_REGION'), 'AWS_REGION', 'is required with DATABASE_AUTH=iam'],
  ];
}

function identityRules({ settings: s, missing }: Subject, faulty: ReadonlySet<string>): Rule[] {
  const single = s.OIDC_ISSUER !== undefined;
  return [
    [single && s.OIDC_ISSUERS !== undefined, 'OIDC_ISSUERS', 'conflicts with OIDC_ISSUER: set one of the two'],
    [single && missing('OIDC_AUDIENCE'), 'OIDC_AUDIENCE', 'is required with OIDC_ISSUER'],
    [
      single && (s.OIDC_JWKS === undefined) === (s.OIDC_JWKS_URI === undefined) && !faulty.has('OIDC_JWKS'),
      'OIDC_JWKS',
      'or OIDC_JWKS_URI is required with OIDC_ISSUER, but not both',
    ],
    [
      s.PAGE_SIGN_IN === 'api-key' && hasIssuer(s),
      'PAGE_SIGN_IN',
      'must not be api-key with an issuer: people sign in there, and its settings say where',
    ],
    [
      typeof s.PAGE_SIGN_IN === 'object' && !hasIssuer(s) && !faulty.has('OIDC_ISSUERS') && !faulty.has('OIDC_ISSUER'),
      'PAGE_SIGN_IN',
      'names an identity provider whose tokens are not accepted: set OIDC_ISSUERS',
    ],
  ];
}

function modelRules({ settings: s, missing }: Subject): Rule[] {
  const bedrock = s.ANALYSIS_ENGINE === 'bedrock';
  return [
    [bedrock && missing('BEDROCK_MODEL_ID'), 'BEDROCK_MODEL_ID', 'is required with ANALYSIS_ENGINE=bedrock'],
    [bedrock && missing('AWS_REGION'), 'AWS_REGION', 'is required with ANALYSIS_ENGINE=bedrock'],
    [
      s.BEDROCK_GUARDRAIL_ID !== undefined && missing('BEDROCK_GUARDRAIL_VERSION'),
      'BEDROCK_GUARDRAIL_VERSION',
      'is required with BEDROCK_GUARDRAIL_ID',
    ],
    [
      s.BEDROCK_INPUT_PRICE !== undefined && missing('BEDROCK_OUTPUT_PRICE'),
      'BEDROCK_OUTPUT_PRICE',
      'is required with BEDROCK_INPUT_PRICE: a cost of half the tokens is none',
    ],
    [
      s.BEDROCK_OUTPUT_PRICE !== undefined && missing('BEDROCK_INPUT_PRICE'),
      'BEDROCK_INPUT_PRICE',
      'is required with BEDROCK_OUTPUT_PRICE: a cost of half the tokens is none',
    ],
    [
      (s.BEDROCK_ATTEMPT_TIMEOUT_SECONDS ?? 0) > (s.BEDROCK_TIMEOUT_SECONDS ?? Number.POSITIVE_INFINITY),
      'BEDROCK_ATTEMPT_TIMEOUT_SECONDS',
      'must not exceed BEDROCK_TIMEOUT_SECONDS',
    ],
  ];
}
