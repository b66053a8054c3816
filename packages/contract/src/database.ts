/** PostgreSQL connections that one process opens at most: `LANES` + that of the analyses + `DATABASE_POOL_SIZE`. */
export const database = {
  lanes: 2,
  analysisLanes: 1,
  /** In one process at a time: that which publishes the audit trail. */
  publisher: 1,
  poolSize: 4,
  /**
   * `version` is the newest migration; `oldestService` the schema version of the oldest release that still runs on it:
   * 1 as long as every migration is additive. Images carry both, and a rollback to an older release is refused.
   */
  schema: { version: 13, oldestService: 1 },
  /** The schema version of the oldest release that reads the form: after the switch nothing older may run. */
  storedForms: { 'audit-2': 11 },
} as const;
