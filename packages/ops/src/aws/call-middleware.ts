import type { ECSClient } from '@aws-sdk/client-ecs';

/** What a failed call was, put on its error for `explain`: `ECS UpdateService`. */
export interface NamedCallError extends Error {
  readonly call?: string;
}

/** All clients share the middleware's shape; the types of their commands do not matter here. */
type AnyClient = Pick<ECSClient, 'middlewareStack'>;

/** Rejects with the reason of the signal as soon as it aborts: also while the SDK waits before it tries again. */
async function unlessAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Ends calls with the signal, and names them in their errors. */
export function boundCalls(client: AnyClient, signal: AbortSignal): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await unlessAborted(() => next(args), signal);
      } catch (error) {
        const service = context.clientName?.replace(/Client$/, '');
        const operation = context.commandName?.replace(/Command$/, '');
        if (error instanceof Error && !signal.aborted) {
          Object.defineProperty(error, 'call', { value: `${service} ${operation}`, configurable: true });
        }
        throw error;
      }
    },
    { step: 'initialize', name: 'boundCalls', priority: 'high' },
  );
}
