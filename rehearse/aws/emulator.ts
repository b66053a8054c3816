import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The launcher of ../shared: moto with what `cdk deploy` needs. */
const SOURCE = '../shared/emulator/aws_emulator.py';

/** Whose credentials say nothing else. */
export const ACCOUNT = '123456789012';

/** Reached by a role that is assumed in it. */
export const SECOND_ACCOUNT = '210987654321';
export const REGION = 'us-east-1';

/** The emulator answers ExecuteChangeSet when the stack is there, which takes a while on a busy machine. */
export const REQUEST_TIMEOUT_MS = 300_000;

/** Why there is no emulator on this machine; undefined when there is one. */
export function whatIsMissing(): string | undefined {
  if (!existsSync(SOURCE)) return '../shared/emulator';
  try {
    execFileSync('python3', ['-c', 'import moto, flask; assert moto.__version__ == "5.2.1"'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'moto 5.2.1 and flask for python3';
  }
}

export interface Emulator {
  readonly endpoint: string;

  /** What its log says of stubs: `AWS::Budgets::Budget`, or `AWS::Backup::BackupVault BackupVaultArn` for an attribute. */
  stubs(): { readonly types: ReadonlySet<string>; readonly attributes: ReadonlySet<string> };

  /** Tracebacks and errors of its own, the last lines. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * @param registry address that ECR gives out: where images are pushed
 * @param second the same for the second account; @default - the same
 */
export async function startEmulator(port: number, registry: string, second = registry): Promise<Emulator> {
  const arguments_ = ['rehearse/aws/emulator/launch.py', SOURCE, '-H', '127.0.0.1', '-p', String(port)];
  const registries = { REGISTRY: registry, [`REGISTRY_${SECOND_ACCOUNT}`]: second };
  const env = { ...process.env, ...registries, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn('python3', arguments_, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
    });
  }
  // "localhost", never 127.0.0.1: moto takes the label before the first dot as a bucket name.
  const endpoint = `http://localhost:${port}`;
  await answers(endpoint, child, () => log);
  const found = (pattern: RegExp) => new Set([...log.matchAll(pattern)].map(([, what]) => what!));
  return {
    endpoint,
    stubs: () => ({
      types: found(/^STUB (AWS::\S+)$/gm),
      attributes: found(/^STUB ATTRIBUTE (AWS::\S+ \S+)$/gm),
    }),
    log: () =>
      log
        .split('\n')
        .filter((line) => !/HTTP\/1\.1|^STUB /.test(line))
        .slice(-60)
        .join('\n'),
    stop: () => stopped(child),
  };
}

async function answers(endpoint: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 960; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the emulator ended: ${log().slice(-600)}`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await delay(250);
  }
  throw new Error(`the emulator did not answer within four minutes: ${log().slice(-600)}`);
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((end) => child.once('exit', end));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(hard);
}
