import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AwsClients, createClients } from '../../lib/ops/aws/clients.ts';
import { freePort } from '../../test/service/support/free-port.ts';
import type { Engine } from '../support/engine.ts';
import { type Ran, type RunOptions, run } from '../support/run.ts';
import { selfSigned } from './certificate.ts';
import { ACCOUNT, type Emulator, REGION, startEmulator } from './emulator.ts';
import { type Registry, startRegistry } from './registry.ts';

/** An account of the emulator, and the commands of this project pointed at it. */
export interface AwsWorld {
  readonly engine: Engine;
  readonly folder: string;
  readonly emulator: Emulator;
  readonly clients: AwsClients;

  /** Variables that point a command to the emulator. */
  readonly env: Readonly<Record<string, string>>;

  /** What the parts hand to each other: made by one, used by the next. */
  readonly notes: Map<string, string>;

  /** `npm run deploy -- --stage dev --yes ...` */
  deploy(args: readonly string[], options?: RunOptions): Promise<Ran>;

  /** `npm run ops -- COMMAND --stage dev ...` */
  ops(args: readonly string[], options?: RunOptions): Promise<Ran>;

  /** `npx cdk ...` */
  cdk(args: readonly string[], options?: RunOptions): Promise<Ran>;
  close(): Promise<void>;
}

/** @param folder an empty folder of its own */
export async function openAwsWorld(engine: Engine, folder: string): Promise<AwsWorld> {
  mkdirSync(folder, { recursive: true });
  const [port, registryPort, storagePort] = [await freePort(), await freePort(), await freePort()];
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const controller = new AbortController();
  const endpoint = `http://localhost:${port}`;
  const clients = createClients({ region: REGION, endpoint, credentials, signal: controller.signal });
  const keys = await selfSigned(folder, 'localhost');
  let registry: Registry | undefined;
  const emulator = await startEmulator(port, `https://localhost:${registryPort}`);
  try {
    registry = await startRegistry({ folder, port: registryPort, storagePort, keys, ecr: () => clients.ecr });
  } catch (error) {
    await emulator.stop();
    throw error;
  }
  const env = {
    ...engine.env,
    // The registry's authority, for the tools that push: they are written in Go.
    SSL_CERT_FILE: keys.path,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    CI: 'true',
    NO_COLOR: '1',
    NODE_NO_WARNINGS: '1',
  };
  const node = (args: readonly string[], options: RunOptions = {}) =>
    run(process.execPath, args, { timeout: 240, ...options, env: { ...env, ...options.env } });
  return {
    engine,
    folder,
    emulator,
    clients,
    env,
    notes: new Map([['account', ACCOUNT]]),
    deploy: (args, options) => node(['bin/deploy.ts', '--stage', 'dev', '--yes', ...args], options).then(withoutTrace),
    ops: (args, options) => node(['bin/ops.ts', ...args, '--stage', 'dev', '--yes'], options).then(withoutTrace),
    cdk: (args, options) => node([resolve('node_modules/aws-cdk/bin/cdk'), ...args], options),
    async close() {
      controller.abort();
      await registry.close();
      await emulator.stop();
    },
  };
}

/** A stack trace is nothing that an operator can use. */
function withoutTrace(ran: Ran): Ran {
  const trace = /^ +at .+\(.+:\d+:\d+\)$/m.exec(`${ran.stdout}\n${ran.stderr}`);
  if (trace) throw new Error(`it shows a stack trace: ${trace[0]}`);
  return ran;
}
