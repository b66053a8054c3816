import { CommanderError } from 'commander';
import { ConfigurationError } from '../config/error.ts';
import { sqlState } from '../database/errors.ts';
import { UsageError } from './usage-error.ts';

export interface Explanation {
  /** One line, or '' if the message was already printed. */
  readonly text: string;
  readonly exitCode: number;
}

/** Commander's messages for these errors quote the arguments, which may contain a pasted key. */
const withheld: Readonly<Record<string, string>> = {
  'commander.excessArguments': 'too many arguments: see --help',
  'commander.invalidArgument': 'invalid argument: see --help',
  'commander.unknownCommand': 'unknown command: see --help',
  'commander.unknownOption': 'unknown option: see --help',
};
const said = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

/**
 * Describes an error for the end of a command: without a stack, without arguments, and without database messages, which
 * may quote a row.
 */
export function explain(error: unknown): Explanation {
  if (error instanceof CommanderError) {
    const text = said.includes(error.code) ? '' : (withheld[error.code] ?? error.message.replace(/^error: /, ''));
    return { text, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  if (error instanceof ConfigurationError || error instanceof UsageError) return { text: error.message, exitCode: 2 };
  const state = sqlState(error);
  if (state !== undefined) {
    return { text: `the database rejected the command with SQLSTATE ${state}${hints[state] ?? ''}`, exitCode: 1 };
  }
  const { message, code } = error as { message?: string; code?: string };
  return { text: message || code || 'failed', exitCode: 1 };
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const hints: Readonly<Record<string, string>> = {
  '28000': ': the role cannot log in',
  '28P01': ': the password is wrong',
  '3D000': ': the database does not exist',
  '42501': ': the role lacks the privilege; run the command as the owner of the database',
};
