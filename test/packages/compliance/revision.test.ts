import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { revisionOf } from '@healthcare-ai/compliance/revision';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-revision-'));
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) => {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...identity, ...args], {
    env: { ...process.env, GIT_COMMITTER_DATE: '2026-11-01T10:00:00Z' },
    stdio: 'ignore',
  });
};

test('a folder without git has no commit, and nothing can be said about the age of results', () => {
  expect(revisionOf(folder)).toEqual({ changed: false });
});

test('a checkout reports its commit, when it was made, and which change came after', () => {
  git('init');
  writeFileSync(join(folder, 'file'), 'one');
  git('add', 'file');
  git('commit', '--no-verify', '-m', 'one');
  const committedAt = new Date('2026-11-01T10:00:00Z');
  expect(revisionOf(folder)).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), committedAt, changed: false });

  writeFileSync(join(folder, 'file'), 'two');
  const changedAt = new Date('2026-11-02T10:00:00Z');
  utimesSync(join(folder, 'file'), changedAt, changedAt);
  expect(revisionOf(folder)).toMatchObject({ committedAt, changed: true, changedAt });

  writeFileSync(join(folder, 'untracked'), '');
  expect(revisionOf(folder)).toMatchObject({ changedAt });
});
