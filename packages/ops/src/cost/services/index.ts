import type { Meter } from '../meter.ts';
import type { CostedService, Counter } from '../service.ts';
import { compute } from './compute.ts';
import { database } from './database.ts';
import { keys } from './keys.ts';
import { logs } from './logs.ts';
import { monitoring } from './monitoring.ts';
import { network } from './network.ts';
import { security } from './security.ts';
import { storage } from './storage.ts';

const services: readonly CostedService[] = [compute, network, database, keys, logs, monitoring, security, storage];

/** Every meter by its id. */
export const meters: Readonly<Record<string, Meter>> = Object.assign({}, ...services.map((one) => one.meters));

/** How a resource of each type is counted. */
export const counters: Readonly<Record<string, Counter>> = Object.assign({}, ...services.map((one) => one.counters));
