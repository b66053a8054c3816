import { account } from './reviewed/account.ts';
import { compute } from './reviewed/compute.ts';
import { data } from './reviewed/data.ts';
import { network } from './reviewed/network.ts';
import { observability } from './reviewed/observability.ts';

/** Resource types with their reviewed property paths, separated by white space: list indices are `*`. */
export type ReviewedTypes = { readonly [type: string]: string };

/**
 * The resource types of this deployment with the properties that it sets, in any configuration. `X.**` means all
 * that is below X, where another policy judges the whole (policy documents, WAF statements).
 */
export const reviewedTypes: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ ...account, ...compute, ...data, ...network, ...observability }).map(([type, paths]) => [
    type,
    paths.split(/\s+/).filter((path) => path !== ''),
  ]),
);
