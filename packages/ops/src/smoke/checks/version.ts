import { contract } from '@healthcare-ai/contract';
import { type Check, expectThat } from '../check.ts';

export const version: Check = {
  name: 'version',
  claim: 'it is the version that is expected',
  async run({ client, expectedVersion }) {
    const found: unknown = (await client.send(contract.paths.health)).json.version;
    expectThat(
      typeof found === 'string' && /^\d+\.\d+\.\d+[-+.\w]{0,40}$/.test(found),
      `${contract.paths.health} names no version`,
    );
    expectThat(
      expectedVersion === undefined || found === expectedVersion,
      `it is ${found}, and ${expectedVersion} was expected`,
    );
    return expectedVersion === undefined ? `${found}; none was expected` : found;
  },
};
