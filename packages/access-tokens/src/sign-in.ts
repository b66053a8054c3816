import * as z from 'zod';

/**
 * Where the page of the service sends people to sign in: a public client with the authorization code flow and PKCE. The
 * names are those of the provider's discovery document. https://www.rfc-editor.org/rfc/rfc8414#section-2
 */
export const signInEndpoints = z.strictObject({
  authorizationEndpoint: z.url({ protocol: /^https?$/ }),
  tokenEndpoint: z.url({ protocol: /^https?$/ }),
  /** Where signing out ends the provider's own session; with a query of its own it is used as it is. */
  endSessionEndpoint: z.url({ protocol: /^https?$/ }).optional(),
  clientId: z.string().min(1).max(256),
  /** What is asked for, such as `openid` and the scope of the API. Never `offline_access`: the page keeps no token. */
  scope: z
    .string()
    .max(1_000)
    .regex(/^[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*$/, 'must be scopes with one space between them')
    .refine((scope) => !scope.split(' ').includes('offline_access'), 'must not have offline_access'),
});

export type SignInEndpoints = z.output<typeof signInEndpoints>;
