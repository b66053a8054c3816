/** @slow */

import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import { Load } from '../support/load.ts';
import { Probe } from '../support/probe.ts';
import {
  createKey,
  createOwnDatabase,
  type OwnDatabase,
  type ServiceProcess,
  startProcess,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { stopUnderLoad } from '../support/stop-postgres.ts';
import { readNotes, readTrail, verifyAudit } from '../support/trail.ts';

const restarts = ['fast', 'immediate', 'fast', 'immediate'] as const;

describeWithPostgres()('a database that restarts under load', () => {
  let database: OwnDatabase;
  let service: ServiceProcess;
  let token: string;
  let load: Load;
  let health: Probe;
  let ready: Probe;

  beforeAll(async () => {
    database = await createOwnDatabase({ fsync: true });
    token = await createKey(database, { roles: ['clinician'] });
    service = await startProcess({ env: database.env });
    load = new Load({ url: () => service.url, token, keyed: 12, unkeyed: 0 });
    health = new Probe(`${service.url}/health`);
    ready = new Probe(`${service.url}/health/ready`);
    for (const mode of restarts) {
      await ready.until(200);
      await load.progress(100);
      await stopUnderLoad(database.server, mode);
      await ready.until(503);
      await sleep(300);
      await database.server.start();
    }
    await ready.until(200);
    await load.progress(100);
    await load.stop();
  });

  afterAll(async () => {
    await Promise.all([health?.stop(), ready?.stop()]);
    load?.abort();
    service?.child.kill('SIGKILL');
    await database?.remove();
  });

  test('the process continues', () => {
    expect(service.child.exitCode).toBeNull();
    expect(service.output()).not.toMatch(/process_failed/);
  });

  test('[Health checks configured] /health stays 200: a database outage must not have every task replaced', () => {
    expect(health.statuses.length).toBeGreaterThan(0);
    expect(health.statuses.filter((status) => status !== 200)).toEqual([]);
  });

  test('/health/ready is 503 in each outage, and 200 after it', () => {
    // A probe that took over a second on a busy machine adds a change, never takes one away.
    const changes = ready.statuses.filter((status, index) => status !== ready.statuses[index - 1]);
    expect(new Set(changes)).toEqual(new Set([200, 503]));
    expect(changes.length).toBeGreaterThanOrEqual(1 + 2 * restarts.length);
  });

  test('[164.308(a)(7)(ii)(C)] requests are answered 503 with Retry-After, and with nothing else but success', () => {
    const { 200: acknowledged, 503: unavailable, 409: inFlight = 0, ...others } = Object.fromEntries(load.replies);
    expect(acknowledged).toBeGreaterThan(0);
    expect(unavailable).toBeGreaterThanOrEqual(restarts.length);
    expect(load.withoutRetryAfter).toBe(0);
    expect({ inFlight, others }).toEqual({ inFlight: 0, others: {} });
  });

  test('[164.308(a)(7)(ii)(C)] nothing that was acknowledged is lost, and nothing that was sent again is stored twice', async () => {
    const found = await readNotes(
      service.url,
      token,
      load.notes.map(({ auditId }) => auditId!),
    );
    const lost = load.notes.filter(({ auditId, patientId, noteText }) => {
      const note = found.get(auditId!);
      return typeof note !== 'object' || note.patient_id !== patientId || note.note_text !== noteText;
    });
    expect(lost).toEqual([]);
    expect(load.notes.some(({ attempts }) => attempts > 1)).toBe(true);
    const { notes, created } = await readTrail(database);
    expect(notes).toHaveLength(load.notes.length);
    expect([...created].sort()).toEqual([...notes].sort());
  });

  test('every audit chain is whole, and each lane continues from the chain that it lost', async () => {
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
    const { chains } = await readTrail(database);
    const starts = [...chains.values()].map(([first]) => first!);
    expect(starts.every(({ action }) => action === 'chain.start')).toBe(true);
    const continued = starts.filter(({ subject }) => subject !== undefined);
    expect(continued.length).toBeGreaterThanOrEqual(restarts.length);
    expect(continued.every(({ subject }) => chains.has(subject!))).toBe(true);
  });

  test('a server that has become read-only, as after a failover, is an outage and not a fault', async () => {
    const client = clientOf(service.url, token);
    const readOnly = async (on: boolean) => {
      await database.server.query(`ALTER SYSTEM SET default_transaction_read_only = ${on ? 'on' : 'off'}`);
      await database.server.query('SELECT pg_reload_conf()');
    };
    /** A session takes the setting over when it is told to: that of the lane may be late. */
    const answered = (status: number, text: string) =>
      eventually(`${status}`, async () => {
        const answer = await client.ingest('patient-1', text);
        return answer.status === status && answer;
      });
    await readOnly(true);
    const refused = await answered(503, 'Sent to a server that is a replica now.');
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    await readOnly(false);
    await ready.until(200);
    await answered(200, 'Sent to a server that is the writer again.');
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  test('[Disaster recovery tested] what is acknowledged outlives a crash, though the database would not wait for its disk by default', async () => {
    await database.server.query('ALTER DATABASE postgres SET synchronous_commit = off');
    // The lanes connect again, and get the default.
    await stopUnderLoad(database.server, 'fast');
    await ready.until(503);
    await database.server.start();
    await ready.until(200);
    const client = clientOf(service.url, token);
    const { status, body } = await client.ingest('patient-1', 'Acknowledged, and the server crashes at once.');
    expect(status).toBe(200);
    await stopUnderLoad(database.server, 'immediate');
    await ready.until(503);
    await database.server.start();
    await ready.until(200);
    expect((await client.get(`/notes/${body.audit_id}`)).status).toBe(200);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  test('the service then stops cleanly, though its database is gone', async () => {
    await stopUnderLoad(database.server, 'fast');
    await ready.until(503);
    expect(await service.stop()).toBe(0);
  });
});
