import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

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
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': swc, '/node_modules/(jose|@electric-sql|cockatiel|@azure|commander)/.+\\.js$': swc },
  transformIgnorePatterns: ['/node_modules/(?!(jose|@electric-sql|cockatiel|@azure|commander)/)'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/service/dist'],
});

const bundled = (name) => ({ ...project(name), globalSetup: '<rootDir>/test/service/support/build.ts' });

export default {
  globalSetup: '<rootDir>/test/support/run-folder.ts',
  projects: [project('lib'), bundled('packages'), bundled('service'), bundled('web'), project('deploy')],
  // Many tests wait for processes and time limits: two workers more than cores keep the cores busy meanwhile.
  maxWorkers: availableParallelism() + 2,
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // For tests that hang, not for slow ones: on a busy machine a test takes several times as long.
  testTimeout: 180_000,
};
