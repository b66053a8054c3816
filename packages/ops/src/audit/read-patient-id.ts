import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors.ts';
import type { AuditTools } from './tools.ts';

/**
 * A patient's id from standard input, or typed at a prompt: never an argument, which every process of the machine sees
 * and the shell's history keeps.
 *
 * @throws UsageError when none is given
 */
export async function readPatientId(
  { stdin, terminal }: Pick<AuditTools, 'stdin' | 'terminal'>,
  signal: AbortSignal,
): Promise<string> {
  const id = stdin.isTTY ? await prompt(stdin, terminal, signal) : await firstLine(stdin, signal);
  if (id.trim() === '')
    throw new UsageError('--patient reads the id of the patient from standard input: none was given');
  return id;
}

async function prompt(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<string> {
  const lines = createInterface({ input, output });
  try {
    return await lines.question('Patient id: ', { signal });
  } finally {
    lines.close();
  }
}

async function firstLine(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    text += chunk;
    if (text.includes('\n') || text.length > 10_000) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
