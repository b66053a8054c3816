import { constants, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TrailFormatError } from '../format/format-error.ts';
import { readBounded } from '../format/read-bounded.ts';
import { trailOf } from '../format/statement.ts';
import { FolderSegments } from '../segments/folder-store.ts';
import { readSegments, segmentPages } from '../segments/read-segments.ts';
import { beginOfSegments } from '../segments/segment-store.ts';
import { textOf } from '../verify/arrival.ts';
import type { Fault } from '../verify/fault.ts';
import type { TrailReport } from '../verify/report.ts';
import type { TrustOptions } from '../verify/trust.ts';
import { TrailVerifier } from '../verify/verifier.ts';
import { checkDerived } from './check-derived.ts';
import { checkManifest } from './check-manifest.ts';
import { derivedFiles, exportFiles } from './export-files.ts';
import { FileSums } from './file-sums.ts';
import { BadLineError, LineCursor } from './line-cursor.ts';
import { type Manifest, manifestBytes, manifestFile, readManifest } from './manifest.ts';
import { numberOf, readPublished } from './read-published.ts';

export interface VerifyDirectoryOptions extends TrustOptions {
  readonly directory: string;
  /** Called with the number of bytes read since the last call. */
  readonly onProgress?: (bytes: number) => void;
}

/** The directory is not an export of the stated kind. */
export class NoTrailError extends Error {
  constructor(directory: string, why: string) {
    super(`${directory} ${why}`);
    this.name = 'NoTrailError';
  }
}

/**
 * Verifies an export, or a directory that the service publishes to, with nothing but the public keys. In an export
 * every byte is accounted for: the first record that is bad is named, or else the file.
 *
 * @throws NoTrailError when there is neither in the directory
 */
export async function verifyDirectory(options: VerifyDirectoryOptions): Promise<TrailReport> {
  const { directory, onProgress } = options;
  const entries = await entriesOf(directory);
  const verifier = new TrailVerifier(options);
  const sums = new FileSums();
  const onBytes = (file: string, bytes: Buffer) => {
    sums.add(file, bytes);
    onProgress?.(bytes.length);
  };
  const names = entries.map(({ name }) => name).sort();
  const whole = names.includes(manifestFile);
  const link = entries.find((entry) => !entry.isFile() && (whole || partOf(entry.name) !== undefined));
  if (link) return failed(verifier, { kind: 'file', file: link.name, message: 'is not a regular file' });
  try {
    if (!whole) {
      if (names.some(isOfExport)) {
        return failed(verifier, { kind: 'file', file: manifestFile, message: 'is missing' });
      }
      return await verifyPublished(directory, names, verifier, options.origin, onBytes);
    }
    return await verifyExport(directory, names, verifier, sums, onBytes);
  } catch (error) {
    if (error instanceof BadLineError) {
      const { file, line, message } = error;
      return failed(verifier, { kind: 'line', file, line, message });
    }
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined || path === undefined) throw error;
    return failed(verifier, { kind: 'file', file: basename(path), message: `cannot be read (${code})` });
  }
}

async function verifyExport(
  directory: string,
  names: readonly string[],
  verifier: TrailVerifier,
  sums: FileSums,
  onBytes: (file: string, bytes: Buffer) => void,
): Promise<TrailReport> {
  const manifest = manifestOf(directory);
  if (manifest instanceof TrailFormatError) {
    return failed(verifier, { kind: 'file', file: manifestFile, message: manifest.message });
  }
  const missing = [exportFiles.events, exportFiles.checkpoints].find((name) => !names.includes(name));
  if (missing !== undefined) return failed(verifier, { kind: 'file', file: missing, message: 'is missing' });
  const cursor = (file: string) => new LineCursor({ directory, files: [file], onBytes });
  const [events, checkpoints] = [cursor(exportFiles.events), cursor(exportFiles.checkpoints)];
  try {
    await readPublished({ events, checkpoints, verifier });
  } finally {
    await events.close();
    await checkpoints.close();
  }
  verifier.endOfProven();
  if (names.includes(exportFiles.unproven)) await readUnproven(cursor(exportFiles.unproven), verifier);
  const report = verifier.finish();
  if (report.fault) return report;
  for (const [file, formats] of derivedFiles) {
    const fault = names.includes(file) ? await checkDerived(directory, file, formats, onBytes) : undefined;
    if (fault) return failed(verifier, fault);
  }
  const fault = checkManifest(manifest, names, report, sums);
  return fault ? failed(verifier, fault) : report;
}

/**
 * Files that the service adds to: a crash may have cut the last line, and left lines that were written again. Segments
 * are read where they go on without a gap to the newest, and the files of lines before that.
 */
