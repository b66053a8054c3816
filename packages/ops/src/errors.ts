/** The command was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command failed: exit code 1. The message is one line with what to do, or empty where the answer says it all. */
export class OpsFailure extends Error {
  override readonly name = 'OpsFailure';
}
