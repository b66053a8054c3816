/** The first record at which a trail is not what was sealed, or why it cannot be trusted as a whole. */
export interface Fault {
  readonly kind: 'event' | 'checkpoint' | 'line' | 'file' | 'trail';
  /** Of an event. */
  readonly chain?: string;
  readonly seq?: number;
  /** Of a checkpoint; for an event, the checkpoint that covers its place. */
  readonly checkpoint?: number;
  /** Where it was read: a file, a log stream or a table, and the line in it; 0 where lines are not counted. */
  readonly file?: string;
  readonly line?: number;
  /** Reads on from "event 7 of chain ..." or "checkpoint 3". */
  readonly message: string;
}

/** What moves the cursor, begins a line or turns the direction of writing: names of files may hold it. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line for people: what is bad, where it stands, and why. */
export function describeFault({ kind, chain, seq, checkpoint, file, line, message }: Fault): string {
  const subjects = {
    event: `event ${seq} of chain ${chain}`,
    checkpoint: `checkpoint ${checkpoint}`,
    line: `line ${line} of ${file}`,
    file: file ?? 'the directory',
    trail: 'the trail',
  };
  const place = [
    ...(kind === 'event' && checkpoint !== undefined ? [`under checkpoint ${checkpoint}`] : []),
    ...(file !== undefined && kind !== 'file' && kind !== 'line'
      ? [line === undefined || line === 0 ? file : `${file} line ${line}`]
      : []),
  ];
  const text = `${subjects[kind]}${place.length > 0 ? ` (${place.join(', ')})` : ''} ${message}`;
  return inOneLine(text);
}

/** A message may contain file names, which may contain terminal control characters. */
export const inOneLine = (text: string): string => text.replace(unprintable, '\u00b7');
