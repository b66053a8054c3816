import { isoTime } from '../iso-time.ts';
import { LineWriter } from './line-writer.ts';
import { addAllowedFields, allowedMembers, type LogFields } from './log-fields.ts';

export { errorFields } from './error-fields.ts';
export type { LogFields } from './log-fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line an event. `event` is a literal in snake case or dotted (`http.request`), never built from input. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;

  /** Resolves when the output has taken every line logged so far, or a second later. Logging can continue afterwards. */
  flush(): Promise<void>;
}

export interface LoggerOptions {
  /** Lines below this level are not written. */
  readonly level: LogLevel;

  /** `json` for machines, `text` for people. */
  readonly format: 'json' | 'text';

  /**
   * Said on every line.
   *
   * @default nothing
   */
  readonly base?: LogBase;

  /**
   * Where the lines go.
   *
   * @default - standard output, for every level: container platforms mark standard error as errors
   */
  readonly stream?: NodeJS.WritableStream;
}

export interface LogBase {
  readonly service: string;
  readonly version: string;
  readonly stage: string;
}

type Line = Record<string, unknown>;

const SEVERITY: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const EVENT = /^[a-z][a-z0-9_.]{0,63}$/;

/** How long a flush waits for the reader, in ms. */
const FLUSH_TIME = 1_000;

/** Stands in for an event name that is no literal, so that a name built from input never reaches the log. */
const WITHHELD = 'event_name_withheld';

function text(line: Line): string {
  const { timestamp, level, event, ...fields } = line;
  const pairs = Object.entries(fields).map(([name, value]) => {
    const shown = String(value);
    return ` ${name}=${/^[^\s"=]+$/.test(shown) ? shown : JSON.stringify(shown)}`;
  });
  return `${timestamp} ${String(level).toUpperCase().padEnd(5)} ${event}${pairs.join('')}`;
}

/** Creates a logger that writes only allow-listed fields. */
export function createLogger({ level: lowest, format, base, stream }: LoggerOptions): Logger {
  const output = stream ?? process.stdout;
  const writer = new LineWriter(output);
  const threshold = SEVERITY[lowest];

  const taken = new Set(['timestamp', 'level', 'event', ...Object.keys(base ?? {})]);
  const baseMembers = base ? `,${JSON.stringify(base).slice(1, -1)}` : '';

  const at = (level: LogLevel) => (name: string, fields?: LogFields) => {
    if (SEVERITY[level] < threshold) return;
    const event = EVENT.test(name) ? name : WITHHELD;
    const timestamp = isoTime(Date.now());
    if (format === 'text') {
      const line: Line = { timestamp, level, event, ...base };
      if (fields !== undefined) addAllowedFields(line, fields);
      writer.write(text(line));
    } else {
      const members = fields === undefined ? '' : allowedMembers(taken, fields);
      writer.write(`{"timestamp":"${timestamp}","level":"${level}","event":"${event}"${baseMembers}${members}}`);
    }
  };

  async function flush(): Promise<void> {
    writer.writeWaiting();
    if (!output.writable) return;
    await new Promise<void>((resolve) => {
      // A reader that stopped reading must not keep a stopping process alive.
      const late = setTimeout(resolve, FLUSH_TIME);
      output.write('', () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), flush };
}
