#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { NoTrailError, verifyDirectory } from '../export/verify-directory.ts';
import { describeReport } from '../verify/describe-report.ts';
import { inOneLine } from '../verify/fault.ts';
import { parseMaxAge, parseOrigin, parseTrusted, readKeyFiles, TrustArgumentError } from '../verify/trust-arguments.ts';

/**
 * The verifier by itself: one file that needs nothing but Node.js, for a machine that has neither this project nor a
 * network. Exit code 0 for a whole trail, 1 for a broken one, 2 when it is used wrongly.
 */
const help = `Usage: node verify-audit.cjs --dir DIR --public-key FILE [options]

Verifies an export of the audit trail, or a directory that the service publishes to, offline.

  --dir DIR               the export
  --public-key FILE       public key in PEM; may be given more than once
  --trusted NUMBER:HASH   a checkpoint known from elsewhere: it must be there, and be this one
  --origin STAGE/UUID     the trail that it must be
  --max-age TIME          how old the newest trusted checkpoint may be, and an event without one: 90s, 2h, 1d
  --json                  answer with one JSON document

Example:
  node verify-audit.cjs --dir export --public-key audit.pem --max-age 1d
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      'public-key': { type: 'string', multiple: true, default: [] },
      trusted: { type: 'string' },
      origin: { type: 'string' },
      'max-age': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.dir === undefined) throw new TrustArgumentError('give the directory of the trail with --dir');
  if (values['public-key'].length === 0 && values.trusted === undefined) {
    throw new TrustArgumentError('give the public key with --public-key: without it nothing is proven');
  }
  const report = await verifyDirectory({
    directory: values.dir,
    keys: readKeyFiles(values['public-key']),
    trusted: values.trusted === undefined ? undefined : parseTrusted(values.trusted),
    origin: values.origin === undefined ? undefined : parseOrigin(values.origin),
    maxAge: values['max-age'] === undefined ? undefined : parseMaxAge(values['max-age']),
    now: new Date(),
  });
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : describeReport(report)}\n`);
  return report.ok ? 0 : 1;
}

// Without a listener, a reader that closes the pipe early ends the process with an uncaught exception.
let outputRefused = false;
process.stdout.on('error', () => {
  outputRefused = true;
});
process.stderr.on('error', () => {});

main().then(
  async (code) => {
    await new Promise<void>((resolve) => {
      process.stdout.write('', (error) => {
        outputRefused ||= error != null;
        resolve();
      });
    });
    // A broken trail is reported by the exit code even if nobody read the report; `| head` ends as in a shell.
    process.exitCode = code || (outputRefused ? 141 : 0);
  },
  (error: Error & { readonly code?: string }) => {
    const usage =
      error instanceof TrustArgumentError ||
      error instanceof NoTrailError ||
      error.code?.startsWith('ERR_PARSE_ARGS') === true;
    const message = usage ? error.message : `failed (${error.code ?? error.name})`;
    process.stderr.write(`verify-audit: ${inOneLine(message.replaceAll('\n', ' '))}\n`);
    process.exitCode = usage ? 2 : 1;
  },
);
