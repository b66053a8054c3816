import type { Client } from './client.ts';

/** Follows the cursors from the first page to the last. */
export async function walk(
  client: Client,
  path: string,
  criteria: object,
  limit: number,
  items: string,
): Promise<object[][]> {
  const pages: object[][] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await client.post(path, { ...criteria, limit, ...(cursor ? { cursor } : {}) });
    expect(status).toBe(200);
    pages.push(body[items]);
    cursor = body.next_cursor;
  } while (cursor !== undefined && pages.length < 100);
  return pages;
}
