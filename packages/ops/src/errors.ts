/** The command was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for did not come to be: exit code 1. The message is one line for a person, with what to do. */
export class OpsFailure extends Error {
  override readonly name = 'OpsFailure';
}
