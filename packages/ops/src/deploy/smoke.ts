import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { OpsFailure, UsageError } from '../errors.ts';
import { runSmoke } from '../smoke/run.ts';
import { targetOf } from '../smoke/target.ts';
import { waitFor } from '../wait.ts';
import type { DeployContext } from './context.ts';
import { findStack, outputsOf } from './stack-state.ts';
import type { Step } from './step.ts';

export interface SmokeStepProps {
  /** @default - the stage's domain, at the address of its load balancer: its name may point there only later */
  readonly url?: string;

  /** File of authorities in PEM that may have signed the certificate, instead of the usual ones. */
  readonly ca?: string;
}

/** A new load balancer's name takes a while to be known everywhere. */
const NAME_MS = 180_000;

/** The API answers as it should, from outside. */
export function smokeStep(context: DeployContext, { url, ca }: SmokeStepProps): Step {
  const { names, config, env } = context;
  return {
    title: 'Smoke test',
    interrupted: 'Everything is deployed; the smoke test was not finished: npm run smoke makes it again.',
    async look() {
      const found = await findStack(context.clients.cloudFormation, `${names.base}-service`);
      const address = url === undefined ? outputsOf(found).LoadBalancerDnsName : undefined;
      const wanted = url ?? `https://${config.edge.domainName}`;
      const at = address ? `${wanted} at ${address}` : wanted;
      const keyless = env.SMOKE_API_KEY ? '' : '; SMOKE_API_KEY is not set, so what needs a key is not checked';
      return {
        sees: `the API should answer as ${at}${keyless}`,
        will: 'call it as a client does',
        act: () => call(wanted, address),
      };
    },
  };

  async function call(wanted: string, address: string | undefined): Promise<string> {
    if (address !== undefined) {
      await waitFor(
        { ...context, timeoutMs: Math.min(context.timeoutMs, NAME_MS) },
        { what: `the name ${address} to be known`, look: () => lookup(address).catch(() => undefined) },
      );
    }
    const report = await runSmoke({
      target: targetIn(wanted, address),
      apiKey: env.SMOKE_API_KEY || undefined,
      timeoutMs: Math.min(context.timeoutMs, 120_000),
      signal: context.signal,
      onResult: ({ state, name, saw }) => {
        const mark = { passed: 'ok', failed: 'FAIL', 'not-made': '-' }[state];
        context.output.progress(`        ${mark.padEnd(4)} ${name.padEnd(10)} ${saw}`);
      },
    });
    const failed = report.results.filter(({ state }) => state === 'failed');
    if (failed.length > 0) {
      throw new OpsFailure(
        `Everything is deployed, and the smoke test failed: ${failed.map(({ name, saw }) => `${name}: ${saw}`).join('; ')}. npm run ops -- doctor --stage ${context.stage} looks for the cause; npm run ops -- rollback goes back.`,
      );
    }
    const passed = report.results.filter(({ state }) => state === 'passed').length;
    return `${passed} checks passed, ${report.results.length - passed} not made`;
  }

  function targetIn(wanted: string, address: string | undefined) {
    try {
      return targetOf(wanted, { address, authorities: ca === undefined ? undefined : readFileSync(ca, 'utf8') });
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  }
}
