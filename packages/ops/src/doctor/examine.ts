import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { explain, isAwsError } from '../aws/explain.ts';
import { type StackResource, stackResources } from '../aws/stack-resources.ts';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { type StackView, viewStack } from '../rollout/stack.ts';
import {
  type CheckInput,
  type Diagnosis,
  type DoctorCheck,
  deployCommand,
  fault,
  ok,
  type StackPart,
  Unknown,
} from './check.ts';
import type { LookUp } from './dns.ts';

export interface NamedFinding extends Diagnosis {
  readonly check: string;
}

export interface DoctorOptions {
  readonly checks: readonly DoctorCheck[];
  readonly lookUp: LookUp;
}

/** Makes every check beside the others; their findings come in the order of the checks. */
export async function examine(context: OpsContext, { checks, lookUp }: DoctorOptions): Promise<NamedFinding[]> {
  const { account, ...credentials } = await whoAmI(context);
  const first: NamedFinding = { check: 'credentials', ...credentials };
  if (account === undefined) {
    const rest = checks.map(({ name }) => ({
      check: name,
      state: 'unknown' as const,
      saw: 'not looked at: see "credentials"',
    }));
    return [first, ...rest];
  }
  const input = checkInput(context, account, lookUp);
  const findings = await Promise.all(
    checks.map(async (check) => ({ check: check.name, ...(await made(check, input)) })),
  );
  return [first, ...findings];
}

async function whoAmI({ clients, config, stage, region }: OpsContext): Promise<Diagnosis & { account?: string }> {
  let identity: { readonly Account?: string; readonly Arn?: string };
  try {
    identity = await clients.sts.send(new GetCallerIdentityCommand({}));
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return fault(explain(error), 'aws sso login --profile NAME, then --profile NAME');
  }
  const { Account: account = '', Arn = '' } = identity;
  const who = `${Arn.split(':').at(-1)} of ${account}`;
  if (config.account !== undefined && config.account !== account) {
    const saw = `${who}, but stage ${stage} belongs to ${config.account}`;
    return fault(saw, 'give --profile of that account, or correct "account" in lib/config/stages.ts');
  }
  if (region !== config.region) {
    const saw = `${who}, in ${region}; but stage ${stage} is in ${config.region}`;
    return { account, ...fault(saw, 'leave --region out') };
  }
  return { account, ...ok(`${who}, in ${region}`) };
}

async function made(check: DoctorCheck, input: CheckInput): Promise<Diagnosis> {
  const { signal } = input.context;
  try {
    return await check.run(input);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Unknown) return { state: 'unknown', saw: error.message, fix: error.fix };
    if (isAwsError(error)) return { state: 'unknown', saw: explain(error) };
    if (error instanceof OpsFailure) return { state: 'unknown', saw: error.message };
    // One check that is at fault takes the findings of no other away.
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { state: 'unknown', saw: `internal error (please report it): ${name}: ${message.split('\n', 1)[0]}` };
  }
}

function checkInput(context: OpsContext, account: string, lookUp: LookUp): CheckInput {
  const nameOf = (part: StackPart) => `${context.names.base}-${part}`;
  const views = new Map<StackPart, Promise<StackView | undefined>>();
  const resources = new Map<StackPart, Promise<StackResource[] | undefined>>();
  return {
    context,
    account,
    stack: (part) => once(views, part, () => viewStack(context, nameOf(part))),
    async resources(part, type) {
      const all = await once(resources, part, () => stackResources(context, nameOf(part)));
      if (all === undefined) throw new Unknown(`the stack ${nameOf(part)} is not deployed`, deployCommand(context));
      return all.filter((resource) => resource.type === type && resource.status !== 'DELETE_COMPLETE');
    },
    async resolve(name) {
      try {
        return await lookUp(name);
      } catch (error) {
        throw new Unknown(`the DNS does not answer for ${name} (${(error as NodeJS.ErrnoException).code})`);
      }
    },
  };
}

function once<K, V>(known: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
