/**
 * Resolves once the page is in sight. What a tab in the background asked for would be recorded as seen, though nobody
 * looks at it.
 */
export async function inSight(signal?: AbortSignal): Promise<void> {
  while (document.hidden && !signal?.aborted) {
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
  }
}
