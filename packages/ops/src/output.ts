import { createInterface } from 'node:readline/promises';
import type { Clock } from './clock.ts';
import { OpsFailure, UsageError } from './errors.ts';

/** Where a command answers. */
export interface Output {
  /** Whether the answer is one JSON document. */
  readonly json: boolean;

  /** The answer: `document` with --json, else `text`. A command gives one. */
  result(document: unknown, text: string): void;

  /** One of many answers that come over time (a log line, a watched state): a JSON line with --json, else `text`. */
  row(value: unknown, text: string): void;

  /** A state that takes the place of the one before: drawn over it on a terminal, else a row when it has changed. */
  redraw(value: unknown, text: string): void;

  /** What happens meanwhile, for people: stderr, so that it never mixes with the answer. */
  progress(text: string): void;
}

/** Where answers go; a terminal says how large it is. */
export type Screen = Pick<NodeJS.WritableStream, 'write'> & {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
};

export interface OutputOptions {
  readonly stdout: Screen;
  readonly stderr: Pick<NodeJS.WritableStream, 'write'>;
  readonly json: boolean;

  /** Values that are never printed, whatever an error or a log line holds. */
  readonly secrets: readonly string[];
}

/** Control characters in a log line or a foreign name would move the cursor of the terminal. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text as it may be printed: without secrets and without terminal escapes. */
export function printable(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= 8)
    .reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);
  return hidden.replace(control, '\u00b7');
}

/** Text for people, or one JSON document on stdout. */
export function createOutput({ stdout, stderr, json, secrets }: OutputOptions): Output {
  const write = (stream: Pick<Screen, 'write'>, text: string) => void stream.write(`${printable(text, secrets)}\n`);
  let answered = false;
  let drawn = '';
  return {
    json,
    result(document, text) {
      if (answered) throw new Error('a command answers once; use row() for what comes over time');
      answered = true;
      write(stdout, json ? JSON.stringify(document, undefined, 2) : text);
    },
    row: (value, text) => write(stdout, json ? JSON.stringify(value) : text),
    redraw(value, text) {
      if (stdout.isTTY && !json) {
        stdout.write(`${CLEAR}${fitting(printable(text, secrets), stdout)}\n`);
        return;
      }
      const seen = JSON.stringify(value);
      if (seen !== drawn) this.row(value, text);
      drawn = seen;
    },
    progress: (text) => write(stderr, text),
  };
}

/** To the upper left corner, and nothing from there on. */
const CLEAR = '\u001b[H\u001b[J';

/** The lines that a terminal has room for: were it to scroll, the first ones would be gone. */
function fitting(text: string, { rows = 24, columns = 80 }: Screen): string {
  const lines = text.split('\n');
  const height = (line: string) => Math.max(1, Math.ceil(line.length / columns));
  let left = rows - 2;
  const cut = lines.findIndex((line) => {
    left -= height(line);
    return left < 0;
  });
  if (cut < 0) return text;
  return [...lines.slice(0, cut), `... ${lines.length - cut} lines more: a taller window shows them`].join('\n');
}

/** The same, with the time (UTC) before what happens. */
export const timed = (output: Output, { now }: Pick<Clock, 'now'>): Output => ({
  ...output,
  progress: (text) => output.progress(`${new Date(now()).toISOString().slice(11, 19)}  ${text}`),
});

export interface Questioner {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Asks before a change.
 *
 * @throws UsageError without a terminal; OpsFailure when the answer is not yes
 */
export async function confirm(question: string, { stdin, stderr, signal }: Questioner): Promise<void> {
  if (!stdin.isTTY) throw new UsageError('no terminal to ask on; give --yes to skip the question');
  const lines = createInterface({ input: stdin, output: stderr });
  // At Ctrl-C and Ctrl-D the line editor would never return.
  const gone = new AbortController();
  for (const event of ['SIGINT', 'close']) lines.once(event, () => gone.abort());
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: AbortSignal.any([signal, gone.signal]) });
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new OpsFailure('Not done: the answer was not yes. Nothing was changed.');
  } catch (error) {
    if (!gone.signal.aborted || error instanceof OpsFailure) throw error;
    stderr.write('\n');
    throw new OpsFailure('Not done: no answer. Nothing was changed.');
  } finally {
    lines.close();
  }
}
