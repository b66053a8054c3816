import { randomBytes, randomUUID } from 'node:crypto';
import { type Check, expectThat, type World } from '../check.ts';
import { type Answer, headerOf } from '../client.ts';

export const refusesNoKey: Check = {
  name: 'no-key',
  claim: 'nothing is done without a key',
  async run(world) {
    const faults = await refused(world, undefined);
    expectThat(faults.length === 0, faults.join('; '));
    return 'notes and audit trail answer 401';
  },
};

export const refusesWrongKey: Check = {
  name: 'wrong-key',
  claim: 'nothing is done with a key that is wrong, however like a right one',
  async run(world) {
    const { apiKey } = world;
    const invented = `hai_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`;
    const faults = await refused(world, invented);
    if (apiKey !== undefined) {
      // The right id with another secret: a service that looked the id up and no further would take it.
      const cut = apiKey.lastIndexOf('_') + 1;
      faults.push(...(await refused(world, apiKey.slice(0, cut) + randomBytes(32).toString('base64url'))));
    }
    expectThat(faults.length === 0, faults.join('; '));
    return apiKey === undefined
      ? 'an invented key gets 401'
      : 'an invented key and the right id with another secret get 401';
  },
};

async function refused({ client }: World, apiKey: string | undefined): Promise<string[]> {
  const note = { patient_id: 'smoke-refused', note_text: 'Synthetic. This note must not be stored.' };
  const answers: readonly (readonly [string, Answer])[] = [
    ['POST /ingest', await client.send('/ingest', { method: 'POST', apiKey, body: note })],
    ['GET /notes/{id}', await client.send(`/notes/${randomUUID()}`, { apiKey })],
    ['POST /audit/search', await client.send('/audit/search', { method: 'POST', apiKey, body: {} })],
  ];
  return answers.flatMap(([route, answer]) => {
    if (answer.status !== 401) return [`${route} answers ${answer.status}, not 401`];
    return headerOf(answer, 'www-authenticate') ? [] : [`${route} refuses without WWW-Authenticate`];
  });
}
