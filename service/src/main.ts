import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { analyzeWorker } from './commands/analyze-worker.ts';
import { auditCommand } from './commands/audit.ts';
import { expireAuditCommand } from './commands/expire-audit.ts';
import { explain } from './commands/explain.ts';
import { healthcheckCommand } from './commands/healthcheck.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { requeueAnalysesCommand } from './commands/requeue-analyses.ts';
import { serve } from './commands/serve.ts';
import { sessionsCommand } from './commands/sessions.ts';
import type { Need } from './config/cross-checks.ts';
import { type Config, readConfig } from './config/read.ts';
import { createLogger, type Logger } from './telemetry/log.ts';
import { type Output, watchOutput } from './telemetry/output.ts';

const { version } = packageJson;

/** The only reader of process.env, and the only one that ends the process. */
async function main(output: Output): Promise<number> {
  const outputLost = output.lost;
  let exitCode = 0;
  let serving = false;
  const config = (needs?: readonly Need[]): Config =>
    readConfig(process.env, (path) => readFileSync(path, 'utf8'), needs);
  const log = commandLog();
  const fail = () => {
    exitCode = 1;
  };
  const program = new Command('healthcare-ai')
    .description('Ingests clinical notes durably. Without a command, the service starts.')
    .version(version)
    .action(async () => {
      serving = true;
      const settings = config();
      const log = serviceLog(settings);
      const files = { docsAssets: docsAssets(), pageFiles: pageFiles(), threadFile: threadFile() };
      exitCode = await serve({ config: settings, version, log, outputLost, ...files }).finally(() => log.flush());
    });
  program
    .command('analyze-worker')
    .description('run queued analyses until a signal; requires DATABASE_URL')
    .action(async () => {
      serving = true;
      const settings = config(['database', 'keys']);
      const log = serviceLog(settings);
      const options = { config: settings, version, log, outputLost, threadFile: threadFile() };
      exitCode = await analyzeWorker(options).finally(() => log.flush());
    });
  program.addCommand(migrateCommand(() => config(['database']), log));
  program.addCommand(keysCommand(config, version, log));
  program.addCommand(sessionsCommand(config, version, log));
  program.addCommand(requeueAnalysesCommand(() => config(['database']), version, log));
  program.addCommand(auditCommand(config, version, log));
  program.addCommand(expireAuditCommand(() => config(['database']), version, log));
  program.addCommand(healthcheckCommand(() => config([]), fail));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)]) {
    // `explain` formats errors.
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  await program.parseAsync(process.argv);
  // What serves has flushed its log, and waits no longer for a reader.
  if (!serving) await output.settled();
  return exitCode || lossCode(output.loss(), serving);
}

/** `| head` closes the pipe of a command: exit with 128 + SIGPIPE, as a shell reports it. */
function lossCode(loss: string | undefined, serving: boolean): number {
  if (loss === undefined) return 0;
  return loss === 'EPIPE' && !serving ? 141 : 1;
}

/** The files of the documentation page lie beside the bundle; from source, they are the package's. */
function docsAssets(): string {
  const main = process.argv[1] ?? '.';
  return main.endsWith('.ts') ? 'node_modules/swagger-ui-dist' : join(dirname(main), 'docs');
}

/** The page is built; from source, the last build is taken. */
function pageFiles(): string {
  const main = process.argv[1] ?? '.';
  return join(dirname(main), main.endsWith('.ts') ? '../dist/app' : 'app');
}

/** The bundle of an analysis thread lies beside this one; from source, it is a source file. */
function threadFile(): string {
  const main = process.argv[1] ?? '.';
  const [folder, file] = main.endsWith('.ts') ? ['analysis/thread', 'entry.ts'] : ['.', 'analysis-thread.cjs'];
  return resolve(dirname(main), folder, file);
}

const serviceLog = ({ LOG_LEVEL: level, LOG_FORMAT: format, STAGE: stage }: Config): Logger =>
  createLogger({ level, format, base: { service: 'healthcare-ai', version, stage } });

/** Commands answer on stdout; what happens beside the answer goes to stderr, for people. */
const commandLog = (): Logger => createLogger({ level: 'info', format: 'text', stream: process.stderr });

main(watchOutput(process)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const { text, exitCode } = explain(error);
    if (text) process.stderr.write(`healthcare-ai: ${text}\n`);
    process.exit(exitCode);
  },
);
