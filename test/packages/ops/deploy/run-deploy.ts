import { setTimeout as delay } from 'node:timers/promises';
import type { TemplateBody } from '@healthcare-ai/cloud-policies';
import { createClients } from '@healthcare-ai/ops/aws/clients';
import { explain, isAwsError } from '@healthcare-ai/ops/aws/explain';
import type { DeployContext } from '@healthcare-ai/ops/deploy/context';
import { deploy } from '@healthcare-ai/ops/deploy/deploy';
import type { SourceStage } from '@healthcare-ai/ops/deploy/promotion';
import { loadStages } from '../../../../lib/config/load.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { names } from '../support/world/world.ts';
import { type Account, CERTIFICATE } from './account.ts';

/** Each stack of the stage, in the order in which it can be deployed, with a template of its own. */
const parts = ['audit', 'account', 'network', 'registry', 'database', 'tasks', 'service', 'monitoring'];
const artifacts = parts.map((part) => ({
  id: `dev/${part}`,
  part,
  name: `${names.base}-${part}`,
  region: 'us-east-1',
  template: { Description: part },
}));

export const templateOf = (part: string): string => JSON.stringify({ Description: part });

export interface Deployed {
  /** What was printed. */
  readonly said: string;

  /** The stacks that CDK was asked for, in order. */
  readonly cdk: readonly string[];

  /** The line of the failure. */
  readonly failure: string | undefined;
}

export interface RunDeployOptions {
  /** @default - that of the stage `from` */
  readonly digest?: string;

  /** Stage whose image is taken. @default - none */
  readonly from?: SourceStage;

  /** Where programs are looked for. @default - nowhere */
  readonly path?: string;

  /** Settings of the stage. */
  readonly settings?: Readonly<Record<string, unknown>>;

  /** Templates other than the usual ones, by part. */
  readonly templates?: Readonly<Record<string, object>>;

  /** What `cdk deploy` does with the account. @default - each stack is complete, and reads the image */
  readonly cdk?: (part: string, account: Account) => { readonly code: number; readonly lines: readonly string[] };
}

/** Runs a deploy against an account: everything but `cdk deploy` and the templates is what an operator runs. */
export async function runDeploy(account: Account, endpoint: string, options: RunDeployOptions): Promise<Deployed> {
  const lines: string[] = [];
  const asked: string[] = [];
  const [config] = loadStages(stages, ['dev'], { 'edge.certificateArn': CERTIFICATE, ...options.settings });
  const { signal } = new AbortController();
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const clients = createClients({ region: 'us-east-1', endpoint, credentials, signal, requestTimeoutMs: 20_000 });
  let slept = 0;
  const context: DeployContext = {
    stage: 'dev',
    config: config!,
    names,
    region: 'us-east-1',
    clients,
    clientsOf: () => clients,
    output: {
      json: false,
      result: () => {},
      row: () => {},
      redraw: () => {},
      progress: (text) => void lines.push(text),
    },
    yes: true,
    timeoutMs: 60_000,
    signal,
    stdin: process.stdin,
    env: { PATH: options.path },
    confirm: async () => {},
    state: () => {},
    clock: {
      now: () => Date.now() + slept,
      sleep: async (ms) => {
        slept += ms;
        await delay(1);
      },
    },
    assembly: 'none',
    stacks: () =>
      artifacts.map((one) => ({ ...one, template: (options.templates?.[one.part] ?? one.template) as TemplateBody })),
    cdkDeploy: async (ids) => {
      for (const id of ids) {
        const part = id.split('/')[1]!;
        asked.push(part);
        const result = (options.cdk ?? complete)(part, account);
        if (result.code !== 0) return { ...result, stdout: '' };
      }
      return { code: 0, lines: [], stdout: '' };
    },
  };
  const image = { digest: options.digest, buildArguments: [], despiteFindings: false };
  const templates = { title: 'Templates', interrupted: '', look: async () => ({ sees: 'given' }) };
  const failure = await deploy(context, { templates, image, from: options.from }).then(
    () => undefined,
    (error: Error) => (isAwsError(error) ? explain(error) : error.message),
  );
  return { said: lines.join('\n'), cdk: asked, failure };
}

/** What CloudFormation makes of a template that it accepts. */
export function complete(part: string, account: Account): { readonly code: number; readonly lines: readonly string[] } {
  const before = account.stacks.get(`${names.base}-${part}`);
  const readsImage = part === 'tasks' || part === 'service';
  const digest = account.world.value(names.imageDigestParameter);
  account.stack(part, before ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE', {
    template: templateOf(part),
    ...(readsImage ? { digest } : {}),
  });
  if (part === 'tasks') account.world.register(names.migrateFamily, digest!);
  return { code: 0, lines: [] };
}
