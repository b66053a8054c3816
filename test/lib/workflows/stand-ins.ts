import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder in which a step of a workflow runs as GitHub runs it, with stand-ins for the programs that need an account. */
export class StepFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'healthcare-ai-step-'));

  /** @param programs scripts by the name of the program that they stand in for; each call is recorded */
  constructor(programs: Readonly<Record<string, string>>) {
    mkdirSync(join(this.path, 'bin'));
    for (const [name, script] of Object.entries(programs)) {
      const file = join(this.path, 'bin', name);
      writeFileSync(file, `#!/bin/bash\necho "${name} $*" >> "$CALLS"\n${script}\n`);
      chmodSync(file, 0o755);
    }
    for (const name of ['calls', 'output', 'summary']) this.write(name, '');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  /** What was called, one line a call. */
  get calls(): string[] {
    return this.read('calls').split('\n').slice(0, -1);
  }

  /** Runs a script with the flags of `shell: bash`. @returns its exit code and what it printed */
  run(script: string, env: Readonly<Record<string, string>> = {}): { code: number | null; out: string } {
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: this.path,
      encoding: 'utf8',
      timeout: 100_000,
      env: {
        PATH: `${join(this.path, 'bin')}:${process.env.PATH}`,
        CALLS: join(this.path, 'calls'),
        GITHUB_OUTPUT: join(this.path, 'output'),
        GITHUB_STEP_SUMMARY: join(this.path, 'summary'),
        ...env,
      },
    });
    return { code: status, out: stdout + stderr };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
