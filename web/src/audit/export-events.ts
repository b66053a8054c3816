import { Problem, refusalOf } from '../api/client.ts';
import type { AuditExportRequest } from '../api/types.ts';

/**
 * Has the events of a search written to a file. The browser keeps a large one on its disk, not in memory, and offers it
 * only when it is whole.
 *
 * @param onProgress bytes so far
 * @throws Problem
 */
export async function exportEvents(
  criteria: AuditExportRequest,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const cutOff = () =>
    new Problem(0, {
      title: 'The export was cut off',
      detail: 'Nothing was saved. Check the network connection, then export again.',
    });
  const response = await fetch('/app/api/audit/export', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(criteria),
    cache: 'no-store',
    signal,
  }).catch(() => {
    throw cutOff();
  });
  if (!response.ok) throw await refusalOf(response);
  let bytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onProgress(bytes);
      controller.enqueue(chunk);
    },
  });
  const blob = await new Response(response.body!.pipeThrough(counter)).blob().catch(() => {
    throw cutOff();
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'audit-events.jsonl';
  link.click();
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
