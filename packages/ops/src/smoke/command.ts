import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type CheckResult, runSmoke, type SmokeReport } from './run.ts';
import { type Target, targetOf } from './target.ts';

export interface SmokeIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  /** All of standard input, which holds the key when asked for. */
  readonly readStdin: () => Promise<string>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

interface Options {
  readonly address?: string;
  readonly ca?: string;
  readonly pin?: string;
  readonly keyStdin?: boolean;
  readonly withoutKey?: boolean;
  readonly expectVersion?: string;
  readonly httpPort?: number;
  readonly rateLimit?: boolean;
  readonly timeout: number;
  readonly json?: boolean;
}

const explanation = `
The key comes from SMOKE_API_KEY or standard input, never from an argument: other users of a machine see those. Give it
the roles clinician and auditor and a tenant of its own. The note that is sent is synthetic, and stays.

Exit code: 0 nothing failed, 1 something did, 2 used wrongly. A check that could not be made says so ("-"), and why.

Examples:
  SMOKE_API_KEY=hai_... npm run smoke -- https://notes.dev.example.org --expect-version 0.1.0
  npm run smoke -- https://127.0.0.1:8000 --without-key --pin 5F:3C:...   a certificate made at start`;

/** @param check what the command does */
export const smokeProgram = (
  { out }: Pick<SmokeIo, 'out'>,
  check: (url: string, options: Options) => Promise<void>,
): Command =>
  new Command('smoke')
    .description(
      'checks a running API from outside: TLS, headers, refusals, a synthetic note in and out, its audit event',
    )
    .argument('<url>', 'of the API, such as https://notes.example.org')
    .option('--expect-version <version>', 'fail unless the API has this version')
    .option('--address <host>', 'connect here instead of where the name points, such as to the load balancer')
    .option('--ca <file>', 'authorities in PEM that may have signed the certificate, instead of the usual ones')
    .option('--pin <sha256>', 'take this one certificate, whoever signed it')
    .option('--key-stdin', 'read the key from standard input')
    .option('--without-key', 'check only what needs no key')
    .option('--http-port <port>', 'port of plain HTTP (default: 80 where the URL has no port)', wholeNumber(65_535))
    .option(
      '--rate-limit',
      "use the key's allowance up to see the refusal; for up to a minute the key, and where a WAF counts by address this address, are refused",
    )
    .option('--timeout <seconds>', 'longest time for everything', wholeNumber(3_600), 120)
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', explanation)
    .exitOverride()
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: () => {} })
    .action(check);

/** @returns the exit code: 0 nothing failed, 1 something did, 2 used wrongly */
export async function smokeCommand(args: readonly string[], io: SmokeIo): Promise<0 | 1 | 2> {
  let code: 0 | 1 | 2 = 0;
  const command = smokeProgram(io, async (url, options) => {
    code = await smoke(url, options, io);
  });
  try {
    await command.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (!(error instanceof CommanderError || error instanceof RangeError)) throw error;
    io.err(`smoke: ${error.message.replace(/^error: /, '')} (--help shows how it is used)`);
    return 2;
  }
}

async function smoke(url: string, options: Options, io: SmokeIo): Promise<0 | 1> {
  const target = targetOf(url, { address: options.address, pin: options.pin, authorities: authorities(options, io) });
  const apiKey = options.withoutKey ? undefined : await keyOf(options, io);
  const show = options.json ? io.err : io.out;
  const report = await runSmoke({
    target,
    apiKey,
    expectedVersion: options.expectVersion,
    httpPort: options.httpPort,
    exhaustRateLimit: options.rateLimit,
    timeoutMs: options.timeout * 1000,
    signal: io.signal,
    onResult: (result) => show(line(result)),
  });
  if (options.json) io.out(JSON.stringify({ url, ...report }, undefined, 2));
  show(summary(target, report));
  return report.passed ? 0 : 1;
}

function authorities({ ca }: Options, io: SmokeIo): string | undefined {
  if (ca === undefined) return undefined;
  let text: string;
  try {
    text = io.readFile(ca);
  } catch (error) {
    throw new RangeError(`cannot read the file of --ca (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new RangeError('the file of --ca holds no certificate in PEM');
  return text;
}

async function keyOf({ keyStdin }: Options, io: SmokeIo): Promise<string> {
  const key = keyStdin ? (await io.readStdin()).trim() : io.env.SMOKE_API_KEY;
  if (!key) throw new RangeError('give an API key in SMOKE_API_KEY or by --key-stdin, or say --without-key');
  if (!/^[\x21-\x7e]{1,8192}$/.test(key)) throw new RangeError('the API key holds what no key can hold');
  return key;
}

const wholeNumber = (most: number) => (text: string) => {
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
};

const marks = { passed: 'ok  ', failed: 'FAIL', 'not-made': '-   ' } as const;

const line = ({ state, name, saw, ms }: CheckResult): string =>
  `${marks[state]}  ${name.padEnd(10)}  ${`${ms} ms`.padStart(8)}  ${saw}`;

function summary({ host, port }: Target, { results, ms }: SmokeReport): string {
  const count = (state: CheckResult['state']) => results.filter((result) => result.state === state).length;
  return `${host}:${port}: ${count('passed')} ok, ${count('failed')} failed, ${count('not-made')} not made, in ${(ms / 1000).toFixed(1)} s`;
}
