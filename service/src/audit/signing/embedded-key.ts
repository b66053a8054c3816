import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The signing keys that lie beside the embedded database, readable by its owner alone. */
export interface EmbeddedKeys {
  readonly current: KeyObject;
  /** Made by a rotation that was not finished. */
  readonly next?: KeyObject;
}

const paths = (folder: string) => ({
  current: join(folder, 'audit-signing.key'),
  next: join(folder, 'audit-signing.key.next'),
});

/** Undefined before the first start. */
export function readEmbeddedKeys(folder: string): EmbeddedKeys | undefined {
  const { current, next } = paths(folder);
  if (!existsSync(current)) return undefined;
  return { current: readKey(current), next: existsSync(next) ? readKey(next) : undefined };
}

export function makeFirstKey(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(paths(folder).current)) makeKey(paths(folder).current);
}

/** The next key, stored beside the current one until `finishRotation`. */
export function makeNextKey(folder: string): KeyObject {
  const { next } = paths(folder);
  if (!existsSync(next)) makeKey(next);
  return readKey(next);
}

/** The next key takes the place of the current one. The old one has signed its last checkpoint: it is of no more use. */
export function finishRotation(folder: string): void {
  const { current, next } = paths(folder);
  renameSync(next, current);
}

function makeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx', flush: true });
}

function readKey(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path));
  } catch {
    throw new Error(`${path} does not hold an Ed25519 key in PEM: restore it from its backup`);
  }
}
