import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stages } from '../config/stages.ts';
import { asksForHelp, type Output } from './command.ts';
import type { StackChange } from './compare.ts';
import { inWorktree } from './worktree.ts';

const usage = `usage: npm run diff -- REF[..REF] [stage ...] [--fail-on any|destructive]

Shows what the working tree, or the second REF, changes in the templates of REF, without network. With --fail-on the exit code is 1 when
there is any change, or one that replaces or removes a resource.
example: npm run diff -- origin/main prod`;

/** `node bin/synth.ts` in a checkout: its own code, its own configuration. */
function synthIn(checkout: string, out: string, wanted: readonly string[], environment: NodeJS.ProcessEnv): void {
  const program = join('bin', 'synth.ts');
  if (!existsSync(join(checkout, program))) {
    throw new TypeError(`that commit has no ${program}, so its templates cannot be made`);
  }
  execFileSync(process.execPath, [program, ...wanted, '--no-gates', '--out', out], {
    cwd: checkout,
    // Findings are the business of `npm run synth`; here they would only cost time.
    env: { ...environment, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const count = (changes: readonly StackChange[], kind: 'added' | 'updated' | 'replaced' | 'removed') =>
  changes.reduce((sum, change) => sum + change[kind].length, 0);

/** @throws TypeError when the command is used wrongly */
export function readDiffArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'fail-on': { type: 'string' } },
  });
  const [range, ...wanted] = positionals;
  const failOn = values['fail-on'];
  if (range === undefined) throw new TypeError('name the commit to compare with');
  const [ref = '', other] = range.split('..');
  if (failOn !== undefined && failOn !== 'any' && failOn !== 'destructive') {
    throw new TypeError(`--fail-on ${failOn}: use any or destructive`);
  }
  return { ref, other, wanted, failOn };
}

/** @returns 0 shown; 1 a change that `--fail-on` names, or a synth that failed; 2 used wrongly */
export async function diffCommand(
  args: readonly string[],
  { out, err }: Output,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  if (asksForHelp(args)) {
    out(usage);
    return 0;
  }
  const work = mkdtempSync(join(tmpdir(), 'healthcare-ai-templates-'));
  try {
    const { ref, other, wanted, failOn } = readDiffArguments(args);
    const before = join(work, 'before');
    const after = join(work, 'after');
    inWorktree(process.cwd(), ref, (folder) => synthIn(folder, before, wanted, environment));
    if (other === undefined) synthIn(process.cwd(), after, wanted, environment);
    else inWorktree(process.cwd(), other, (folder) => synthIn(folder, after, wanted, environment));
    const { compare } = await import('./compare.ts');
    const names = wanted.length > 0 ? wanted : Object.keys(stages);
    const changes = names.flatMap((stage) => compare(join(before, stage), join(after, stage)));
    for (const { stack, text, replaced, removed } of changes) {
      out(`Stack ${stack}`);
      out(text.trimEnd());
      if (replaced.length > 0) out(`  REPLACED: ${replaced.join(', ')}`);
      if (removed.length > 0) out(`  REMOVED: ${removed.join(', ')}`);
      out('');
    }
    const destructive = count(changes, 'replaced') + count(changes, 'removed');
    out(
      changes.length === 0
        ? `No difference to ${ref}.`
        : `${changes.length} stacks change: ${count(changes, 'added')} resources added, ${count(changes, 'updated')} updated, ${count(changes, 'replaced')} replaced, ${count(changes, 'removed')} removed.`,
    );
    return (failOn === 'any' && changes.length > 0) || (failOn === 'destructive' && destructive > 0) ? 1 : 0;
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    err(stderr === undefined ? `${(error as Error).message}\n${usage}` : stderr.toString().trimEnd());
    return stderr === undefined ? 2 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
