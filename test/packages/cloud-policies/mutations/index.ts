import type { Mutation } from '../draft.ts';
import { containers, service } from './compute.ts';
import { buckets, database, keys } from './data.ts';
import { balancer, firewall } from './edge.ts';
import { identity } from './identity.ts';
import { network } from './network.ts';
import { alarms, logs } from './observability.ts';
import { templates } from './templates.ts';
import { wiring } from './wiring.ts';

/** Single faults, each put alone into the templates of production. */
export const mutations: { readonly [area: string]: readonly Mutation[] } = {
  'Load balancer': balancer,
  WAF: firewall,
  Containers: containers,
  'Service, scaling, images': service,
  Network: network,
  Buckets: buckets,
  Keys: keys,
  'Database and backups': database,
  Rights: identity,
  'Logs, trail, account': logs,
  Alarms: alarms,
  'What joins the parts': wiring,
  'Whole templates': templates,
};
