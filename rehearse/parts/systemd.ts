import { equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@healthcare-ai/contract';
import { clientOf } from '../../test/service/support/client.ts';
import { healthy } from '../support/hardened.ts';
import { bundleIn, image } from '../support/images.ts';
import type { Part } from '../support/rehearsal.ts';
import { makeWorld, ports } from '../support/world.ts';

/** Runs what the unit runs, with its settings and as much of its limits as there is without systemd as PID 1. */
export const systemdPart: Part = {
  name: "The systemd unit's command line, settings and limits",
  needs: ['podman', 'runc', 'setpriv', 'prlimit', '/usr/lib/postgresql'],
  async run({ engine, folder, check }) {
    const unit = readFileSync('deploy/systemd/healthcare-ai.service', 'utf8');
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)![1]!;
    const world = await makeWorld(engine, image('v1'));
    const { url, ...own } = await ports();
    // Another user must be able to enter it.
    const place = mkdtempSync(join(tmpdir(), 'healthcare-ai-unit-'));
    chmodSync(place, 0o755);
    cpSync(bundleIn(folder), join(place, 'dist'), { recursive: true });
    const credentials = join(place, 'credentials');
    mkdirSync(credentials);
    writeFileSync(join(credentials, 'database_url'), world.env.DATABASE_URL!, { mode: 0o644 });
    writeFileSync(join(credentials, 'encryption_key'), world.env.ENCRYPTION_KEY!, { mode: 0o644 });
    writeFileSync(join(credentials, 'audit_signing_key'), world.env.AUDIT_SIGNING_KEY!, { mode: 0o644 });
    writeFileSync(join(credentials, 'database_ca'), '', { mode: 0o644 });
    const settings = readFileSync('deploy/systemd/healthcare-ai.env', 'utf8') + files(unit, credentials);
    const env = Object.fromEntries(
      [...settings.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, text]) => [name!, text!]),
    ) as Record<string, string>;
    // The server of this rehearsal speaks no TLS, and its ports are free ones.
    const audit = join(place, 'audit');
    mkdirSync(audit);
    chmodSync(audit, 0o777);
    Object.assign(env, own, { AUDIT_DIR: audit, DATABASE_TLS: 'off', RATE_LIMIT: 'off', SHUTDOWN_DELAY_SECONDS: '2' });
    const [node, main] = value('ExecStart').split(' ');
    const command = [node!.replace('/opt/healthcare-ai/current/node', process.execPath)];
    command.push(main!.replace('/opt/healthcare-ai/current/dist', join(place, 'dist')));
    // A virtual machine may allow fewer open files than the unit asks for.
    const allowed = Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))![1]);
    const limits = [`--nofile=${Math.min(allowed, Number(value('LimitNOFILE')))}`, `--core=${value('LimitCORE')}`];
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs', '--bounding-set=-all'];
    const child = spawn('prlimit', [...limits, 'setpriv', ...user, ...command], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const exited = new Promise<number | null>((end) => child.on('exit', end));
    try {
      await check('its workers come up under it, and take a note', async () => {
        await Promise.race([
          healthy(url + contract.paths.ready),
          exited.then((code) => Promise.reject(new Error(`it ended with ${code}: ${said.join('').slice(-600)}`))),
        ]);
        const sent = await clientOf(url, await world.key('integration')).ingest('patient-1', 'A note.');
        equal(sent.status, 200);
        match(readFileSync(`/proc/${child.pid}/status`, 'utf8'), /NoNewPrivs:\s+1[\s\S]*|CapEff:\s+0000000000000000/);
        return `WORKERS=${env.WORKERS}`;
      });
      await check('SIGTERM ends all of them with exit code 0, before TimeoutStopSec', async () => {
        const started = performance.now();
        child.kill('SIGTERM');
        equal(await exited, 0);
        const seconds = (performance.now() - started) / 1000;
        ok(seconds < Number(value('TimeoutStopSec')));
        return `${seconds.toFixed(1)} s`;
      });
    } finally {
      child.kill('SIGKILL');
      world.server.remove();
      rmSync(place, { recursive: true, force: true });
    }
  },
};

/** `Environment=NAME=%d/credential`, with the folder that systemd would put there. */
const files = (unit: string, folder: string): string =>
  [...unit.matchAll(/^Environment=(.*)$/gm)].map(([, line]) => `\n${line!.replace('%d', folder)}`).join('');
