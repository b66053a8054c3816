import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { healthcheckCommand } from './commands/healthcheck.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { serve } from './commands/serve.ts';
import { UsageError } from './commands/usage-error.ts';
import { verifyAuditCommand } from './commands/verify-audit.ts';
import { ConfigurationError } from './config/error.ts';
import { type Config, readConfig } from './config/read.ts';
import { createLogger, type Logger } from './telemetry/log.ts';

const { version } = packageJson;

/** The only reader of process.env, and the only one that ends the process. */
async function main(): Promise<number> {
  let exitCode = 0;
  const config = (): Config => readConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const log = commandLog();
  const fail = () => {
    exitCode = 1;
  };
  const program = new Command('healthcare-ai')
    .description('Takes clinical notes in, durably. Without a command it serves.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${text.split('\n')[0]}\n`) })
    .action(async () => {
      const settings = config();
      const log = createLogger({
        level: settings.LOG_LEVEL,
        format: settings.LOG_FORMAT,
        base: { service: 'healthcare-ai', version, stage: settings.STAGE },
      });
      exitCode = await serve({ config: settings, version, log, docsAssets: docsAssets() }).finally(() => log.flush());
    });
  program.addCommand(migrateCommand(config, log));
  program.addCommand(keysCommand(config, version, log));
  program.addCommand(verifyAuditCommand(config, log, fail));
  program.addCommand(healthcheckCommand(config, fail));
  for (const command of [...program.commands, ...program.commands.flatMap((command) => command.commands)]) {
    command.exitOverride();
  }
  await program.parseAsync(process.argv);
  return exitCode;
}

/** The files of the documentation page lie beside the bundle; from source, they are the package's. */
function docsAssets(): string {
  const main = process.argv[1] ?? '.';
  return main.endsWith('.ts') ? 'node_modules/swagger-ui-dist' : join(dirname(main), 'docs');
}

/** Commands answer on stdout; what happens beside the answer goes to stderr, for people. */
const commandLog = (): Logger => createLogger({ level: 'info', format: 'text', stream: process.stderr });

/** One line, without a stack: what was wrong, and what to do. */
function explain(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof ConfigurationError || error instanceof UsageError) return { text: error.message, code: 2 };
  const { message, code } = error as { message?: string; code?: string };
  return { text: message || code || 'failed', code: 1 };
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const { text, code } = explain(error);
    if (text) process.stderr.write(`healthcare-ai: ${text}\n`);
    process.exit(code);
  },
);
