import { deepEqual, equal, ok } from 'node:assert/strict';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@healthcare-ai/contract';
import { runSmoke } from '@healthcare-ai/ops/smoke/run';
import { targetOf } from '@healthcare-ai/ops/smoke/target';
import { securityHeaders } from '../../service/src/http/security-headers.ts';
import { findPostgres } from '../../test/service/support/postgres.ts';
import { makeNginxBase, makePostgresBase } from '../support/base-images.ts';
import { brokenCopy, type ComposeProject, makeProject, SERVER_NAME } from '../support/compose.ts';
import { type EdgeAnswer, edgeClient, headersOf } from '../support/edge-client.ts';
import type { Engine } from '../support/engine.ts';
import type { Part } from '../support/rehearsal.ts';
import { run } from '../support/run.ts';

const CLIENT = '127.0.0.2';
const FORGED = '203.0.113.9';
const NOTE = 'Größe 1,80 m. Compose rehearsal: denies chest pain. 🫀';

export const composePart: Part = {
  name: 'Compose: nginx over TLS, the service, PostgreSQL',
  needs: [
    'podman',
    'runc',
    'docker-compose',
    'openssl',
    '/usr/sbin/nginx',
    '/usr/lib/postgresql',
    '/etc/nginx/mime.types',
  ],
  async run({ engine, folder, check }) {
    await check('docker-compose takes the file as shipped, and refuses a broken copy', async () => {
      const config = (file: string, accept: number[]) =>
        run('docker-compose', ['-f', file, 'config', '-q'], { accept, env: { COMPOSE_PROJECT_NAME: 'x' } });
      // Version 1 wants to see the file of settings, which the guide makes, and does not know `name`.
      const without = (text: string) => text.replace(/^name: .*\n/m, '').replace('env_file: [.env]', 'env_file: []');
      await config(brokenCopy(folder, without), [0]);
      await config(
        brokenCopy(folder, (text) => without(text).replace('read_only:', 'readonly:')),
        [1],
      );
    });
    await makeNginxBase(engine, folder);
    await makePostgresBase(engine, folder, findPostgres()!);
    const project = await makeProject(engine, folder);
    try {
      await check('it comes up in order: database, migration, service, nginx', async () => {
        await project.up();
      });
      await throughNginx(engine, project, check);
    } catch (error) {
      for (const name of ['database', 'migrate', 'api', 'nginx']) {
        const logs = await engine.podman(['logs', '--tail', '8', project.container(name)], { accept: [0, 1, 125] });
        process.stdout.write(`  ${name}: ${(logs.stdout + logs.stderr).trim().slice(-1200)}\n`);
      }
      throw error;
    } finally {
      await project.down();
    }
  },
};

