import type { Fault } from '../verify/fault.ts';
import type { TrailReport } from '../verify/report.ts';
import { derivedFiles, exportFiles } from './export-files.ts';
import type { FileSums } from './file-sums.ts';
import { type Manifest, manifestFile } from './manifest.ts';

/** Files that an export may have, beside its manifest. */
const known: readonly string[] = [...Object.values(exportFiles), ...derivedFiles.keys()];

/**
 * Whether a manifest describes exactly the files whose content was verified.
 *
 * @param names what is in the directory
 * @param sums of what was read
 */
export function checkManifest(
  { files, origin, checkpoints, events, unproven }: Manifest,
  names: readonly string[],
  report: TrailReport,
  sums: FileSums,
): Fault | undefined {
  const bad = (file: string, message: string): Fault => ({ kind: 'file', file, message });
  const listed = new Map(files.map((file) => [file.name, file]));
  const extra = names.find((name) => name !== manifestFile && (!listed.has(name) || !known.includes(name)));
  if (extra !== undefined) return bad(extra, 'is no part of the export');
  for (const { name, bytes, sha256 } of files) {
    if (!names.includes(name)) return bad(name, 'is missing');
    const found = sums.of(name);
    if (found.bytes !== bytes || found.sha256 !== sha256)
      return bad(name, 'is not the file that the manifest describes');
  }
  if (unproven === 0 && listed.has(exportFiles.unproven))
    return bad(exportFiles.unproven, 'is empty: no export has it so');
  const { trusted, begins = 0 } = report;
  const truth: readonly [string, unknown, unknown][] = [
    ['origin', origin, report.origin],
    ['first checkpoint', checkpoints.first, begins],
    ['last checkpoint', checkpoints.last, trusted?.number],
    ['hash of the last checkpoint', checkpoints.last_hash, trusted?.hash],
    ['number of checkpoints', checkpoints.count, report.checkpoints],
    ['number of events', events, report.events],
    ['number of unproven events', unproven, report.unproven.events],
  ];
  const wrong = truth.find(([, stated, found]) => stated !== found);
  return wrong && bad(manifestFile, `states a wrong ${wrong[0]}`);
}
