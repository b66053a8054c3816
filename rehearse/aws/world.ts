import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AwsClients, createClients } from '@healthcare-ai/ops/aws/clients';
import { freePort } from '../../test/service/support/free-port.ts';
import type { Engine } from '../support/engine.ts';
import { type Ran, type RunOptions, run } from '../support/run.ts';
import { selfSigned } from './certificate.ts';
import { ACCOUNT, type Emulator, REGION, REQUEST_TIMEOUT_MS, SECOND_ACCOUNT, startEmulator } from './emulator.ts';
import { type Registry, startRegistry, startStorage } from './registry.ts';
import { openSecondAccount, type SecondAccount } from './second-account.ts';

/** An account of the emulator, and the commands of this project pointed at it. */
export interface AwsWorld {
  readonly engine: Engine;
  readonly folder: string;
  readonly emulator: Emulator;
  readonly clients: AwsClients;

  /** Clients of the second account, whose credentials are those of the profile `staging`. */
  readonly second: AwsClients;

  /** Variables that point a command to the emulator. */
  readonly env: Readonly<Record<string, string>>;

  /** What the parts hand to each other: made by one, used by the next. */
  readonly notes: Map<string, string>;

  /** `npm run deploy -- --stage dev --yes ...` */
  deploy(args: readonly string[], options?: RunOptions): Promise<Ran>;

  /** `npm run deploy -- --stage staging --profile staging --yes ...`, in the second account. */
  deployStaging(args: readonly string[], options?: RunOptions): Promise<Ran>;

  /** `npm run ops -- COMMAND --stage dev ...` */
  ops(args: readonly string[], options?: RunOptions): Promise<Ran>;

  /** `npx cdk ...` */
  cdk(args: readonly string[], options?: RunOptions): Promise<Ran>;
  close(): Promise<void>;
}

/** Credentials of the first account, in the variables of every command. */
const administrator = { accessKeyId: 'test', secretAccessKey: 'test' };

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** @param folder an empty folder of its own */
export async function openAwsWorld(engine: Engine, folder: string): Promise<AwsWorld> {
  mkdirSync(folder, { recursive: true });
  const [port, storagePort, firstPort, secondPort] = await freePorts(4);
  const controller = new AbortController();
  const { signal } = controller;
  const endpoint = `http://localhost:${port}`;
  const clients = createClients({
    region: REGION,
    endpoint,
    credentials: administrator,
    signal,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const keys = await selfSigned(folder, 'localhost');
  const emulator = await startEmulator(port!, `https://localhost:${firstPort}`, `https://localhost:${secondPort}`);
  const registries: Registry[] = [];
  const close = async () => {
    controller.abort();
    for (const registry of registries.toReversed()) await registry.close();
    await emulator.stop();
  };
  let second: SecondAccount;
  try {
    second = await openSecondAccount(clients, endpoint, folder, signal);
    const shared = { storagePort: storagePort!, keys };
    registries.push(await startStorage(folder, storagePort!));
    registries.push(await startRegistry({ ...shared, account: ACCOUNT, port: firstPort!, ecr: clients.ecr }));
    registries.push(
      await startRegistry({ ...shared, account: SECOND_ACCOUNT, port: secondPort!, ecr: second.clients.ecr }),
    );
  } catch (error) {
    await close();
    throw error;
  }
  const env = {
    ...engine.env,
    // The registry's authority, for the tools that push: they are written in Go.
    SSL_CERT_FILE: keys.path,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: second.profiles,
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
    second: second.clients,
    env,
    notes: new Map([['account', ACCOUNT]]),
    deploy: (args, options) => node(['bin/deploy.ts', '--stage', 'dev', '--yes', ...args], options).then(withoutTrace),
    deployStaging: (args, options) =>
      node(['bin/deploy.ts', '--stage', 'staging', '--profile', 'staging', '--yes', ...args], options).then(
        withoutTrace,
      ),
    ops: (args, options) => node(['bin/ops.ts', ...args, '--stage', 'dev', '--yes'], options).then(withoutTrace),
    cdk: (args, options) => node([resolve('node_modules/aws-cdk/bin/cdk'), ...args], options),
    close,
  };
}

/** A stack trace is nothing that an operator can use. */
function withoutTrace(ran: Ran): Ran {
  const trace = /^ +at .+\(.+:\d+:\d+\)$/m.exec(`${ran.stdout}\n${ran.stderr}`);
  if (trace) throw new Error(`it shows a stack trace: ${trace[0]}`);
  return ran;
}
