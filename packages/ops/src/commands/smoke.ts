import { text } from 'node:stream/consumers';
import type { LocalContext } from '../context.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { parseInteger } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';
import { type CheckResult, runSmoke, type SmokeReport } from '../smoke/run.ts';
import { readTarget, type Target, type TargetFlags } from '../smoke/target.ts';

interface SmokeFlags extends TargetFlags {
  readonly keyStdin?: boolean;
  readonly withoutKey?: boolean;
  readonly expectVersion?: string;
  readonly httpPort?: number;
  readonly rateLimit?: boolean;
}

const explanation = `
The key comes from SMOKE_API_KEY or standard input, never from an argument: other users of a machine see those. Give it
the roles clinician and auditor and a tenant of its own. The note that is sent is synthetic, and stays.

Exit code: 0 nothing failed, 1 something failed, 2 wrong usage. A check that was not possible is marked "-", with the reason.
${example(
  'SMOKE_API_KEY=hai_... npm run smoke -- https://notes.dev.example.org --expect-version 0.1.0',
  'npm run smoke -- https://127.0.0.1:8000 --without-key --pin 5F:3C:...   a certificate made at start',
)}`;

/** `npm run smoke`. */
export const smokeCommand: OpsCommand = (program, _contextOf, localContextOf) =>
  void program
    .description(
      'Check a running API from outside: TLS, headers, refusals, a synthetic note in and out, its audit event.',
    )
    .argument('<url>', 'of the API, such as https://notes.example.org')
    .option('--expect-version <version>', 'fail unless the API has this version')
    .option('--address <host>', 'connect here instead of to the host of the URL, such as to the load balancer')
    .option('--ca <file>', 'trust these authorities (PEM) instead of the usual ones')
    .option('--pin <sha256>', 'trust this one certificate, regardless of its issuer')
    .option('--key-stdin', 'read the key from standard input')
    .option('--without-key', 'check only what needs no key')
    .option('--http-port <port>', 'port of plain HTTP (default: 80 where the URL has no port)', parseInteger(1))
    .option(
      '--rate-limit',
      "use up the key's rate limit to see the refusal; the key, and this address at a WAF, are refused for up to a minute",
    )
    .addHelpText('after', explanation)
    .action(async (url: string, flags: SmokeFlags, command) => smoke(url, flags, localContextOf(command)));

async function smoke(url: string, flags: SmokeFlags, context: LocalContext): Promise<void> {
  const target = readTarget(url, flags);
  const apiKey = flags.withoutKey ? undefined : await keyOf(flags, context);
  const { output, signal, timeoutMs } = context;
  const report = await runSmoke({
    target,
    apiKey,
    expectedVersion: flags.expectVersion,
    httpPort: flags.httpPort,
    exhaustRateLimit: flags.rateLimit,
    timeoutMs,
    signal,
    onResult: (result) => output.progress(line(result)),
  });
  output.result({ url, ...report }, summary(target, report));
  if (!report.passed) throw new OpsFailure('');
}

async function keyOf({ keyStdin }: SmokeFlags, { env, stdin }: LocalContext): Promise<string> {
  const key = keyStdin ? (await text(stdin)).trim() : env.SMOKE_API_KEY;
  if (!key) throw new UsageError('give an API key in SMOKE_API_KEY or by --key-stdin, or say --without-key');
  if (!/^[\x21-\x7e]{1,8192}$/.test(key)) throw new UsageError('the API key contains characters that are not allowed');
  return key;
}

const marks = { passed: 'ok  ', failed: 'FAIL', 'not-made': '-   ' } as const;

const line = ({ state, name, saw, ms }: CheckResult): string =>
  `${marks[state]}  ${name.padEnd(10)}  ${`${ms} ms`.padStart(8)}  ${saw}`;

function summary({ host, port }: Target, { results, ms }: SmokeReport): string {
  const count = (state: CheckResult['state']) => results.filter((result) => result.state === state).length;
  return `${host}:${port}: ${count('passed')} ok, ${count('failed')} failed, ${count('not-made')} not made, in ${(ms / 1000).toFixed(1)} s`;
}
