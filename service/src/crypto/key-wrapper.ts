/** What a data key is for. Bound to the wrapped key, so that one purpose's key cannot be passed off as another's. */
/** Of the two kinds of patient keys, `patient-index` hashed ids as they were sent, and was made by release 0.1.0 alone. */
export type KeyPurpose = 'note' | 'patient-index' | 'patient-identifier' | 'idempotency';

/** Versions grow through both kinds of patient keys. */
export const patientKeyPurposes: readonly KeyPurpose[] = ['patient-index', 'patient-identifier'];

export interface WrappedKey {
  /** The data key, encrypted. */
  readonly wrapped: Buffer;
  /** Names the key that wraps it: `local:<fingerprint>` or `kms:<ARN>`. */
  readonly wrappingKeyId: string;
}

/** Makes and opens data keys: envelope encryption with a master key that never meets a note. */
export interface KeyWrapper {
  readonly wrappingKeyId: string;
  /** A new 256-bit data key, in plain and wrapped. */
  generate(purpose: KeyPurpose): Promise<WrappedKey & { readonly plaintext: Buffer }>;
  /** Wraps an existing data key again, after the master key was rotated. */
  wrap(plaintext: Buffer, purpose: KeyPurpose): Promise<WrappedKey>;
  /** @throws UnknownWrappingKeyError when the key that wrapped it was not given */
  unwrap(key: WrappedKey, purpose: KeyPurpose): Promise<Buffer>;
}

export class UnknownWrappingKeyError extends Error {
  constructor(wrappingKeyId: string, known: readonly string[]) {
    super(
      `a data key is wrapped by ${wrappingKeyId}, and only ${known.join(', ')} was given: ` +
        'name the master key that was used before in ENCRYPTION_KEY_PREVIOUS, or restore it from its backup',
    );
    this.name = 'UnknownWrappingKeyError';
  }
}
