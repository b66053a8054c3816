import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { jsonOption } from '@healthcare-ai/ops/options';
import { type OpsCommand, OpsProgram, type ProgramOptions } from '@healthcare-ai/ops/program';
import { stages } from '../../../../lib/config/stages.ts';

/** Runs a program with one command in this process, without AWS. */
export async function runProgram(
  command: OpsCommand,
  args: readonly string[],
  more: Partial<Pick<ProgramOptions, 'options'>> & {
    readonly env?: Readonly<Record<string, string>>;
    readonly stdin?: string;
  } = {},
) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(more.stdin ?? '');
  const interrupted = new AbortController().signal;
  const options = { name: 'program', description: '', commands: [command], options: more.options ?? [jsonOption()] };
  const code = await new OpsProgram(options, { env: more.env ?? {}, stdin, stdout, stderr, interrupted, stages }).run(
    args,
  );
  stdout.end();
  stderr.end();
  return { code, out: (await text(stdout)).trimEnd(), err: (await text(stderr)).trimEnd() };
}