async function throughNginx(engine: Engine, project: ComposeProject, check: Parameters<Part['run']>[0]['check']) {
  const edge = edgeClient({ port: project.httpsPort, serverName: SERVER_NAME, ca: project.ca, from: CLIENT });

  const key = async (...roles: string[]) => {
    const owner = ['--tenant', 'north', '--principal', roles.join('-'), '--role', ...roles];
    const create = ['dist/main.cjs', 'keys', 'create', ...owner];
    return (await project.compose(['run', '--rm', '-T', 'migrate', ...create])).trim();
  };

  const [integration, clinician, auditor] = [await key('integration'), await key('clinician'), await key('auditor')];
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' });
  const post = (path: string, token: string, body: unknown, headers = {}) =>
    edge.send('POST', path, { headers: { ...bearer(token), ...headers }, body: JSON.stringify(body) });

  let auditId = '';
  await check('a note goes through nginx over TLS into PostgreSQL, and is read back', async () => {
    const note = { patient_id: 'patient-7', note_text: NOTE };
    const sent = await post('/ingest', integration, note, { 'X-Forwarded-For': FORGED, 'X-Real-IP': FORGED });
    equal(sent.status, 200, sent.text);
    auditId = JSON.parse(sent.text).audit_id;
    const read = await edge.send('GET', `/notes/${auditId}`, { headers: bearer(clinician) });
    equal(JSON.parse(read.text).note_text, NOTE);
  });
  await check('its audit event has the address of the client, and not the forged X-Forwarded-For', async () => {
    const found = await post('/audit/search', auditor, { action: 'note.create' });
    const events = JSON.parse(found.text).events as { source: string }[];
    deepEqual(
      events.map(({ source }) => source),
      [CLIENT],
    );
  });
  await check(
    'each security header is sent once, with the value of the service, from the proxy or the service',
    async () => {
      const long = 'x'.repeat(200_000);
      await sleep(3_000);
      const answers: Record<string, EdgeAnswer> = {
        'the service, 200': await edge.send('GET', '/'),
        'the service, 404': await edge.send('GET', '/nothing-here'),
        'nginx, 413': await edge.send('POST', '/ingest', { headers: bearer(integration), body: long }),
        'nginx, 301': await plain(project.httpPort),
      };
      equal(answers['nginx, 413']!.status, 413);
      equal(answers['nginx, 301']!.status, 301);
      const location = headersOf(answers['nginx, 301']!.rawHeaders).get('location');
      deepEqual(location, [`https://${SERVER_NAME}/ingest`]);
      const policy = headersOf(securityHeaders());
      for (const [who, { rawHeaders }] of Object.entries(answers)) {
        const sent = headersOf(rawHeaders);
        for (const name of edgeHeaders) deepEqual(sent.get(name), policy.get(name), `${name} of ${who}`);
        equal(sent.get('x-powered-by'), undefined);
        ok(!/\d/.test(sent.get('server')?.join('') ?? ''), 'the version of nginx is shown');
      }
    },
  );
  await check(
    'npm run smoke finds nothing wrong from outside: TLS, redirect, headers, a note, its audit event',
    async () => {
      await sleep(2_500);
      const apiKey = await key('clinician', 'auditor');
      const place = { address: '127.0.0.1', authorities: project.ca };
      const target = targetOf(`https://${SERVER_NAME}:${project.httpsPort}`, place);
      const { results, ms } = await runSmoke({ target, apiKey, httpPort: project.httpPort });
      const of = (state: string) =>
        results.filter((one) => one.state === state).map(({ name, saw }) => `${name}: ${saw}`);
      deepEqual(of('failed'), []);
      return `${of('passed').length} checks passed in ${ms} ms; not made: ${of('not-made').join('; ')}`;
    },
  );
  await check('60 requests at once: a burst of 21 is answered, the rest gets 429', async () => {
    const { perSecond, burst } = contract.edgeRateLimit;
    await sleep((1000 * burst) / perSecond + 500);
    const started = performance.now();
    const answers = await edge.burst('/', 60);
    const seconds = (performance.now() - started) / 1000;
    const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    equal(count(200) + count(429), 60);
    // One more is due for every tenth of a second that the sixty take to arrive.
    ok(count(200) >= burst + 1 && count(200) <= burst + 1 + Math.ceil(seconds * perSecond), `${count(200)} answered`);
    const refused = answers.filter(({ status }) => status === 429);
    deepEqual([...new Set(refused.map(({ retryAfter }) => retryAfter))], ['1']);
    return `${count(200)} x 200, ${count(429)} x 429, in ${Math.round(seconds * 1000)} ms`;
  });
  await check('/health is never limited, and leaves no line in the access log', async () => {
    deepEqual([...new Set((await edge.burst('/health', 100)).map(({ status }) => status))], [200]);
    const { stdout } = await engine.podman(['logs', project.container('nginx')]);
    ok(stdout.includes('"path":"/ingest"'), 'there is no access log');
    ok(!stdout.includes('"path":"/health'), '/health is logged');
  });
  await check('TLS 1.2 and 1.3 are spoken, 1.1 is refused', async () => {
    equal(await edge.handshake('TLSv1.1'), undefined);
    equal(await edge.handshake('TLSv1.2'), 'TLSv1.2');
    equal(await edge.handshake('TLSv1.3'), 'TLSv1.3');
  });
  await check('stopped, the service ends with exit code 0 after its delay', async () => {
    await project.compose(['stop', 'api']);
    const { stdout } = await engine.podman(['inspect', '--format', '{{.State.ExitCode}}', project.container('api')]);
    equal(stdout.trim(), '0');
    await sleep(500);
    const answer = await edge.send('GET', '/?patient_id=patient-7');
    equal(answer.status, 503);
    const sent = headersOf(answer.rawHeaders);
    for (const name of edgeHeaders) equal(sent.get(name)?.length, 1, `${name} of nginx, 503`);
    return 'nginx answers 503 meanwhile';
  });
  await check('no log holds words of the note, the patient, or a query string', async () => {
    for (const name of ['api', 'nginx', 'database']) {
      const { stdout, stderr } = await engine.podman(['logs', project.container(name)]);
      ok(!/chest pain|patient-7/.test(stdout + stderr), `the log of ${name} does`);
    }
  });
}

/** The headers that nginx gives its own answers; what the service sends beyond them passes as it is. */
const edgeHeaders = [
  'strict-transport-security',
  'x-frame-options',
  'x-content-type-options',
  'x-xss-protection',
  'content-security-policy',
  'referrer-policy',
  'cache-control',
];

const plain = (port: number): Promise<EdgeAnswer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/ingest', headers: { Host: SERVER_NAME } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode!, rawHeaders: response.rawHeaders, text: '' });
    })
      .on('error', reject)
      .end();
  });
