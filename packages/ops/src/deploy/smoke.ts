import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { outputsOf } from '../aws/stack.ts';
import { targets } from '../doctor/checks/service.ts';
import { lookUpInDns } from '../doctor/dns.ts';
import { examine } from '../doctor/examine.ts';
import { OpsFailure } from '../errors.ts';
import { runSmoke } from '../smoke/run.ts';
import { readTarget } from '../smoke/target.ts';
import { waitFor } from '../wait.ts';
import type { DeployContext } from './context.ts';
import { findStack } from './stack-state.ts';
import type { Step } from './step.ts';

export interface SmokeStepProps {
  /** @default - the stage's domain, at the address of its load balancer: its name may point there only later */
  readonly url?: string;

  /** File of authorities in PEM that may have signed the certificate, instead of the usual ones. */
  readonly ca?: string;
}

/** A new load balancer's name takes a while to be known everywhere. */
const NAME_MS = 180_000;

/** An internal load balancer that does not accept a connection for so long has no route from here. */
const ROUTE_MS = 5000;

/** Calls the API as a client does. An internal load balancer may be out of reach: then its targets are judged. */
export function smokeStep(context: DeployContext, { url, ca }: SmokeStepProps): Step {
  const { names, config, env } = context;
  const wanted = url ?? `https://${config.edge.domainName}`;
  // Before the first step: a wrong option must not show after half an hour.
  const target = readTarget(wanted, { ca });
  return {
    title: 'Smoke test',
    interrupted: 'Everything is deployed; the smoke test was not finished: npm run smoke makes it again.',
    async look() {
      const found = await findStack(context.clients.cloudFormation, `${names.base}-service`);
      const address = url === undefined ? outputsOf(found.stack).LoadBalancerDnsName : undefined;
      const at = address ? `${wanted} at ${address}` : wanted;
      const keyless = env.SMOKE_API_KEY ? '' : '; SMOKE_API_KEY is not set, so what needs a key is not checked';
      return {
        sees: `the API should answer as ${at}${keyless}`,
        will: 'call it as a client does',
        act: async () => {
          if (address !== undefined) await known(address);
          const outside = config.network.exposure === 'internal' && address !== undefined;
          return outside && !(await isReachable(address)) ? judgeTargets(address) : call(address);
        },
      };
    },
  };

  async function known(address: string): Promise<void> {
    await waitFor(
      { ...context, timeoutMs: Math.min(context.timeoutMs, NAME_MS) },
      { what: `the name ${address} to be known`, look: () => lookup(address).catch(() => undefined) },
    );
  }

  /** What AWS says of the tasks, where this machine has no route to the load balancer. */
  async function judgeTargets(address: string): Promise<string> {
    const [, found] = await examine(context, { checks: [targets], lookUp: lookUpInDns });
    if (found?.state !== 'ok') {
      throw new OpsFailure(
        `Everything is deployed, and the load balancer has no healthy task: ${found?.saw}. npm run ops -- doctor --stage ${context.stage} looks for the cause.`,
      );
    }
    context.output.progress(`        -    The load balancer is internal, and this machine has no route to it.`);
    context.output.progress(
      `             From a network that has one: npm run smoke -- ${wanted} --address ${address}`,
    );
    return `no check made from here; targets: ${found.saw}`;
  }

  async function call(address = target.address): Promise<string> {
    const report = await runSmoke({
      target: { ...target, address },
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
}

/** Whether the HTTPS port of an address accepts a connection. */
function isReachable(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443, timeout: ROUTE_MS });
    const end = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
