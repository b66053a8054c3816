import { randomBytes, randomUUID } from 'node:crypto';
import { type Check, expectThat, NotMade, type SmokeContext } from '../check.ts';
import { type Answer, headerOf, type Sent } from '../client.ts';

type Attempt = readonly [path: string, sent: Sent];

const note = { patient_id: 'smoke-refused', note_text: 'Synthetic. This note must not be stored.' };
const ingest: Attempt = ['/ingest', { method: 'POST', body: note }];
const searchTrail: Attempt = ['/audit/search', { method: 'POST', body: {} }];

export const refusesNoKey: Check = {
  name: 'no-key',
  claim: 'nothing is done without a key',
  async run(world) {
    const readNote: Attempt = [`/notes/${randomUUID()}`, {}];
    for (const attempt of [ingest, readNote, searchTrail]) await refused(world, attempt, undefined);
    return 'notes and audit trail answer 401';
  },
};

/** One attempt for each kind of wrong key: failures of an address are counted, and others may be behind the same one. */
export const refusesWrongKey: Check = {
  name: 'wrong-key',
  claim: 'nothing is done with a key that is wrong, however like a right one',
  async run(world) {
    const { apiKey } = world;
    const secret = randomBytes(32).toString('base64url');
    await refused(world, ingest, `hai_${randomBytes(6).toString('hex')}_${secret}`);
    const id = apiKey && /^hai_[0-9a-z]+_/.exec(apiKey)?.[0];
    if (!id) return 'an invented key gets 401';
    // A service that looked the id up and no further would take it.
    await refused(world, searchTrail, id + secret);
    return 'an invented key and the right id with another secret get 401';
  },
};

async function refused({ client }: SmokeContext, [path, sent]: Attempt, apiKey: string | undefined): Promise<void> {
  const answer: Answer = await client.send(path, { ...sent, apiKey });
  if (answer.status === 429) {
    throw new NotMade('429: this address failed too often within the last minute; nothing was done either');
  }
  const route = `${sent.method ?? 'GET'} ${path.replace(/[0-9a-f-]{36}/, '{audit_id}')}`;
  expectThat(answer.status === 401, `${route} answers ${answer.status}, not 401`);
  expectThat(headerOf(answer, 'www-authenticate') !== undefined, `${route} refuses without WWW-Authenticate`);
}
