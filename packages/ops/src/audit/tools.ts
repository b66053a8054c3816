import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { AuditStore } from '@healthcare-ai/audit-trail/store';
import { OpsFailure, UsageError } from '../errors.ts';

/** What `bin/ops.ts` gives the audit commands beside what every command has. */
export interface AuditTools {
  /** Opens the database that the service's environment names. */
  openStore(): Promise<AuditStore>;

  /** Public keys, SPKI DER, of those that the service's environment lets sign; none where none is configured. */
  signingKeys(): Promise<readonly Buffer[]>;

  /** What an error of the service's code means: one line, and an exit code. */
  explain(error: unknown): { readonly text: string; readonly exitCode: number };

  /** Who runs the command, by the operating system. */
  readonly user: string;

  /** Where a patient's id is typed or piped in. */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };

  /** Where progress bars are drawn, if it is a terminal. */
  readonly terminal: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** The store for the time of one command, and the event that says who looked. */
export interface LookingStore {
  readonly store: AuditStore;
  /** Writes down the look: before anything of it is shown. */
  looked(
    look: Omit<AuditEventDraft, 'recordedAt' | 'principal' | 'route' | 'outcome'> &
      Partial<Pick<AuditEventDraft, 'outcome'>>,
  ): Promise<void>;
}

export interface WithStoreOptions {
  readonly tools: AuditTools;
  /** The command's name, for the event: `verify`. */
  readonly command: string;
  readonly now: () => number;
}

/**
 * Runs a command on the database.
 *
 * @throws OpsFailure or UsageError, in place of what the service's code throws
 */
export async function withStore<Result>(
  { tools, command, now }: WithStoreOptions,
  work: (looking: LookingStore) => Promise<Result>,
): Promise<Result> {
  try {
    const store = await tools.openStore();
    try {
      return await work({
        store,
        looked: (look) =>
          store.record({
            outcome: 'success',
            ...look,
            recordedAt: new Date(now()).toISOString(),
            principal: `operator:${tools.user}`,
            route: `audit ${command}`,
          }),
      });
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof OpsFailure || error instanceof UsageError) throw error;
    const { text, exitCode } = tools.explain(error);
    throw exitCode === 2 ? new UsageError(text) : new OpsFailure(text);
  }
}
