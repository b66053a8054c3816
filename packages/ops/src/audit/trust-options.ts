import type { CheckpointName } from '@healthcare-ai/audit-trail/verify/report';
import {
  parseMaxAge,
  parseOrigin,
  parseTrusted,
  readKeyFiles,
  TrustArgumentError,
} from '@healthcare-ai/audit-trail/verify/trust-arguments';
import { Option } from 'commander';
import { UsageError } from '../errors.ts';
import { collect } from '../options.ts';

export interface TrustFlags {
  readonly publicKey?: readonly string[];
  readonly trusted?: CheckpointName;
  readonly origin?: string;
  readonly maxAge?: number;
}

/** Options for the trust anchors that an auditor obtained out of band. */
export const trustOptions = (): Option[] => [
  publicKeyOption(),
  new Option(
    '--trusted <number:hash>',
    'a checkpoint known from elsewhere: it must be there, and be this one',
  ).argParser(asUsage(parseTrusted)),
  new Option('--origin <stage/uuid>', 'the trail that it must be').argParser(asUsage(parseOrigin)),
  new Option(
    '--max-age <time>',
    'how old the newest trusted checkpoint may be, and an event without one: 90s, 15m, 2h, 1d',
  ).argParser(asUsage(parseMaxAge)),
];

export const publicKeyOption = (): Option =>
  new Option('--public-key <file>', 'public key in PEM; may be given more than once').argParser(collect);

/** @throws UsageError */
export const keysOf = ({ publicKey = [] }: Pick<TrustFlags, 'publicKey'>): Buffer[] => asUsage(readKeyFiles)(publicKey);

/** Reports wrong usage as the commands do. */
function asUsage<Given, Result>(parse: (given: Given) => Result): (given: Given) => Result {
  return (given) => {
    try {
      return parse(given);
    } catch (error) {
      throw error instanceof TrustArgumentError ? new UsageError(error.message) : error;
    }
  };
}
