import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Longest line that is read, in characters: an access token has up to 12,288. */
const LONGEST = 16_384;

export interface SecretInput {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };

  /** Where the prompt is shown. */
  readonly terminal: NodeJS.WritableStream;
}

/**
 * One line from standard input, or typed at a prompt: a patient's id or a token is never an argument, which every process
 * of the machine sees and the shell's history keeps.
 *
 * @param prompt shown on a terminal, such as `Patient id: `
 * @param echo whether the terminal shows what is typed
 * @returns the line without its end; empty where nothing was given
 */
export async function readSecret(
  { stdin, terminal }: SecretInput,
  { prompt, echo, signal }: { readonly prompt: string; readonly echo: boolean; readonly signal: AbortSignal },
): Promise<string> {
  if (!stdin.isTTY) return firstLine(stdin, signal);
  // readline echoes what is typed to its output.
  const output = echo ? terminal : new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: true });
  try {
    if (!echo) terminal.write(prompt);
    return await lines.question(echo ? prompt : '', { signal });
  } finally {
    lines.close();
    if (!echo) terminal.write('\n');
  }
}

async function firstLine(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    text += chunk;
    if (text.includes('\n') || text.length > LONGEST) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
