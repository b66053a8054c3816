/** @slow */

import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@healthcare-ai/contract';
import { eventually } from '../../support/eventually.ts';
import { sizeOf } from '../../support/size.ts';
import { freePort } from '../support/free-port.ts';
import { findHaproxy, type Haproxy, startHaproxy } from '../support/haproxy.ts';
import { OpenLoop } from '../support/open-loop.ts';
import { findPostgres } from '../support/postgres.ts';
import {
  createKey,
  createTestDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWith } from '../support/skips.ts';
import { readTrail, verifyAudit } from '../support/trail.ts';

const perSecond = sizeOf(100, 250);
const runs = Array.from({ length: sizeOf(1, 3) }, (_, index) => index + 1);
/** Far above the two health checks that the proxy needs to see that a process drains: on a busy machine each is late. */
const gracefulDelay = 4;

describeWith('haproxy and PostgreSQL', findHaproxy() && findPostgres() !== undefined)(
  `two processes behind a proxy, replaced one after the other at ${perSecond} requests a second`,
  () => {
    let database: TestDatabase;
    let token: string;
    let ports: number[];
    let services: ServiceProcess[];
    let proxy: Haproxy;

    beforeAll(async () => {
      database = await createTestDatabase();
      token = await createKey(database, { roles: ['clinician'] });
    });

    afterAll(() => database?.remove());

    const start = (port: number, delay: number): Promise<ServiceProcess> =>
      startProcess({
        env: {
          ...database.env,
          PORT: String(port),
          SHUTDOWN_DELAY_SECONDS: String(delay),
          SHUTDOWN_DEADLINE_SECONDS: '30',
        },
      });

    const setUp = async (delay: number): Promise<void> => {
      ports = [await freePort(), await freePort()];
      services = await Promise.all(ports.map((port) => start(port, delay)));
      proxy = await startHaproxy(ports);
    };

    const tearDown = (): void => {
      for (const { child } of services) child.kill('SIGKILL');
      proxy.remove();
    };

    const bothUp = () =>
      eventually('the proxy counts both processes as up', async () => (await proxy.serversUp()) === 2);

    /** The new process takes the port of the old one, so that the other one alone serves in between. */
    const replaceEach = async (delay: number, signal: NodeJS.Signals): Promise<(number | NodeJS.Signals)[]> => {
      const ends: (number | NodeJS.Signals)[] = [];
      for (const [index, port] of ports.entries()) {
        services[index]!.child.kill(signal);
        ends.push(await services[index]!.exited);
        // A proxy believes in a process that is gone until its checks tell.
        await sleep(1_000);
        services[index] = await start(port, delay);
        await bothUp();
      }
      return ends;
    };

    const replaceUnderLoad = async (delay: number, signal: NodeJS.Signals) => {
      const load = new OpenLoop(proxy.url, token, perSecond);
      await sleep(500);
      const ends = await replaceEach(delay, signal);
      await sleep(300);
      await load.stop();
      return { load, ends };
    };

    describe('that drain on SIGTERM', () => {
      beforeAll(() => setUp(gracefulDelay));
      afterAll(tearDown);

      test.each(runs)('[Load testing completed] no request fails, run %i', async () => {
        const { load, ends } = await replaceUnderLoad(gracefulDelay, 'SIGTERM');
        expect(ends).toEqual([0, 0]);
        expect(load.notes.length).toBeGreaterThan(perSecond * 2 * gracefulDelay);
        expect(Object.fromEntries(load.failures)).toEqual({});
        const stored = new Set((await readTrail(database)).notes);
        expect(load.notes.filter(({ auditId }) => !stored.has(auditId!))).toEqual([]);
      });

      test('the audit chains of all of them are whole, and those of the replaced have an end', async () => {
        expect(await verifyAudit(database)).toMatchObject({ ok: true });
        const { chains } = await readTrail(database);
        const running = [...chains.values()].filter((events) => events.at(-1)?.action !== 'chain.end');
        // The lanes of the two that run.
        const { lanes, analysisLanes } = contract.database;
        expect(running).toHaveLength(2 * (lanes + analysisLanes));
      });
    });

    describe('the same harness sees requests fail', () => {
      beforeAll(() => setUp(0));
      afterAll(tearDown);

      test('when a process closes its listener as soon as it receives a stop signal', async () => {
        const { load, ends } = await replaceUnderLoad(0, 'SIGTERM');
        expect(ends).toEqual([0, 0]);
        expect(load.failed).toBeGreaterThan(0);
      });

      test('when a process is killed', async () => {
        const { load } = await replaceUnderLoad(0, 'SIGKILL');
        expect(load.failed).toBeGreaterThan(0);
      });
    });
  },
);
