// The tests start the service as it is shipped: the bundle, built once before them.
const { execFileSync } = require('node:child_process');

module.exports = () => {
  execFileSync('node', ['scripts/build.ts'], { stdio: 'inherit' });
};
