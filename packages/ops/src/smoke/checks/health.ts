import { contract } from '@healthcare-ai/contract';
import { type Check, expectThat } from '../check.ts';

export const health: Check = {
  name: 'health',
  claim: 'the service is healthy, its database included',
  async run({ client }) {
    const { health, ready } = contract.paths;
    const alive = await client.send(health);
    expectThat(alive.status === 200, `${health} answers ${alive.status}, not 200`);
    expectThat(alive.json.status === 'healthy', `${health} does not say that it is healthy`);
    const whole = await client.send(ready);
    expectThat(whole.status === 200, `${ready} answers ${whole.status}, not 200: the database cannot be reached`);
    return `${health} and ${ready} answer 200`;
  },
};
