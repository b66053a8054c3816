import { createSocket } from 'node:dgram';
import { type Canary, createCanary } from './canary.ts';
import { canaryRequests } from './canary-requests.ts';
import { clientOf } from './client.ts';
import { freePort } from './free-port.ts';
import { audience, createIssuer, issuerUrl } from './issuer.ts';
import { sendRaw } from './raw.ts';
import { createKey, type ServiceProcess, startProcess, type TestDatabase } from './service.ts';

/** What a run of all requests left behind, wherever the service writes. */
export interface CanaryRun {
  readonly canary: Canary;
  readonly database: TestDatabase;
  readonly service: ServiceProcess;
  readonly clinician: string;
  readonly answers: { what: string; echoes: boolean; text: string }[];
  readonly metrics: string;
  /** What the Datadog agent received. It grows until the agent is closed. */
  readonly datagrams: string[];
  closeAgent(): void;
  readonly note: { id: string; patientId: string; text: string };
}

export async function runCanaries(database: TestDatabase, env: Record<string, string>): Promise<CanaryRun> {
  const canary = createCanary();
  const issuer = await createIssuer();
  const clinician = await createKey(database, { principal: 'dr-jones', roles: ['clinician'] });
  const auditor = await createKey(database, { principal: 'auditor', roles: ['auditor'] });
  const agent = createSocket('udp4');
  const datagrams: string[] = [];
  agent.on('message', (message) => datagrams.push(message.toString('latin1')));
  await new Promise<void>((resolve) => agent.bind(0, '127.0.0.1', resolve));
  const metricsPort = await freePort();
  const service = await startProcess({
    env: {
      ...database.env,
      ...env,
      METRICS_PORT: String(metricsPort),
      TRUST_PROXY_HOPS: '1',
      CORS_ORIGINS: 'https://app.example.org',
      FAILED_AUTH_RATE_LIMIT: '20/minute',
      EMF_NAMESPACE: 'HealthcareAI',
      DD_AGENT_HOST: '127.0.0.1',
      DD_DOGSTATSD_PORT: String(agent.address().port),
      OIDC_ISSUER: issuerUrl,
      OIDC_AUDIENCE: audience,
      OIDC_JWKS: JSON.stringify(issuer.jwks),
    },
  });
  // A good token with words in claims that nobody asked for, and some that are refused for the words in them.
  const claims = (place: string) => ({ name: canary.phrase(`${place} name`), email: canary.word(`${place} email`) });
  const others = [
    `Bearer ${await issuer.token({ claims: claims('good token') })}`,
    `Bearer ${await issuer.token({ claims: { ...claims('token'), sub: `${canary.phrase('token sub')} ` } })}`,
    `Bearer ${await issuer.token({ claims: { ...claims('token'), aud: canary.word('token aud') } })}`,
    `Bearer ${await issuer.token({ claims: { tenant: canary.phrase('token tenant') }, kid: canary.word('token kid') })}`,
    `Bearer hai_000000000000_${canary.word('secret of a key').padEnd(43, 'x')}`,
    canary.phrase('Authorization without a scheme'),
  ];

  const client = clientOf(service.url, clinician);
  const patientId = canary.word('patient_id');
  const name = canary.word('name of a patient');
  const text = `Patient: Jane ${name}. ${name} takes metformin 500 mg daily. BP 120/80. ${canary.phrase('note_text')}`;
  const note = { id: (await client.ingest(patientId, text)).body.audit_id as string, patientId, text };
  // The analysis quotes the note, and is kept.
  await client.post(`/notes/${note.id}/analysis`, '');
  await client.get(`/notes/${note.id}/analysis`);
  const answers: CanaryRun['answers'] = [];
  const requests = canaryRequests(canary, { clinician, auditor, others });
  for (let at = 0; at < requests.length; at += 16) {
    const batch = requests.slice(at, at + 16);
    const results = await Promise.all(batch.map(({ bytes }) => sendRaw(service.url, bytes, { patience: 5_000 })));
    answers.push(...results.map(({ text }, index) => ({ ...batch[index]!, text })));
  }
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics?${canary.word('metrics query')}`)).text();
  const missing = await (await fetch(`http://127.0.0.1:${metricsPort}/${canary.word('metrics path')}`)).text();
  return {
    canary,
    database,
    service,
    closeAgent: () => agent.close(),
    clinician,
    answers,
    metrics: metrics + missing,
    datagrams,
    note,
  };
}