async function verifyPublished(
  directory: string,
  names: readonly string[],
  verifier: TrailVerifier,
  origin: string | undefined,
  onBytes: (file: string, bytes: Buffer) => void,
): Promise<TrailReport> {
  const torn: string[] = [];
  const filesOf = (kind: string) => names.filter((name) => partOf(name) === kind);
  const segments = await openSegments(directory, origin);
  // A service may be adding to them. Events are written before their record: all of those of a record that is there
  // now are there when their files, or the segments, are looked at after it.
  const sizes = new Map<string, number>();
  for (const name of [...filesOf('checkpoints'), ...filesOf('events')]) {
    sizes.set(name, (await stat(join(directory, name))).size);
  }
  const cursor = (kind: string) =>
    new LineCursor({
      directory,
      files: filesOf(kind),
      sizes,
      onBytes,
      onTornLine: (file) => torn.push(file),
    });
  const numbers = (await segments?.numbers()) ?? [];
  const begin = beginOfSegments(numbers);
  if (filesOf('checkpoints').length === 0 && begin === undefined) {
    throw new NoTrailError(
      directory,
      `holds no trail: none of ${manifestFile}, segments and checkpoints*.jsonl exists`,
    );
  }
  const [events, checkpoints] = [cursor('events'), cursor('checkpoints')];
  try {
    await readPublished({ events, checkpoints, verifier, repeated: true, before: begin });
    if (begin !== undefined) await giveSegments(segments!, begin, numbers.at(-1)!, checkpoints, verifier, onBytes);
  } finally {
    await events.close();
    await checkpoints.close();
  }
  return verifier.finish([
    `there is no ${manifestFile}: this is not an export, and files beside those of the trail are passed over`,
    ...(begin === undefined || begin === 1 ? [] : [`segments begin at checkpoint ${begin}`]),
    ...torn.map((file) => `the last line of ${file} is cut off, as a crash or a writer at work leaves it`),
  ]);
}

async function openSegments(directory: string, origin: string | undefined): Promise<FolderSegments | undefined> {
  const trails = await FolderSegments.trails(directory);
  const wanted = origin === undefined ? undefined : trailOf(origin);
  const [trail, other] = wanted === undefined ? trails : trails.filter((name) => name === wanted);
  if (other !== undefined) {
    throw new NoTrailError(directory, `holds segments of several trails; name one with --origin: ${trails.join(', ')}`);
  }
  return trail === undefined ? undefined : new FolderSegments(directory, trail);
}

/** Gives a verifier segments and, after each, the separate file of its record, which must be the same. */
async function giveSegments(
  segments: FolderSegments,
  from: number,
  to: number,
  records: LineCursor,
  verifier: TrailVerifier,
  onBytes: (file: string, bytes: Buffer) => void,
): Promise<void> {
  async function* read() {
    for await (const segment of readSegments(segments, { from, to })) {
      onBytes(segment.name, segment.bytes);
      yield segment;
    }
  }
  const giveRecords = async (through: number) => {
    while (!verifier.fault && (await records.more()) && numberOf(records.peek()!) <= through) {
      const record = records.take()!;
      verifier.record(record.bytes, record.file, record.line);
    }
  };
  for await (const { source, first, lines } of segmentPages(read())) {
    for (const [index, line] of lines.entries()) verifier.line(line, source, first + index);
    if (first === 1) await giveRecords(numberOf(Buffer.from(lines[0]!)));
    if (verifier.fault) return;
  }
  // A record without a segment: its events are missing.
  await giveRecords(Number.POSITIVE_INFINITY);
}

async function readUnproven(lines: LineCursor, verifier: TrailVerifier): Promise<void> {
  try {
    while (!verifier.fault && (await lines.more())) {
      for (let line = lines.take(); line; line = lines.take()) {
        if (verifier.unproven(line.bytes, line.file, line.line)) continue;
        const { file, line: number } = line;
        verifier.fail({ kind: 'line', file, line: number, message: 'repeats a record that came before' });
      }
    }
  } finally {
    await lines.close();
  }
}

function manifestOf(directory: string): Manifest | TrailFormatError {
  try {
    // A symbolic link would lead out of the directory that is verified.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
    return readManifest(textOf(readBounded(join(directory, manifestFile), manifestBytes, flags)));
  } catch (error) {
    if (error instanceof TrailFormatError) return error;
    throw error;
  }
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NoTrailError(directory, `cannot be read as a directory (${code})`);
  }
}

/** The service publishes to numbered files and to segments, so these are those of an export. */
const isOfExport = (name: string): boolean =>
  Object.values<string>(exportFiles).includes(name) || derivedFiles.has(name);

/** `events-0000000001.jsonl` and `events.jsonl` alike. */
export const partOf = (name: string): string | undefined => /^(events|checkpoints)(-\d{10})?\.jsonl$/.exec(name)?.[1];

function failed(verifier: TrailVerifier, fault: Fault): TrailReport {
  verifier.fail(fault);
  return verifier.finish();
}
