import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stages } from '@healthcare-ai/lib/config/stages';
import { Option } from 'commander';
import type { StackChange } from '../diff/compare.ts';
import { inWorktree } from '../diff/worktree.ts';
import { OpsFailure, UsageError } from '../errors.ts';
import { example, type OpsCommand } from '../program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `npm run diff`. */
export const diffCommand: OpsCommand = (program, _contextOf, localContextOf) =>
  void program
    .description(
      'Show what the working tree, or the second commit, changes in the templates of a commit. Needs no network.',
    )
    .argument('<commit[..commit]>', 'commit to compare with')
    .argument('[stage...]', 'stages (default: all)')
    .addOption(
      new Option(
        '--fail-on <kind>',
        'exit with 1 on any change, or on one that replaces or removes a resource',
      ).choices(['any', 'destructive']),
    )
    .addHelpText('after', example('npm run diff -- origin/main prod'))
    .action(async (range: string, wanted: readonly string[], { failOn }: { readonly failOn?: string }, command) => {
      const { output, env } = localContextOf(command);
      const [ref = '', other] = range.split('..');
      const changes = await changesBetween(ref, other, wanted, env);
      const count = (kind: 'added' | 'updated' | 'replaced' | 'removed') =>
        changes.reduce((sum, change) => sum + change[kind].length, 0);
      const summary =
        changes.length === 0
          ? `No difference to ${ref}.`
          : `${changes.length} stacks change: ${count('added')} resources added, ${count('updated')} updated, ${count('replaced')} replaced, ${count('removed')} removed.`;
      output.result({ changes }, [...changes.map(textOf), summary].join('\n'));
      const destructive = count('replaced') + count('removed') > 0;
      if ((failOn === 'any' && changes.length > 0) || (failOn === 'destructive' && destructive))
        throw new OpsFailure('');
    });

const textOf = ({ stack, text, replaced, removed }: StackChange): string =>
  [
    `Stack ${stack}`,
    text.trimEnd(),
    ...(replaced.length > 0 ? [`  REPLACED: ${replaced.join(', ')}`] : []),
    ...(removed.length > 0 ? [`  REMOVED: ${removed.join(', ')}`] : []),
    '',
  ].join('\n');

async function changesBetween(
  ref: string,
  other: string | undefined,
  wanted: readonly string[],
  env: Environment,
): Promise<StackChange[]> {
  const work = mkdtempSync(join(tmpdir(), 'healthcare-ai-templates-'));
  const [before, after] = [join(work, 'before'), join(work, 'after')];
  try {
    inWorktree(process.cwd(), ref, (folder) => synthIn(folder, before, wanted, env));
    if (other === undefined) synthIn(process.cwd(), after, wanted, env);
    else inWorktree(process.cwd(), other, (folder) => synthIn(folder, after, wanted, env));
    const { compare } = await import('../diff/compare.ts');
    const names = wanted.length > 0 ? wanted : Object.keys(stages);
    return names.flatMap((stage) => compare(join(before, stage), join(after, stage)));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** `bin/synth.ts` of a checkout: its own code, its own configuration. */
function synthIn(checkout: string, out: string, wanted: readonly string[], env: Environment): void {
  const program = join('bin', 'synth.ts');
  if (!existsSync(join(checkout, program))) {
    throw new UsageError(`that commit has no ${program}, so its templates cannot be made`);
  }
  try {
    execFileSync(process.execPath, [program, ...wanted, '--no-gates', '--out', out], {
      cwd: checkout,
      // `npm run synth` shows findings; here they would only take time.
      env: { ...env, CDK_VALIDATION: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw new OpsFailure(String((error as { stderr?: Buffer }).stderr ?? (error as Error).message).trimEnd());
  }
}
