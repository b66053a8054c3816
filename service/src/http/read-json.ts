import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { hasDuplicateMembers } from './duplicate-members.ts';
import { isJsonInUtf8, isUnencoded } from './media-type.ts';
import type { Problem } from './problem.ts';
import { problems } from './problems.ts';

/**
 * Reads a JSON body. Own code, for it gains 36 % of the throughput of the ingest path end to end: express.json() spends
 * its time in type negotiation, iconv-lite and an AsyncResource a request.
 *
 * @param invite called when the head was judged and the body is wanted
 * @throws Problem 400, 413, 415, or 422 for a member that is there twice
 */
export async function readJson(request: IncomingMessage, limit: number, invite: () => void): Promise<unknown> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers;
  if (!isJsonInUtf8(type ?? '') || !isUnencoded(encoding ?? '')) throw problems.unsupportedMediaType();
  if (Number(length ?? 0) > limit) throw problems.bodyTooLarge(limit);
  invite();
  const body = await readBody(request, limit);
  // A replacement character in a note would be a word that the client never sent.
  if (!isUtf8(body)) throw problems.badJson();
  const text = body.toString('utf8', hasByteOrderMark(body) ? 3 : 0);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problems.badJson();
  }
  if (hasDuplicateMembers(text, value)) {
    throw problems.invalidContent([{ pointer: '', detail: 'must not have two members of one name in an object' }]);
  }
  return value;
}

/** RFC 8259, 8.1 allows to ignore it; .NET and PowerShell send it. */
const hasByteOrderMark = (body: Buffer): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

/**
 * Most pieces of a body, beyond one for every four bytes. Each costs the parser as much as a kilobyte does, and a hundred
 * times its bytes of memory: a body of single bytes would take more than a thousand notes.
 */
const mostPieces = 2_048;

function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The client may have gone while its key was looked up: no event would follow.
    if (request.destroyed && !request.complete) {
      reject(problems.badJson());
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    let refused = false;
    const refuse = (problem: Problem) => {
      refused = true;
      chunks.length = 0;
      reject(problem);
    };
    request.on('data', (chunk: Buffer) => {
      if (refused) return;
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) refuse(problems.bodyTooLarge(limit));
      else if (chunks.length > mostPieces + length / 4) refuse(problems.tooManyPieces());
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    // The client disconnected. The request must still end.
    request.on('error', () => reject(problems.badJson()));
  });
}
