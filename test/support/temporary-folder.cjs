const { chmodSync, mkdirSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** What a run has for itself. One temporary folder: the CDK leaves an assembly of 2 MB there for each `new App()`. */
module.exports = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-test-'));
  // PostgreSQL runs as another user where the tests run as root, and has to reach its data.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  // A hook names its repository to all that it starts: `git` would then mean that one, wherever a test calls it.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
  // Jest makes no folder for `--outputFile=out/test-results.json`, and would say so after all tests have run.
  mkdirSync(join(__dirname, '../../out'), { recursive: true });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};
