import { type Check, CheckFailed, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { headerOf, SmokeClient } from '../client.ts';
import { codeOf } from '../connect.ts';

export const redirect: Check = {
  name: 'redirect',
  claim: 'plain HTTP does nothing but redirect to HTTPS',
  async run(world) {
    const { target, httpPort } = world;
    if (target.scheme === 'http') throw new NotMade('the URL is http://');
    if (httpPort === undefined)
      throw new NotMade('the URL has a port of its own; --http-port names that of plain HTTP');
    const answer = await plain(world, httpPort);
    if (!answer) return `nothing listens on port ${httpPort}`;
    expectThat(
      [301, 308].includes(answer.status),
      `port ${httpPort} answers ${answer.status}, not a permanent redirect`,
    );
    const location = headerOf(answer, 'location') ?? '';
    const to = URL.canParse(location) ? new URL(location) : undefined;
    expectThat(
      to?.protocol === 'https:' && to.hostname === target.host,
      'it redirects to another place than its HTTPS',
    );
    return `port ${httpPort} answers ${answer.status} to https`;
  },
};

async function plain({ target, client: { signal, requestTimeoutMs } }: SmokeContext, port: number) {
  const client = new SmokeClient({ target: { ...target, scheme: 'http', port }, signal, requestTimeoutMs });
  try {
    return await client.send('/');
  } catch (error) {
    if (error instanceof CheckFailed && codeOf(error.cause) === 'ECONNREFUSED') return;
    throw error;
  } finally {
    client.close();
  }
}
