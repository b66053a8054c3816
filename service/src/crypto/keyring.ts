import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { type KeyPurpose, type KeyWrapper, patientKeyPurposes } from './key-wrapper.ts';
import type { PatientKey } from './keyed-hash.ts';

export interface DataKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface KeyringOptions {
  readonly database: Database;
  readonly wrapper: KeyWrapper;
  /** Called when no new data key could be created; the old one stays in use until its hard limit. */
  readonly onError: (error: unknown) => void;

  /**
   * When a data key is replaced, in ms.
   *
   * @default 24 hours
   */
  readonly maxAge?: number;
}

interface Row {
  readonly key_id: string;
  readonly purpose: KeyPurpose;
  readonly version: number | null;
  readonly wrapped: Buffer;
  readonly wrapping_key_id: string;
}

/** Notes under one data key, and random IVs that NIST SP 800-38D (8.3) allows a key. */
const softLimit = 2 ** 30;
const hardLimit = 2 ** 32;
const day = 24 * 60 * 60 * 1000;

/**
 * The data keys of a process. Each process makes a note key of its own, so that it alone counts the messages under it;
 * the keys of others are fetched when one of their notes is read.
 */
export class Keyring {
  readonly #options: KeyringOptions;
  readonly #opened = new Map<string, KeyObject>();
  #current: DataKey | undefined;
  #madeAt = 0;
  #messages = 0;
  #making: Promise<void> | undefined;
  #indexKeys: readonly PatientKey[] = [];
  #idempotencyKey: KeyObject | undefined;

  private constructor(options: KeyringOptions) {
    this.#options = options;
  }

  /** @throws UnknownWrappingKeyError when the master key is not the one that the stored keys need */
  static async open(options: KeyringOptions): Promise<Keyring> {
    const keyring = new Keyring(options);
    await Promise.all([
      keyring.refreshIndexKeys(),
      keyring.#readOrMake(['idempotency'], 'idempotency').then(async ([row]) => {
        keyring.#idempotencyKey = await keyring.#open(row!);
      }),
      keyring.#makeNoteKey(),
    ]);
    return keyring;
  }

  /** The key to seal the next note with. Replaced in the background when it grows old or has sealed much. */
  current(): DataKey {
    this.#messages += 1;
    const { maxAge = day } = this.#options;
    if (this.#messages > softLimit || performance.now() - this.#madeAt > maxAge) {
      if (this.#messages > hardLimit)
        throw new Error('the data key is exhausted, and no new data key could be created');
      this.#making ??= this.#makeNoteKey()
        .catch(this.#options.onError)
        .finally(() => {
          this.#making = undefined;
        });
    }
    return this.#current!;
  }

  /** @throws Error when there is no such key, or it cannot be unwrapped */
  async byId(id: string): Promise<KeyObject> {
    const known = this.#opened.get(id);
    if (known) return known;
    const { rows } = await this.#options.database.query<Row>({
      text: 'SELECT * FROM data_keys WHERE key_id = $1',
      values: [id],
    });
    if (!rows[0]) throw new Error(`data key ${id} does not exist`);
    return this.#open(rows[0]);
  }

  /** The key for new patient references, then those before it: what was written under them is still found. */
  indexKeys(): readonly PatientKey[] {
    return this.#indexKeys;
  }

  idempotencyKey(): KeyObject {
    return this.#idempotencyKey!;
  }

  /** Reloads the index keys, and creates the first one if necessary. */
  async refreshIndexKeys(): Promise<void> {
    const rows = await this.#readOrMake(patientKeyPurposes, 'patient-identifier');
    this.#indexKeys = await Promise.all(
      rows.map(async (row) => ({
        version: Number(row.version),
        key: await this.#open(row),
        canonical: row.purpose === 'patient-identifier',
      })),
    );
  }

  /** Newest first. Two processes may both make version 1; the one that the database kept is used by both. */
  async #readOrMake(purposes: readonly KeyPurpose[], first: KeyPurpose): Promise<Row[]> {
    const read = async () =>
      (
        await this.#options.database.query<Row>({
          text: 'SELECT * FROM data_keys WHERE purpose = ANY ($1::text[]) ORDER BY version DESC',
          values: [purposes],
        })
      ).rows;
    const rows = await read();
    if (rows.length > 0) return rows;
    await this.#store(first, 1);
    return read();
  }

  async #makeNoteKey(): Promise<void> {
    const { id, key } = await this.#store('note', null);
    this.#opened.set(id, key);
    this.#current = { id, key };
    this.#madeAt = performance.now();
    this.#messages = 0;
  }

  async #store(purpose: KeyPurpose, version: number | null): Promise<DataKey> {
    const { plaintext, wrapped, wrappingKeyId } = await this.#options.wrapper.generate(purpose);
    const id = randomUUID();
    await this.#options.database.query({
      text: `INSERT INTO data_keys (key_id, purpose, version, wrapped, wrapping_key_id) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (purpose, version) DO NOTHING`,
      values: [id, purpose, version, wrapped, wrappingKeyId],
    });
    return { id, key: createSecretKey(plaintext) };
  }

  async #open(row: Row): Promise<KeyObject> {
    const known = this.#opened.get(row.key_id);
    if (known) return known;
    const plaintext = await this.#options.wrapper.unwrap(
      { wrapped: row.wrapped, wrappingKeyId: row.wrapping_key_id },
      row.purpose,
    );
    const key = createSecretKey(plaintext);
    this.#opened.set(row.key_id, key);
    return key;
  }
}
