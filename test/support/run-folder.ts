import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'healthcare-ai-test-';

/** Gives a run one temporary folder: the CDK leaves an assembly of 2 MB there for each `new App()`. */
export default async function createRunFolder(): Promise<void> {
  // `jest --watch` comes here before each of its runs: they share the folder, and the servers in it.
  if (tmpdir().includes(prefix) && existsSync(tmpdir())) {
    // They do not share the templates, which may have changed: test/lib/support/stage.ts.
    for (const name of readdirSync(tmpdir())) if (name.startsWith('stage-')) rmSync(join(tmpdir(), name));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // PostgreSQL runs as another user where the tests run as root, and has to reach its data.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  // A Git hook sets GIT_DIR for every process that it starts: `git` in a test would then use that repository.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
  // Jest does not create the folder of `--outputFile=out/test-results.json`, and fails after the last test.
  mkdirSync('out', { recursive: true });
  process.on('exit', () => {
    stopServers(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
}

/** Stops the PostgreSQL server of each jest worker; see test/service/support/shared-postgres.ts. */
function stopServers(folder: string): void {
  for (const name of readdirSync(folder)) {
    try {
      const pid = Number(readFileSync(join(folder, name, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
    } catch {
      // Not the folder of a server, or its server has stopped.
    }
  }
}
