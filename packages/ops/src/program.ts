import { ConfigurationError, loadStages } from '@healthcare-ai/lib/config/load';
import { namesOf } from '@healthcare-ai/lib/config/names';
import type { StageInput } from '@healthcare-ai/lib/config/schema';
import { Command, CommanderError, type Option } from 'commander';
import { type AwsClients, type ClientOptions, createClients } from './aws/clients.ts';
import { explain, isAwsError } from './aws/explain.ts';
import { type Clock, systemClock } from './clock.ts';
import type { LocalContext, OpsContext } from './context.ts';
import { OpsFailure, UsageError } from './errors.ts';
import { DEFAULT_TIMEOUT, type GlobalOptions, globalOptions, overridesOf } from './options.ts';
import { confirm, createOutput, printable, type Screen } from './output.ts';
import { readableTime, WaitTimeout } from './wait.ts';

/** Makes the context of the command that runs. @throws UsageError without a known --stage */
export type ContextOf = (command: Command) => OpsContext;

/** Makes the context of a command that needs neither AWS nor a stage. */
export type LocalContextOf = (command: Command) => LocalContext;

/** Adds one command to the program; `packages/ops/src/commands/index.ts` lists them. */
export type OpsCommand = (program: Command, contextOf: ContextOf, localContextOf: LocalContextOf) => void;

/** What the process gives. */
export interface ProcessEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & Screen;
  readonly stderr: NodeJS.WritableStream;

  /** Aborts at Ctrl-C. */
  readonly interrupted: AbortSignal;
  readonly stages: Readonly<Record<string, StageInput>>;

  /** @default - the time of the machine */
  readonly clock?: Clock;

  /** @default createClients */
  readonly clients?: (options: ClientOptions) => AwsClients;
}

export interface ProgramOptions {
  /** How the program is called, for its help: `npm run ops --`. */
  readonly name: string;
  readonly description: string;
  readonly commands: readonly OpsCommand[];

  /** Options of every command. @default globalOptions() */
  readonly options?: readonly Option[];

  /**
   * Last lines of the program's own help.
   *
   * @default - none
   */
  readonly examples?: readonly string[];
}

/** The last lines of a command's help. */
export const example = (...lines: readonly string[]): string =>
  `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`;

const secretVariables = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'GITHUB_TOKEN',
] as const;

/** A command line that only knows how to make contexts and to end: the commands know the rest. */
export class OpsProgram {
  readonly #process: ProcessEnvironment;
  readonly #secrets: readonly string[];
  readonly #command: Command;
  #state = '';
  #timeout: { readonly ms: number; readonly signal: AbortSignal } | undefined;

  constructor(options: ProgramOptions, environment: ProcessEnvironment) {
    this.#process = environment;
    this.#secrets = secretVariables.flatMap((name) => environment.env[name] ?? []);
    this.#command = new Command(options.name).description(options.description);
    if (options.examples) this.#command.addHelpText('after', example(...options.examples));
    for (const option of options.options ?? globalOptions()) this.#command.addOption(option);
    this.#command.configureHelp({ showGlobalOptions: true }).showHelpAfterError('(--help shows how it is used)');
    for (const add of options.commands)
      add(
        this.#command,
        (command) => this.#context(command),
        (command) => this.#local(command),
      );
    for (const command of allOf(this.#command)) {
      command.exitOverride().configureOutput({
        writeOut: (text) => void environment.stdout.write(text),
        writeErr: (text) => void environment.stderr.write(text),
      });
    }
  }

  /** All commands, the program itself first. */
  get commands(): readonly Command[] {
    return allOf(this.#command);
  }

  /** @returns the exit code: 0 done, 1 failed, 2 used wrongly */
  async run(args: readonly string[]): Promise<0 | 1 | 2> {
    try {
      if (args.length === 0 && this.#command.commands.length > 0) this.#command.help({ error: true });
      await this.#command.parseAsync([...args], { from: 'user' });
      return 0;
    } catch (error) {
      return this.#ended(error);
    }
  }

  #ended(error: unknown): 0 | 1 | 2 {
    // Commander has printed what it has to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof ConfigurationError) return this.#say(error.message, 2);
    if (this.#process.interrupted.aborted) return this.#say(`Interrupted. ${this.#state}`, 1);
    if (this.#timeout?.signal.aborted) {
      return this.#say(`Gave up after ${readableTime(this.#timeout.ms)}; --timeout sets how long. ${this.#state}`, 1);
    }
    if (error instanceof WaitTimeout) return this.#say(`${error.message} ${this.#state}`, 1);
    if (error instanceof OpsFailure) return this.#say(error.message, 1);
    if (isAwsError(error)) return this.#say(`${explain(error)} ${this.#state}`, 1);
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return this.#say(`Internal error (please report it): ${name}: ${message.split('\n', 1)[0]}. ${this.#state}`, 1);
  }

  #say(text: string, code: 1 | 2): 1 | 2 {
    if (text.trim() === '') return code;
    this.#process.stderr.write(`${printable(text.trim(), this.#secrets)}\n`);
    return code;
  }

  #local(command: Command): LocalContext {
    const { stdin, stdout, stderr, env, interrupted, clock = systemClock } = this.#process;
    const { json = false, yes = false, timeout = DEFAULT_TIMEOUT } = command.optsWithGlobals<Partial<GlobalOptions>>();
    this.#timeout ??= { ms: timeout, signal: AbortSignal.timeout(timeout) };
    const signal = AbortSignal.any([interrupted, this.#timeout.signal]);
    return {
      output: createOutput({ stdout, stderr, json, secrets: this.#secrets }),
      yes,
      timeoutMs: timeout,
      signal,
      clock,
      stdin,
      env,
      confirm: async (question) => {
        if (!yes) await confirm(printable(question, this.#secrets), { stdin, stderr, signal });
      },
      state: (text) => {
        this.#state = text;
      },
    };
  }

  #context(command: Command): OpsContext {
    const { stage, context: pairs, region: wanted, profile } = command.optsWithGlobals<GlobalOptions>();
    const { stages, clients = createClients } = this.#process;
    if (stage === undefined) {
      throw new UsageError(`give --stage, one of ${Object.keys(stages).join(', ')}`);
    }
    const [config] = loadStages(stages, [stage], overridesOf(pairs));
    const region = wanted ?? config!.region;
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      throw new UsageError(`--region ${region}: use a region such as us-east-1`);
    const local = this.#local(command);
    const clientsOf = (where: string) =>
      clients({ region: where, profile, signal: local.signal, endpoint: local.env.AWS_ENDPOINT_URL || undefined });
    const own = clientsOf(region);
    return {
      ...local,
      stage,
      config: config!,
      names: namesOf(stage, region),
      region,
      clients: own,
      clientsOf: (where) => (where === region ? own : clientsOf(where)),
    };
  }
}

const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];
