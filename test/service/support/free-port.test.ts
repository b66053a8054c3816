import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from './free-port.ts';

describe('Ports for the servers of tests', () => {
  const close: (() => void)[] = [];
  afterEach(() => {
    for (const one of close.splice(0)) one();
  });

  test('fifty that were drawn one after the other are all different, though no server listens yet', async () => {
    const ports = new Set<number>();
    for (let count = 0; count < 50; count++) ports.add(await freePort());
    expect(ports.size).toBe(50);
  });

  test('fifty that were drawn at once are all different', async () => {
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => freePort()))).size).toBe(50);
  });

  test('a port on which somebody listens is passed over, and one that was let go is drawn again', async () => {
    const taken = await freePort();
    const server = createServer().listen(taken, '127.0.0.1');
    close.push(() => server.close());
    const drawn = new Set<number>();
    for (let count = 0; count < 300; count++) drawn.add(await freePort());
    expect(drawn).not.toContain(taken);
    expect(drawn.size).toBeGreaterThan(50);
    await new Promise((resolve) => server.close(resolve));
    for (let count = 0; count < 300; count++) drawn.add(await freePort());
    expect(drawn).toContain(taken);
  });
});
