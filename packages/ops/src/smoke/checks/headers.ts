import { contract } from '@healthcare-ai/contract';
import { expectations } from '@healthcare-ai/contract/edge-expectations';
import { type Check, expectThat } from '../check.ts';
import type { Answer } from '../client.ts';

export const headers: Check = {
  name: 'headers',
  claim: 'every answer has the security headers, each once',
  async run({ client }) {
    // A refusal and what nobody handles are answers too; proxies tend to forget them.
    const answers = {
      [contract.paths.health]: await client.send(contract.paths.health),
      'a refusal': await client.send('/audit/search', { method: 'POST', body: {} }),
      'an unknown path': await client.send('/smoke-test-of-an-unknown-path'),
    };
    const faults = Object.entries(answers).flatMap(([where, answer]) =>
      faultsOf(answer).map((fault) => `${fault} on ${where}`),
    );
    expectThat(faults.length === 0, faults.slice(0, 3).join('; ') + (faults.length > 3 ? '; ...' : ''));
    return `${Object.keys(expectations.headers).length} headers on ${Object.keys(answers).length} kinds of answer`;
  },
};

function faultsOf({ headers }: Answer): string[] {
  const faults = Object.entries(expectations.headers).flatMap(([name, pattern]) => {
    const values = headers[name] ?? [];
    if (values.length === 0) return [`${name} is missing`];
    if (values.length > 1) return [`${name} is there ${values.length} times`];
    return new RegExp(pattern).test(values[0]!) ? [] : [`${name} has another value`];
  });
  return headers['x-powered-by'] ? [...faults, 'x-powered-by reveals the server software'] : faults;
}
