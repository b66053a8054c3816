const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** One folder for everything temporary of a run: the CDK leaves an assembly of 2 MB there for each `new App()`. */
module.exports = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-test-'));
  // PostgreSQL runs as another user where the tests run as root, and has to reach its data.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};
