import { randomUUID } from 'node:crypto';
import { contract } from '@healthcare-ai/contract';
import { type Check, CheckFailed, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { type Answer, headerOf } from '../client.ts';

/** A task counts for itself: this many tasks' allowances are used up at most. */
const TASKS = 4;
const MOST_REQUESTS = 5_000;
const AT_ONCE = 10;

/**
 * Reading the headers is free. Using up the limit costs the key up to a minute, and the address of the sender
 * too where a WAF counts by address; so it is done only when it is asked for.
 */
export const rateLimit: Check = {
  name: 'rate-limit',
  claim: 'too many requests of one key are refused, with the time to wait',
  needsKey: true,
  async run(world) {
    const { client, apiKey, exhaustRateLimit } = world;
    const unknownNote = await client.send(`/notes/${randomUUID()}`, { apiKey });
    expectThat([403, 404].includes(unknownNote.status), `an unknown note gets ${unknownNote.status}, not 404`);
    const policy = policyOf(unknownNote);
    if (!policy) {
      throw new NotMade('answers announce no limit: RATE_LIMIT is off, or a proxy in front counts instead');
    }
    const announced = `${policy.count} requests in ${policy.seconds} s`;
    if (!exhaustRateLimit) return `${announced} announced; --rate-limit sends that many to see the refusal`;
    const most = Math.min(MOST_REQUESTS, policy.count * TASKS + AT_ONCE);
    const { answer, sent } = await untilRefused(world, most);
    const wait = Number(headerOf(answer, 'retry-after'));
    expectThat(Number.isInteger(wait) && wait > 0, '429 comes without a Retry-After in seconds');
    const healthy = await client.send(contract.paths.health);
    expectThat(healthy.status === 200, `meanwhile ${contract.paths.health} answers ${healthy.status}, not 200`);
    return `${announced}; 429 with Retry-After: ${wait} after ${sent} requests, ${contract.paths.health} still answers`;
  },
};

function policyOf(answer: Answer): { readonly count: number; readonly seconds: number } | undefined {
  const [, count, seconds] = /q=(\d{1,9});w=(\d{1,9})/.exec(headerOf(answer, 'ratelimit-policy') ?? '') ?? [];
  return count && seconds ? { count: Number(count), seconds: Number(seconds) } : undefined;
}

async function untilRefused({ client, apiKey }: SmokeContext, most: number): Promise<{ answer: Answer; sent: number }> {
  let sent = 0;
  let refusal: Answer | undefined;
  const sender = async () => {
    while (!refusal && sent < most) {
      sent += 1;
      const answer = await client.send(`/notes/${randomUUID()}`, { apiKey, patient: false });
      if (answer.status === 429) refusal ??= answer;
      else if (answer.status !== 404 && answer.status !== 403) {
        throw new CheckFailed(`after ${sent} requests the answer is ${answer.status}, neither 404 nor 429`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  if (!refusal) throw new CheckFailed(`${sent} requests were answered and none refused`);
  return { answer: refusal, sent };
}
