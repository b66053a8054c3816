import * as z from 'zod';
import { integer, issuers, jwks, pageSignIn, url } from './values.ts';

/** Who may call the API, and how people sign in to the page. */
export const identitySettings = {
  OIDC_ISSUERS: issuers.optional().meta({
    description:
      'Issuers whose access tokens are accepted beside API keys, as a JSON array: docs/identity.md has the form, and links a page for each provider.',
  }),
  OIDC_ISSUER: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'One issuer in short form, with the settings below: `OIDC_ISSUERS` can do more.' }),
  OIDC_AUDIENCE: z
    .string()
    .optional()
    .meta({ description: '`aud` that a JWT must name; required with `OIDC_ISSUER`.' }),
  OIDC_JWKS: jwks
    .optional()
    .meta({ description: 'Key set of the issuer, as JSON, for tasks without internet access.' }),
  OIDC_JWKS_URI: url(['https:', 'http:'])
    .optional()
    .meta({ description: 'URL of the key set, for tasks with internet access.' }),
  OIDC_TENANT_CLAIM: z.string().default('tenant').meta({ description: 'Claim that names the tenant.' }),
  OIDC_ROLES_CLAIM: z.string().default('roles').meta({ description: 'Claim that lists the roles.' }),
  OIDC_CARE_TEAMS_CLAIM: z
    .string()
    .default('care_teams')
    .meta({ description: 'Claim that lists the care teams whose notes the subject reads.' }),
  OIDC_MAX_LIFETIME: integer(60, 86_400)
    .default(43_200)
    .meta({ description: 'Maximum lifetime of a JWT, in seconds (45 CFR 164.312(a)(2)(iii), automatic logoff).' }),
  PAGE_SIGN_IN: pageSignIn.optional().meta({
    description:
      'How people sign in to the page at `/app`: `off` (no page), `api-key`, or the endpoints of an identity provider as JSON. See docs/page.md.',
    shown: '`off` in production or with an issuer, else `api-key`',
  }),
};
