import { contract } from '@healthcare-ai/contract';
import { type Check, CheckFailed, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { SmokeClient } from '../client.ts';
import { isLoopback } from '../target.ts';

/** A firewall that drops packets answers nothing: no need to wait long for that. */
const PORT_TIMEOUT_MS = 2_000;

export const metrics: Check = {
  name: 'metrics',
  claim: 'the metrics cannot be read from outside',
  async run(world) {
    const { metrics } = contract.paths;
    const answer = await world.client.send(metrics);
    expectThat(answer.status === 404, `${metrics} answers ${answer.status}, not 404`);
    if (isLoopback(world.target)) {
      throw new NotMade(
        `${metrics} is 404; port ${contract.metricsPort} is on this machine, so it was not tried from outside`,
      );
    }
    expectThat(!(await portAnswers(world)), `port ${contract.metricsPort} answers`);
    return `${metrics} is 404 and port ${contract.metricsPort} closed`;
  },
};

async function portAnswers({ target, client: { signal } }: SmokeContext): Promise<boolean> {
  const elsewhere = { ...target, scheme: 'http', port: contract.metricsPort } as const;
  const client = new SmokeClient({ target: elsewhere, signal, requestTimeoutMs: PORT_TIMEOUT_MS });
  try {
    await client.send(contract.paths.metrics);
    return true;
  } catch (error) {
    if (error instanceof CheckFailed && !signal.aborted) return false;
    throw error;
  } finally {
    client.close();
  }
}
