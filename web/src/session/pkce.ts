import type { PageConfig } from '../api/types.ts';

/** Where to sign in. */
export type Provider = Extract<PageConfig['sign_in'], { readonly mode: 'oidc' }>;

const redirectUri = () => `${location.origin}/app/signin`;
const encode = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

/** What has to outlast the way to the provider and back: it is removed on return. */
const key = 'sign-in';

/**
 * Leaves for the provider: authorization code with PKCE (RFC 7636), for a public client.
 *
 * @param back the path to return to
 * @param again whether the person must prove who they are, though the provider still knows them
 */
export async function leaveForProvider(provider: Provider, back: string, again: boolean): Promise<void> {
  const [verifier, state] = [random(), random()];
  sessionStorage.setItem(key, JSON.stringify({ verifier, state, back }));
  const url = new URL(provider.authorization_endpoint);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: provider.client_id,
    redirect_uri: redirectUri(),
    scope: provider.scope,
    state,
    code_challenge: encode(new Uint8Array(digest)),
    code_challenge_method: 'S256',
    ...(again ? { prompt: 'login' } : {}),
  })) {
    url.searchParams.set(name, value);
  }
  location.assign(url);
}

/**
 * Exchanges the code of the address for an access token. The address and the storage are empty again afterwards.
 *
 * @returns undefined where the address has no answer of the provider
 * @throws Error whose message is for the person
 */
export async function returnFromProvider(provider: Provider): Promise<{ token: string; back: string } | undefined> {
  const answer = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { verifier?: string; state?: string; back?: string };
  sessionStorage.removeItem(key);
  if (!answer.has('state')) return undefined;
  history.replaceState(null, '', '/app/signin');
  if (kept.verifier === undefined || answer.get('state') !== kept.state) {
    throw new Error('The answer of your identity provider belongs to another sign-in. Sign in again.');
  }
  const code = answer.get('code');
  if (code === null)
    throw new Error('Your identity provider did not sign you in. Try again, or ask your administrator.');
  const { client_id, token_endpoint } = provider;
  const body = new URLSearchParams({
    ...{ grant_type: 'authorization_code', code, client_id, redirect_uri: redirectUri() },
    code_verifier: kept.verifier,
  });
  const response = await fetch(token_endpoint, {
    method: 'POST',
    body,
    credentials: 'omit',
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  const { access_token: token } = ((await response?.json().catch(() => undefined)) ?? {}) as { access_token?: string };
  if (token === undefined) {
    throw new Error('Your identity provider gave no token. Try again; if it fails again, tell your administrator.');
  }
  return { token, back: kept.back ?? '/app/' };
}
