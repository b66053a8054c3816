import { hash } from 'node:crypto';
import { needsSchema2 } from '../format/event.ts';
import { parseEvent } from '../format/parse-event.ts';
import { textOf } from '../verify/arrival.ts';
import type { Fault } from '../verify/fault.ts';
import type { DerivedFormat } from './derived/derived-format.ts';
import { exportFiles } from './export-files.ts';
import { LineCursor, type OnFileBytes } from './line-cursor.ts';

/**
 * Makes another form of the events again, from events that were verified, and compares it line by line.
 *
 * @param formats what the file may hold: the head of the file says which
 * @returns the first line that differs
 * @throws BadLineError
 */
export async function checkDerived(
  directory: string,
  file: string,
  formats: readonly DerivedFormat[],
  onBytes: OnFileBytes,
): Promise<Fault | undefined> {
  const events = new LineCursor({ directory, files: [exportFiles.events] });
  const found = new LineCursor({ directory, files: [file], onBytes });
  let line = 0;
  const head = (await found.more()) ? found.peek() : undefined;
  const format = formats.find((one) => one.head !== '' && head?.equals(withoutBreak(one.head))) ?? formats[0]!;
  const compare = async (expected: string): Promise<Fault | undefined> => {
    line += 1;
    const next = (await found.more()) ? found.take() : undefined;
    if (!next) return { kind: 'file', file, message: `ends before line ${line}` };
    if (next.bytes.equals(withoutBreak(expected))) return undefined;
    return { kind: 'line', file, line, message: 'is not what its event gives' };
  };
  try {
    let fault = format.head === '' ? undefined : await compare(format.head);
    while (!fault && (await events.more())) {
      for (let next = events.take(); next && !fault; next = fault ? undefined : events.take()) {
        const text = textOf(next.bytes);
        const event = parseEvent(text);
        fault =
          needsSchema2(event) && format.schema < event.v
            ? { kind: 'file', file, message: `has no place for what event ${event.seq} of chain ${event.chain} says` }
            : await compare(format.event(event, hash('sha256', text)));
      }
    }
    if (fault || !(await found.more())) return fault;
    return { kind: 'line', file, line: line + 1, message: 'stands for no event' };
  } finally {
    await events.close();
    await found.close();
  }
}

const withoutBreak = (line: string): Buffer => Buffer.from(line.slice(0, -1));
