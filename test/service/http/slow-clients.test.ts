/** @slow */

import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@healthcare-ai/contract';
import { answersIn, requestText, sendRaw } from '../support/raw.ts';
import { describeWith } from '../support/skips.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: { ehr: { roles: ['integration'] } } });
afterAll(async () => (await stage).stop());

const { headers: headerTime, request: requestTime } = contract.timeouts;
/** How often the server looks for late clients, and what a loaded machine adds. */
const slack = 10;

test('clients that send slowly, or nothing at all, are cut off by their timeouts, and the others are served meanwhile', async () => {
  const { url, tokens } = await stage;
  const patience = (requestTime + 2 * slack) * 1000;
  const json = { Authorization: `Bearer ${tokens.ehr}`, 'Content-Type': 'application/json' };
  const slow = (bytes: string, dribble?: string) =>
    sendRaw(url, bytes, { patience, dribble: dribble ? { bytes: dribble, every: 200 } : undefined });
  const body = `{"patient_id":"p","note_text":"${'x'.repeat(1_000)}"}`;

  const pending = Promise.all([
    slow('GET / HTTP/1.1\r\nHost: x\r\n', 'X-Slow: a\r\n'),
    slow('GET / HTTP/1.1\r\nHost: x\r\n'),
    slow('POST /ingest HTTP/1.1\r\nX-Long: ', 'a'),
    slow(''),
    slow(requestText('POST /ingest', { ...json, 'Content-Length': '50000' }), 'x'),
    slow(requestText('POST /ingest', { ...json, 'Content-Length': '5000' }) + body),
    slow(requestText('POST /ingest', { ...json, 'Transfer-Encoding': 'chunked' }), '1\r\nx\r\n'),
    // Refused by its key, and still it does not send what it announced.
    slow(requestText('POST /ingest', { 'Content-Length': '50000' }), 'x'),
    // It was answered, and holds the connection with the beginning of another request.
    slow(`${requestText('GET /health')}GET / HT`),
  ]);
  const served: number[] = [];
  for (let n = 0; n < 20; n++) {
    served.push((await (await stage).as('ehr').ingest('p', 'n')).status);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const results = await pending;

  expect(new Set(served)).toEqual(new Set([200]));
  const limits = [headerTime, headerTime, headerTime, headerTime, requestTime, requestTime, requestTime, requestTime];
  const statuses = [[408], [408], [408], [], [408], [408], [408], [401, 408], [200, 408]];
  for (const [index, result] of results.entries()) {
    expect([index, result.closed]).toEqual([index, true]);
    const answered = answersIn(result.text).map(({ status }) => status);
    // Nothing was asked where nothing was sent; such a connection may end without an answer.
    if (index !== 3) expect([index, answered]).toEqual([index, statuses[index]]);
    expect(result.duration / 1000).toBeLessThan((limits[index] ?? headerTime) + slack);
  }
});

const onLinux = describeWith('/proc (Linux)', existsSync('/proc/self/fd'));

onLinux('half-open clients', () => {
  const halfOpen = async (bytes: string): Promise<Socket> => {
    const { hostname, port } = new URL((await stage).url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => {});
    socket.write(bytes);
    socket.resume();
    await new Promise((resolve) => socket.once('end', resolve));
    return socket;
  };

  test.each([
    ['what is no HTTP', 'words\r\n\r\n'],
    ['too large headers', `GET / HTTP/1.1\r\nCookie: ${'x'.repeat(20_000)}`],
    ['a request that asks to close', requestText('GET /health', { Connection: 'close' })],
    [
      'too large a body, and some of it',
      requestText('POST /ingest', { 'Content-Length': '900000', Connection: 'close' }) + 'x'.repeat(70_000),
    ],
  ])('hold no connection after %s, though they never close their side', async (_what, bytes) => {
    const { child } = (await stage).service;
    const before = socketsOf(child.pid!);

    const clients = await Promise.all(Array.from({ length: 20 }, () => halfOpen(bytes)));
    let held = socketsOf(child.pid!) - before;
    for (let waited = 0; held > 5 && waited < 12_000; waited += 100) {
      await sleep(100);
      held = socketsOf(child.pid!) - before;
    }

    for (const client of clients) client.destroy();
    expect(held).toBeLessThanOrEqual(5);
  });
});

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;
}
