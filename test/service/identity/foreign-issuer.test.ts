import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { clientOf } from '../support/client.ts';
import { type Stage, startStage } from '../support/stage.ts';

let provider: ChildProcess;
let issuer: string;
let stage: Stage<never>;

beforeAll(async () => {
  provider = spawn(process.execPath, ['test/service/support/oidc-issuer.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: provider.stdout! })) {
    issuer = line;
    if (line.startsWith('http')) break;
  }
  const settings = {
    issuer,
    audiences: 'https://notes.example.org',
    keys: { uri: `${issuer}/jwks` },
    tenant: 'north',
    roles: '/scope',
    roleMap: { 'notes/write': 'integration' },
  };
  stage = await startStage({ keys: {}, env: { OIDC_ISSUERS: JSON.stringify([settings]) } });
});
afterAll(async () => {
  await stage?.stop();
  provider?.kill();
});

/** A token for the machine client, as RFC 6749 section 4.4 gets it. */
async function tokenFor(scope: string, resource?: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope, ...(resource && { resource }) });
  const authorization = `Basic ${Buffer.from('lab:only-for-this-test-run').toString('base64')}`;
  const response = await fetch(`${issuer}/token`, { method: 'POST', headers: { authorization }, body });
  expect(response.status).toBe(200);
  return ((await response.json()) as { access_token: string }).access_token;
}
const ingest = async (token: string) => (await clientOf(stage.url, token).ingest('p-1', 'a note')).status;

describe('tokens of oidc-provider, an issuer of somebody else', () => {
  it('open the API with the scope that the map names, and without it do not', async () => {
    expect(await ingest(await tokenFor('notes/write'))).toBe(200);
    expect(await ingest(await tokenFor('notes/read'))).toBe(403);
  });

  it('are refused when they are for another API', async () => {
    expect(await ingest(await tokenFor('notes/write', 'https://other.example.org'))).toBe(401);
  });
});
