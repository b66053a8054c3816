import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../service/support/skips.ts';
import { shipped } from './support/files.ts';

const unit = shipped('systemd/healthcare-ai.service');
const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-unit-'));
afterAll(() => rmSync(folder, { recursive: true }));

function analyze(args: readonly string[], text: string) {
  const file = join(folder, 'healthcare-ai.service');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describeWith('systemd-analyze', existsSync('/usr/bin/systemd-analyze'))('the unit', () => {
  // The programs of the unit are not installed here, so Node.js stands in for them.
  const installed = unit
    .replace('/opt/healthcare-ai/current/node ', `${process.execPath} `)
    .replace('WorkingDirectory=/opt/healthcare-ai/current', 'WorkingDirectory=/');

  test('passes `systemd-analyze verify`; a misspelt setting does not', () => {
    expect(analyze(['verify', '--man=no'], installed)).toEqual({ status: 0, said: '' });
    const { said } = analyze(['verify', '--man=no'], installed.replace('TimeoutStopSec', 'TimeoutStopSecs'));
    expect(said).toContain('TimeoutStopSecs');
  });

  test('scores under 2.0 of 10 in `systemd-analyze security`; without its hardening it does not', () => {
    const score = ['security', '--offline=true', '--threshold=20', '--no-pager'];
    expect(analyze(score, installed).status).toBe(0);
    expect(analyze(score, installed.replace(/^(Protect|Private|Restrict).*$/gm, '')).status).toBe(1);
  });
});
