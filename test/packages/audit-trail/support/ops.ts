import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { auditCommand } from '@healthcare-ai/ops/commands/audit';
import { OpsProgram } from '@healthcare-ai/ops/program';
import { stages } from '../../../../lib/config/stages.ts';
import { auditTools } from '../../../../service/src/runtime/audit-tools.ts';
import type { CommandResult } from '../../../service/support/service.ts';

/** Runs `npm run ops -- ARGS` as `bin/ops.ts` does, in this process: starting another takes seconds. */
export async function runOps(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<CommandResult> {
  const [stdin, stdout, stderr] = [Readable.from([input]), new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const audit = auditCommand({ ...auditTools({ env, stderr }), user: 'tester', stdin, terminal: stderr });
  const program = new OpsProgram(
    { name: 'ops', description: 'tests', commands: [audit] },
    { env, stdin, stdout, stderr, stages, interrupted: new AbortController().signal },
  );
  const code = await program.run(args);
  stdout.end();
  stderr.end();
  return { code, stdout: await out, stderr: await err };
}
