/** Largest file that is read, in bytes: far above the longest note that the service takes. */
const mostBytes = 4 * 1024 * 1024;

/** Why the page does not take a file. The words are shown as they are. */
export class FileRefusal extends Error {}

/**
 * The text of a file, code unit by code unit. `File.text()` would drop a byte order mark and replace what is not UTF-8, and
 * the offsets of the analysis would point beside its words.
 *
 * @throws FileRefusal
 */
export async function textOfFile(file: File): Promise<string> {
  if (file.size > mostBytes) throw new FileRefusal('The file is larger than 4 MB.');
  const bytes = await file.arrayBuffer().catch(() => {
    throw new FileRefusal('The file cannot be read. Choose it again.');
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileRefusal('The file is not text in UTF-8. Save it as UTF-8 and choose it again.');
  }
}
