import { randomUUID } from 'node:crypto';
import { type Check, expectThat, NotMade } from '../check.ts';
import { headerOf } from '../client.ts';

export const validation: Check = {
  name: 'validation',
  claim: 'content that is not allowed is refused without being repeated',
  needsKey: true,
  async run({ client, apiKey }) {
    const mark = `smoke${randomUUID().replaceAll('-', '')}`;
    const post = (body: unknown) => client.send('/ingest', { method: 'POST', apiKey, body });
    const wrong = await post({ patient_id: mark.repeat(3), note_text: { text: mark } });
    if (wrong.status === 403) throw new NotMade('the key has no role that may send notes: make one with clinician');
    expectThat(wrong.status === 422, `content that is not allowed gets ${wrong.status}, not 422`);
    expectThat(
      headerOf(wrong, 'content-type')?.startsWith('application/problem+json') === true,
      'the refusal is not application/problem+json',
    );
    const named: unknown[] = Array.isArray(wrong.json.errors) ? wrong.json.errors : [];
    expectThat(named.length === 2, `the refusal names ${named.length} faults, not 2`);
    const broken = await post(`{"patient_id": "${mark}", "note_text": ${mark}`);
    expectThat(broken.status === 400, `a body that is not JSON gets ${broken.status}, not 400`);
    for (const answer of [wrong, broken]) {
      const text = answer.body.toString('latin1') + JSON.stringify(answer.headers);
      expectThat(!text.includes(mark), `the refusal with ${answer.status} repeats what was sent`);
    }
    return '422 names both faults, 400 for a body that is not JSON; nothing is repeated';
  },
};
