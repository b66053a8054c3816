// Reads .env if it exists. `node --env-file-if-exists` prints a line when it does not.
const { existsSync } = require('node:fs');

if (existsSync('.env')) process.loadEnvFile('.env');
