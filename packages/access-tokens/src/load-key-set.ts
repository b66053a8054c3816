import { open } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import type { KeySource } from './issuer-settings.ts';
import type { LoadKeySet } from './key-set.ts';

/** Most bytes of a key set. Entra ID's, the largest of the usual ones, has about 20 kB. */
export const KEY_SET_BYTES = 256 * 1024;

/** Longest time for an answer of the issuer, in ms. */
const FETCH_TIMEOUT = 5_000;

/** @throws TypeError where a text is no key set */
export function parseKeySet(text: string): JSONWebKeySet {
  const parsed: unknown = JSON.parse(text);
  const keys = (parsed as { readonly keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError('The key set has no "keys".');
  return parsed as JSONWebKeySet;
}

async function readKeySetFile(path: string): Promise<JSONWebKeySet> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > KEY_SET_BYTES) throw new TypeError(`The key set is longer than ${KEY_SET_BYTES} bytes.`);
    return parseKeySet(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

async function fetchKeySet(uri: string): Promise<JSONWebKeySet> {
  const response = await fetch(uri, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT),
  });
  if (response.status !== 200) throw new TypeError(`The key set was answered with ${response.status}.`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > KEY_SET_BYTES) throw new TypeError(`The key set is longer than ${KEY_SET_BYTES} bytes.`);
  }
  return parseKeySet(text);
}

/** How a key set is had from where the configuration says; undefined for a bucket, which needs a client. */
export function keySetLoader(source: KeySource): LoadKeySet | undefined {
  if ('jwks' in source) return async () => ({ jwks: source.jwks as unknown as JSONWebKeySet, age: 0 });
  if ('file' in source) return async () => ({ jwks: await readKeySetFile(source.file), age: 0 });
  if ('uri' in source) return async () => ({ jwks: await fetchKeySet(source.uri), age: 0 });
  return undefined;
}
