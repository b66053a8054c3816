import { Resolver } from 'node:dns/promises';

/** Addresses of a name; empty when there is no such name. @throws the resolver's error on a timeout */
export type LookUp = (name: string) => Promise<readonly string[]>;

const noSuchName = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the DNS, past the files of this machine. */
export const lookUpInDns: LookUp = async (name) => {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const none = (error: NodeJS.ErrnoException): string[] => {
    if (noSuchName.has(error.code ?? '')) return [];
    throw error;
  };
  const found = await Promise.all([resolver.resolve4(name).catch(none), resolver.resolve6(name).catch(none)]);
  return found.flat();
};
