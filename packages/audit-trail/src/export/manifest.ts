import { canonicalJson } from '../format/canonical-json.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { isOrigin } from '../format/statement.ts';
import { isCount, isHash, membersOf, parseCanonical, take } from '../format/strict.ts';

const format = 'healthcare-ai/audit-export/v1';

export const manifestFile = 'manifest.json';

/** Longest manifest in bytes: many times what its files take. */
export const manifestBytes = 64 * 1024;

/** A file of an export, so that every byte is accounted for. */
export interface ManifestFile {
  readonly bytes: number;
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}

/** What an export holds. It is not signed: whatever matters in it is in the checkpoints, too. */
export interface Manifest {
  readonly checkpoints: {
    /** How many; 0 is no export. */
    readonly count: number;
    readonly first: number;
    readonly last: number;
    /** Hash of the record of the last one. */
    readonly last_hash: string;
  };
  /** Events under the checkpoints. */
  readonly events: number;
  /** By name. */
  readonly files: readonly ManifestFile[];
  readonly origin: string;
  /** Events that no checkpoint covers. */
  readonly unproven: number;
}

/** One line of canonical JSON, and its line break. */
export const writeManifest = (manifest: Manifest): string => `${canonicalJson({ ...manifest, format })}\n`;

/** @throws TrailFormatError */
export function readManifest(text: string): Manifest {
  if (!text.endsWith('\n')) throw new TrailFormatError('is cut off: it does not end with a line break');
  const names = ['checkpoints', 'events', 'files', 'format', 'origin', 'unproven'];
  const members = membersOf(parseCanonical(text.slice(0, -1)), 'manifest', names);
  if (members.format !== format) throw new TrailFormatError(`is not in the format ${format}`);
  const range = membersOf(members.checkpoints, 'checkpoints', ['count', 'first', 'last', 'last_hash']);
  if (!Array.isArray(members.files)) throw new TrailFormatError('has no files');
  const files = members.files.map((file: unknown): ManifestFile => {
    const entry = membersOf(file, 'file', ['bytes', 'name', 'sha256']);
    return {
      bytes: take(entry, 'bytes', isCount),
      name: take(entry, 'name', isFileName),
      sha256: take(entry, 'sha256', isHash),
    };
  });
  if (files.some(({ name }, index) => index > 0 && name <= files[index - 1]!.name)) {
    throw new TrailFormatError('has files that are not in order');
  }
  return {
    checkpoints: {
      count: take(range, 'count', isCount),
      first: take(range, 'first', isCount),
      last: take(range, 'last', isCount),
      last_hash: take(range, 'last_hash', isHash),
    },
    events: take(members, 'events', isCount),
    files,
    origin: take(members, 'origin', isOrigin),
    unproven: take(members, 'unproven', isCount),
  };
}

/** A name in the directory itself. */
const isFileName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9.-]{0,63}$/.test(value) && value !== manifestFile;
