import * as z from 'zod';
import { type Pointer, type Preset, type PresetName, presetNames, presets } from './presets.ts';

/**
 * Signatures that a token may have. Asymmetric ones alone: with HS256 everybody who can verify a token could sign one.
 * https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'] as const;

/** Most issuers, audiences or clients of a configuration: a typing error must not become a long loop per request. */
const MOST = 32;

const pointer = z
  .string()
  .regex(/^(?:\/(?:[^~/]|~[01])*)+$/, 'must be a JSON Pointer to a claim, such as /realm_access/roles')
  .transform((text) => text as Pointer);
const pointers = z.union([pointer.transform((one) => [one]), z.array(pointer).min(1).max(MOST)]);
const strings = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1).max(MOST),
]);

const keySet = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
});

/** Where an issuer's public keys come from. */
const keySource = z.union([
  z.strictObject({ jwks: keySet }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ uri: z.url({ protocol: /^https?$/ }) }),
  z.strictObject({ bucket: z.string().min(3).max(63), key: z.string().min(1).max(1_024) }),
]);

export type KeySource = z.output<typeof keySource>;

const issuer = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  preset: z.enum(presetNames as readonly [PresetName, ...PresetName[]]).default('standard'),
  audiences: strings.optional(),
  clientIds: strings.optional(),
  keys: keySource,
  algorithms: z.array(z.enum(algorithms)).min(1).optional(),
  tokenTypes: z
    .array(z.union([z.string().min(1).toLowerCase(), z.null()]))
    .min(1)
    .optional(),
  principal: pointers.optional(),
  tenant: z.union([
    z
      .string()
      .min(1)
      .max(128)
      .transform((value) => ({ value })),
    z.strictObject({ claim: pointer, map: z.record(z.string(), z.string().min(1).max(128)).optional() }),
  ]),
  roles: pointers.optional(),
  roleMap: z.record(z.string(), z.string().min(1)).optional(),
  careTeams: z.strictObject({ claim: pointer, map: z.record(z.string(), z.string().min(1)).optional() }).optional(),
  maxLifetime: z.int().min(60).max(86_400).default(43_200),
});

/** One trusted issuer, with the defaults of its preset filled in. */
export interface IssuerSettings extends Omit<Preset, 'needsAudience' | 'principalClaims' | 'roleClaims'> {
  /** Compared with `iss` to the letter. */
  readonly issuer: string;
  readonly preset: PresetName;
  /** One of them must be in `aud`; none where the provider's tokens have no audience. */
  readonly audiences: readonly string[];
  /** One of them must be the client of the token; any client where the list is empty. */
  readonly clientIds: readonly string[];
  readonly keys: KeySource;
  readonly algorithms: readonly string[];
  readonly principalClaims: readonly Pointer[];
  readonly tenant:
    | { readonly value: string }
    | { readonly claim: Pointer; readonly map?: Readonly<Record<string, string>> };
  readonly roleClaims: readonly Pointer[];
  /** The provider's names to ours. With a map, only what it names grants a role. */
  readonly roleMap?: Readonly<Record<string, string>>;
  readonly careTeams: { readonly claim: Pointer; readonly map?: Readonly<Record<string, string>> };
  /** Longest life of a token, in seconds. */
  readonly maxLifetime: number;
}

/** A list of issuers that is wrong, with every fault: a path and what is wrong there, never the value. */
export class IssuerSettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The issuers are configured wrongly: ${faults.join('; ')}.`);
    this.name = 'IssuerSettingsError';
    this.faults = faults;
  }
}

/**
 * Reads a list of issuers.
 *
 * @param input a parsed JSON document: an array of issuers
 * @param roles the roles that a `roleMap` may name
 * @throws IssuerSettingsError with every fault
 */
export function readIssuers(input: unknown, roles: readonly string[]): readonly IssuerSettings[] {
  const parsed = z.array(issuer).min(1).max(MOST).safeParse(input);
  if (!parsed.success) throw new IssuerSettingsError(parsed.error.issues.map(describe));
  const faults: string[] = [];
  const settings = parsed.data.map((given, index) => {
    const preset: Preset = presets[given.preset];
    const { audiences = [], clientIds = [] } = given;
    if (preset.needsAudience && audiences.length === 0) {
      faults.push(`[${index}].audiences is required with the preset ${given.preset}`);
    }
    if (audiences.length === 0 && clientIds.length === 0) {
      faults.push(`[${index}] needs audiences or clientIds: without them any token of the issuer would be accepted`);
    }
    for (const role of Object.values(given.roleMap ?? {})) {
      if (!roles.includes(role)) faults.push(`[${index}].roleMap may name ${roles.join(', ')} only`);
    }
    return {
      issuer: given.issuer,
      preset: given.preset,
      audiences,
      clientIds,
      keys: given.keys,
      algorithms: given.algorithms ?? algorithms,
      tokenTypes: given.tokenTypes ?? preset.tokenTypes,
      clientClaims: preset.clientClaims,
      requiredClaims: preset.requiredClaims,
      principalClaims: given.principal ?? preset.principalClaims,
      tenant: given.tenant,
      roleClaims: given.roles ?? preset.roleClaims,
      roleMap: given.roleMap,
      careTeams: given.careTeams ?? { claim: '/care_teams' as const },
      maxLifetime: given.maxLifetime,
    } satisfies IssuerSettings;
  });
  const names = settings.map(({ issuer: name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) faults.push(`[${index}].issuer is listed twice`);
  }
  if (faults.length > 0) throw new IssuerSettingsError(faults);
  return settings;
}

function describe({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${place || 'the list'} ${message}`;
}
