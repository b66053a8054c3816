import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startStage } from '../support/stage.ts';

const run = promisify(execFile);
const stage = startStage({ keys: { ehr: { roles: ['integration'] }, clinician: { roles: ['clinician'] } } });

const program = (name: string) => resolve('node_modules', '.bin', name);

/** Where the client is generated, as a project of somebody who has only the document. */
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-client-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await (await stage).stop();
});

beforeAll(async () => {
  const { url } = await stage;
  writeFileSync(join(folder, 'openapi.json'), await (await fetch(`${url}/openapi.json`)).text());
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  await run(program('oazapfts'), ['openapi.json', 'api.ts'], { cwd: folder });
});

/** @returns what the compiler complains of */
async function compile(text: string): Promise<string> {
  writeFileSync(join(folder, 'program.ts'), text);
  const options = ['--noEmit', '--strict', '--allowImportingTsExtensions'];
  const target = ['--target', 'es2024', '--module', 'nodenext', '--types', 'node'];
  return run(program('tsc'), [...options, ...target, 'program.ts'], { cwd: folder }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

const calls = `
import * as api from './api.ts';

const [baseUrl = '', ehr = '', clinician = ''] = process.argv.slice(2);
api.defaults.baseUrl = baseUrl;
const as = (token: string) => ({ headers: { Authorization: 'Bearer ' + token } });

const note = { patient_id: 'generated-1', note_text: 'Cough for three days.' };
const first = await api.ingestNote(note, { idempotencyKey: 'k-1' }, as(ehr));
const again = await api.ingestNote(note, { idempotencyKey: 'k-1' }, as(ehr));
const reused = await api.ingestNote({ ...note, note_text: 'Another.' }, { idempotencyKey: 'k-1' }, as(ehr));
if (first.status !== 200 || again.status !== 200) throw new Error('not taken');
const status: 'received' = first.data.status;
// The limit has a default, so it need not be sent.
const found = await api.searchNotes({ patient_id: note.patient_id }, as(clinician));
if (found.status !== 200) throw new Error('not found');
const read = await api.readNote(found.data.notes[0]!.audit_id, {}, as(clinician));
console.log(JSON.stringify({
  status,
  same: first.data.audit_id === again.data.audit_id,
  replayed: [first, again].map(({ headers }) => headers.get('Idempotency-Replayed')),
  reused: reused.status === 422 ? reused.data.type : reused.status,
  read: read.status === 200 ? read.data.note_text : read.data.title,
  more: found.data.next_cursor ?? 'none',
}));
`;

test('a client generated from the document compiles, and works against the service', async () => {
  expect(await compile(calls)).toBe('');

  const { url, tokens } = await stage;
  const { stdout } = await run(process.execPath, ['program.ts', url, tokens.ehr, tokens.clinician], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    status: 'received',
    same: true,
    replayed: [null, 'true'],
    reused: 'urn:healthcare-ai:problem:idempotency-key-reused',
    read: 'Cough for three days.',
    more: 'none',
  });
});

test('the compiler refuses what the document does not allow', async () => {
  const wrong = `
import * as api from './api.ts';
await api.ingestNote({ patient_id: 'p' });
await api.searchNotes({ patient_id: 'p', limit: 'ten' });
const answer = await api.readNote('id');
if (answer.status === 404) console.log(answer.data.note_text);
`;
  const complaints = await compile(wrong);

  expect(complaints).toMatch(/program\.ts\(3,.*note_text/);
  expect(complaints).toMatch(/program\.ts\(4,.*/);
  expect(complaints).toMatch(/program\.ts\(6,.*note_text/);
});
