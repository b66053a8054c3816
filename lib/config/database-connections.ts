/**
 * `max_connections` of Aurora PostgreSQL Serverless v2 by the largest capacity, in ACU.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
const byMaxAcu: readonly (readonly [acu: number, connections: number])[] = [
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
  [32, 5000],
];

/** With a minimum of 0 or 0.5 ACU Aurora caps `max_connections` at this. */
const SMALL_MINIMUM_CAP = 2000;

/** Left for the owner, for Aurora itself and for a migration that runs beside the service. */
const RESERVED = 20;

/** Connections that the service may open between all its tasks, rounded down to the next documented size. */
export function availableConnections(minAcu: number, maxAcu: number): number {
  const documented = byMaxAcu.findLast(([acu]) => acu <= maxAcu)?.[1] ?? 0;
  return Math.min(documented, minAcu < 1 ? SMALL_MINIMUM_CAP : documented) - RESERVED;
}
