import type { IncomingHttpHeaders } from 'node:http';
import type { Receipt } from '../notes/note-service.ts';
import { problems } from './problems.ts';
import type { RequestContext } from './request-context.ts';

/** Any visible ASCII, as draft-ietf-httpapi-idempotency-key-header has it, with or without quotes. */
const form = /^[\x21-\x7e]{1,255}$/;

/** @throws Problem 400 when the header does not have the form of a key */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!form.test(String(key))) throw problems.badHeader('Idempotency-Key');
  return key as string;
}

/** Marks the answer to a note that was stored before; nothing was stored now. */
export function markReplay(receipt: Receipt, context: RequestContext): void {
  if (receipt.note === undefined) context.headers.push('Idempotency-Replayed', 'true');
}
