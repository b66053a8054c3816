// CDK validates every template with a WASM engine on each synth: 13 of 20 CPU seconds of the suite.
// `npm run synth` keeps it on; see docs/gates.md.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_EC2_METADATA_DISABLED = 'true';

const swc = [
  '@swc/jest',
  {
    jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const project = (name) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': swc, '/node_modules/(jose|@electric-sql|cockatiel|@azure|commander)/.+\\.js$': swc },
  transformIgnorePatterns: ['/node_modules/(?!(jose|@electric-sql|cockatiel|@azure|commander)/)'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/service/dist'],
});

const bundled = (name) => ({ ...project(name), globalSetup: '<rootDir>/test/service/support/build.cjs' });

const globalSetup = '<rootDir>/test/support/temporary-folder.cjs';

// Most of a test waits for servers and processes: with a core to spare, as jest would have it, the suite takes twice as long.
const maxWorkers = '100%';

module.exports = {
  globalSetup,
  maxWorkers,
  projects: [project('lib'), bundled('packages'), bundled('service'), project('deploy')],
  // A bound on what hangs, not on what is slow: a machine that does other things as well takes several times as long.
  testTimeout: 180_000,
};
