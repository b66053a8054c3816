import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@healthcare-ai/contract';
import { parse, stringify } from 'yaml';
import { clientOf } from '../../test/service/support/client.ts';
import { freePort } from '../../test/service/support/free-port.ts';
import { healthy, startTask } from '../support/hardened.ts';
import { image } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { makeWorld, ports } from '../support/world.ts';

export const prometheusPart: Part = {
  name: 'Prometheus scrapes the running service',
  needs: ['podman', 'runc', 'prometheus', 'promtool', '/usr/lib/postgresql'],
  async run({ engine, folder, check }) {
    const world = await makeWorld(engine, image('v1'));
    const { url, ...own } = await ports();
    const port = await freePort();
    await startTask(engine, { image: image('v1'), name: 'scraped', env: { ...world.env, ...own } });
    const config = parse(readFileSync('deploy/monitoring/prometheus.yml', 'utf8'));
    config.scrape_configs[0].static_configs[0].targets = [`127.0.0.1:${own.METRICS_PORT}`];
    config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
    writeFileSync(join(folder, 'prometheus.yml'), stringify(config));
    writeFileSync(join(folder, 'alerts.yml'), readFileSync('deploy/monitoring/alerts.yml'));
    const prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'tsdb')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    const ask = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
      return (await response.json()) as { data: { result: { value: [number, string] }[]; groups: RuleGroup[] } };
    };
    const measured = async (query: string) =>
      Number((await ask(`query?query=${encodeURIComponent(query)}`)).data.result[0]?.value[1]);
    try {
      await healthy(url + contract.paths.ready);
      await healthy(`http://127.0.0.1:${port}/-/ready`);
      await check('it finds the service up, and counts the notes that were acknowledged', async () => {
        const client = clientOf(url, await world.key('integration'));
        for (let i = 0; i < 3; i++) equal((await client.ingest('patient-1', 'A note.')).status, 200);
        for (let waited = 0; (await measured('ingest_notes_acknowledged_total')) !== 3; waited += 500) {
          ok(waited < 15_000, 'the three notes were not seen');
          await sleep(500);
        }
        equal(await measured('up{job="healthcare-ai"}'), 1);
        equal(await measured('database_up'), 1);
      });
      await check('every alert rule is evaluated without a fault, and none sounds', async () => {
        const evaluated = async () => (await ask('rules')).data.groups.flatMap((group) => group.rules);
        let rules = await evaluated();
        for (let waited = 0; rules.some(({ health }) => health === 'unknown') && waited < 15_000; waited += 500) {
          await sleep(500);
          rules = await evaluated();
        }
        deepEqual(
          rules.filter(({ health, state }) => health !== 'ok' || state === 'firing'),
          [],
        );
        return `${rules.length} rules`;
      });
    } finally {
      prometheus.kill('SIGTERM');
      await engine.podman(['rm', '-f', '-t', '0', 'scraped']);
      world.server.remove();
    }
  },
};

interface RuleGroup {
  readonly rules: readonly { readonly health: string; readonly state: string }[];
}
