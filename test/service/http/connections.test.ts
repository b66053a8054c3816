import { EventEmitter, once } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionLimits, Connections } from '../../../service/src/http/connections.ts';
import { createServer } from '../../../service/src/http/server.ts';
import { answersIn, requestText, sendRaw } from '../support/raw.ts';

const limits: ConnectionLimits = {
  connections: 100,
  connectionsPerAddress: undefined,
  requestsPerConnection: 4,
  waitingPerConnection: 60,
  waitingRequests: 50,
  unreadBytes: 64 * 1024,
  stalled: 400,
  answer: 60_000,
  lingering: 200,
};
const timeouts = { headers: 600, request: 1_200 };

let running: { readonly server: Server; readonly connections: Connections; readonly url: string };
async function serve(listener: RequestListener, changed: Partial<ConnectionLimits> = {}): Promise<void> {
  const { server, connections } = createServer({
    listener,
    tls: undefined,
    limits: { ...limits, ...changed },
    timeouts,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running = { server, connections, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
afterEach(() => running.connections.close(0));

const clients: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

/** A client that sends, and does not read: it does not see the end of its connection either. */
async function unread(bytes: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(running.url).port), host: '127.0.0.1' });
  clients.push(socket);
  socket.pause();
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const get = requestText('GET /');
const serverSockets = () =>
  new Promise<number>((resolve, reject) =>
    running.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
async function untilConnections(count: number, within: number): Promise<void> {
  const until = performance.now() + within;
  while ((await serverSockets()) !== count && performance.now() < until) await sleep(20);
  expect(await serverSockets()).toBe(count);
}

/** Answers when told to, and counts. */
function gate() {
  const open: ServerResponse[] = [];
  const changed = new EventEmitter();
  const seen = { most: 0, started: 0, closed: 0 };
  const listener: RequestListener = (_request, response) => {
    seen.started += 1;
    open.push(response);
    seen.most = Math.max(seen.most, open.length);
    response.on('close', () => {
      seen.closed += 1;
    });
    changed.emit('started');
  };
  return {
    seen,
    listener,
    answerAll(body = 'ok') {
      for (const response of open.splice(0)) response.end(body);
    },
    async untilStarted(count: number) {
      while (seen.started < count) await once(changed, 'started');
    },
  };
}

test('a connection has a bounded number of requests at work, and all that it pipelined are answered in order', async () => {
  let active = 0;
  let most = 0;
  await serve(async (request, response) => {
    active += 1;
    most = Math.max(most, active);
    await sleep(Math.random() * 5);
    active -= 1;
    response.end(request.url);
  });

  const { text } = await sendRaw(
    running.url,
    Array.from({ length: 50 }, (_, n) => requestText(`GET /${n}`, n === 49 ? { Connection: 'close' } : {})).join(''),
  );

  expect(text.match(/\/\d+$|\/\d+(?=HTTP)/g)).toEqual(Array.from({ length: 50 }, (_, n) => `/${n}`));
  expect(most).toBe(limits.requestsPerConnection);
});

test('bodies that come in pieces among pipelined requests are read', async () => {
  await serve(async (request, response) => {
    await sleep(2);
    let length = 0;
    for await (const chunk of request) length += (chunk as Buffer).length;
    response.end(`${length};`);
  });
  const socket = await unread('');
  const answers: Buffer[] = [];
  const closed = once(socket, 'close');
  socket.on('data', (chunk) => answers.push(chunk));
  socket.resume();
  const body = 'x'.repeat(30_000);
  const text = requestText('POST /', {}, body).repeat(11) + requestText('POST /', { Connection: 'close' }, body);
  for (let at = 0; at < text.length; at += 7_000) {
    socket.write(text.slice(at, at + 7_000));
    await sleep(1);
  }
  await closed;

  expect(
    Buffer.concat(answers)
      .toString()
      .match(/30000;/g),
  ).toHaveLength(12);
});

test('a client that reads nothing is cut, though it continues to send requests', async () => {
  await serve((_request, response) => response.end(Buffer.alloc(20_000_000)));
  await unread(get);
  const busy = await unread(get);
  const dribble = setInterval(() => busy.write(get), 50);

  await untilConnections(0, 4_000);
  clearInterval(dribble);

  expect(running.connections.takeCut()).toEqual({ unread: 2 });
});

test('a client that sends the next head byte by byte and reads nothing is cut', async () => {
  await serve((_request, response) => response.end(Buffer.alloc(20_000_000)));
  const client = await unread(get);
  const dribble = setInterval(() => client.write('x'), 50);

  await untilConnections(0, 4_000);
  clearInterval(dribble);
});

test('a client that reads slowly is served, and cut when its time is over', async () => {
  await serve((_request, response) => response.end(Buffer.alloc(40_000_000)), { stalled: 2_000, answer: 3_000 });
  const client = await unread(get);
  let taken = 0;
  client.on('data', (chunk) => {
    taken += chunk.length;
    client.pause();
    setTimeout(() => client.resume(), 30);
  });
  client.resume();

  const started = performance.now();
  await untilConnections(0, 8_000);
  const lasted = performance.now() - started;

  expect(lasted).toBeGreaterThan(2_500);
  expect(lasted).toBeLessThan(7_000);
  expect(taken).toBeGreaterThan(500_000);
});

test('an answer that takes the service longer than a reader may stall is given', async () => {
  await serve((_request, response) => void setTimeout(() => response.end('late'), 1_000));

  const { text } = await sendRaw(running.url, requestText('GET /', { Connection: 'close' }));

  expect(answersIn(text)[0]).toMatchObject({ status: 200, body: 'late' });
});

test('answers that wait to be read are bounded: the next request is started when there is room', async () => {
  const seen = { started: 0 };
  await serve((_request, response) => {
    seen.started += 1;
    response.end(Buffer.alloc(8_000_000));
  });
  await unread(get.repeat(20));
  await sleep(200);

  expect(seen.started).toBe(1);
});

test('requests that wait unstarted are bounded for all connections together: one that adds more is closed', async () => {
  const { listener, seen } = gate();
  await serve(listener);
  await unread(get.repeat(200));

  await untilConnections(0, 2_000);
  expect(seen.most).toBe(limits.requestsPerConnection);
  expect(running.connections.takeCut()).toEqual({ pipelining: 1 });
});

test('a client that hung up costs what was started and one round more, and each of it ends once', async () => {
  const { listener, seen, answerAll, untilStarted } = gate();
  await serve(listener);
  const client = await unread(get.repeat(40));
  await untilStarted(limits.requestsPerConnection);
  client.resetAndDestroy();
  await sleep(50);
  answerAll();
  await untilConnections(0, 1_000);
  answerAll();

  expect(seen.started).toBeLessThanOrEqual(2 * limits.requestsPerConnection);
  expect(seen.closed).toBe(seen.started);
  // The budget of waiting requests is free again.
  await unread(get.repeat(40));
  await sleep(100);
  expect(await serverSockets()).toBe(1);
});

test('connections of one address are bounded where no proxy stands in front', async () => {
  await serve((_request, response) => response.end('ok'), { connectionsPerAddress: 5 });
  const first = await Promise.all(Array.from({ length: 5 }, () => unread(get)));
  await unread('');

  await untilConnections(5, 1_000);
  expect(running.connections.takeCut()).toEqual({ address: 1 });
  first[0]!.destroy();
  await sleep(50);
  const { text } = await sendRaw(running.url, requestText('GET /', { Connection: 'close' }));
  expect(answersIn(text)[0]?.status).toBe(200);
});

describe('bytes that are no request', () => {
  test('are answered after the requests before them, never in their place', async () => {
    await serve(async (request, response) => {
      await sleep(50);
      response.end(request.url);
    });

    const { text, closed } = await sendRaw(
      running.url,
      `${Array.from({ length: 10 }, (_, n) => requestText(`GET /${n}`)).join('')}no request\r\n\r\n`,
    );

    expect(answersIn(text).map(({ status }) => status)).toEqual([...Array(10).fill(200), 400]);
    expect(closed).toBe(true);
  });

  test('that stay unfinished are answered with 408 after the requests before them', async () => {
    await serve(async (request, response) => {
      await sleep(1_200);
      response.end(request.url);
    });

    const { text, closed } = await sendRaw(running.url, `${get}GET /unfinished HT`);

    expect(answersIn(text).map(({ status }) => status)).toEqual([200, 408]);
    expect(closed).toBe(true);
  });

  test('a body that stays unfinished is answered with 408 at once', async () => {
    await serve(async (request, response) => {
      request.resume();
      await once(request, 'end').catch(() => {});
      response.end('done');
    });

    const { text } = await sendRaw(running.url, requestText('POST /', { 'Content-Length': '10' }));

    expect(answersIn(text).map(({ status }) => status)).toEqual([408]);
  });
});

test('closing waits for the requests that pipelined clients were promised', async () => {
  const { listener, answerAll, untilStarted } = gate();
  await serve(listener);
  const answered = sendRaw(running.url, get.repeat(6));
  await untilStarted(4);
  const closed = running.connections.close(5_000);
  answerAll();
  await untilStarted(6);
  answerAll();

  expect(await closed).toBe(0);
  expect(answersIn((await answered).text)).toHaveLength(6);
});
