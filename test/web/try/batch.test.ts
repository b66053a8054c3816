import { Problem } from '../../../web/src/api/problem.ts';
import { allowanceOf, type FileState, type Outcome, runBatch } from '../../../web/src/try/batch.ts';
import { textOfFile } from '../../../web/src/try/decode.ts';

const filesOf = (count: number) => Array.from({ length: count }, (_, n) => new File([`note ${n}`], `${n}.txt`));
const fine: Outcome = { items: 3, identifiers: 1, allowance: undefined };

/** Runs a batch with a clock that does not wait. */
async function run(count: number, analyze: (file: File) => Promise<Outcome>, signal = new AbortController().signal) {
  const states: FileState[] = [];
  const waits: number[] = [];
  const files = filesOf(count);
  await runBatch({
    files,
    analyze,
    onChange: (index, state) => {
      states[index] = state;
    },
    onWait: () => {},
    signal,
    sleep: async (milliseconds) => void waits.push(milliseconds),
  });
  return { states, waits };
}
const refused = (status: number, retryAfter?: number) =>
  new Problem(
    status,
    { title: 'Too many requests' },
    new Headers(retryAfter ? { 'Retry-After': String(retryAfter) } : {}),
  );

describe('a batch of files', () => {
  test('is sent four at once and no more, each file once', async () => {
    let [now, most] = [0, 0];
    const sent: string[] = [];

    const { states } = await run(11, async ({ name }) => {
      sent.push(name);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      return fine;
    });

    expect(most).toBe(4);
    expect(sent.toSorted()).toEqual(
      filesOf(11)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(states).toEqual(filesOf(11).map(() => ({ kind: 'done', items: 3, identifiers: 1 })));
  });

  test('waits as long as Retry-After says, then sends the refused file again', async () => {
    let tries = 0;

    const { states, waits } = await run(1, async () => {
      tries += 1;
      if (tries === 1) throw refused(429, 7);
      return fine;
    });

    expect([states[0]!.kind, waits]).toEqual(['done', [7_000]]);
  });

  test('waits before the limit is reached, so that requests are left for the person', async () => {
    const { waits } = await run(6, async () => ({ ...fine, allowance: { remaining: 3, reset: 20 } }));

    expect(waits.length).toBeGreaterThan(0);
    expect(new Set(waits)).toEqual(new Set([20_000]));
  });

  test('goes on after a file that fails, and says why', async () => {
    const { states } = await run(3, async ({ name }) => {
      if (name === '1.txt')
        throw new Problem(422, { title: 'Invalid content', errors: [{ detail: 'must not be blank' }] });
      return fine;
    });

    expect(states.map(({ kind }) => kind)).toEqual(['done', 'failed', 'done']);
    expect(states[1]).toMatchObject({ why: expect.stringContaining('must not be blank') });
  });

  test('gives a file up that is refused again and again', async () => {
    const { states, waits } = await run(1, async () => {
      throw refused(503);
    });

    expect(states[0]!.kind).toBe('failed');
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  test('starts no file after it was cancelled', async () => {
    const controller = new AbortController();
    let sent = 0;

    const { states } = await run(
      9,
      async () => {
        sent += 1;
        controller.abort();
        return fine;
      },
      controller.signal,
    );

    expect(sent).toBeLessThanOrEqual(4);
    expect(states.slice(4).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'cancelled'));
  });
});

test('the header RateLimit is read, and anything else is none', () => {
  expect(allowanceOf('"principal";r=59;t=12')).toEqual({ remaining: 59, reset: 12 });
  expect(allowanceOf(null)).toBeUndefined();
  expect(allowanceOf('none')).toBeUndefined();
});

describe('a file', () => {
  test('is read code unit by code unit: byte order mark, CRLF and emoji stay', async () => {
    const text = '\ufeffBP 120/80\r\n👩‍⚕️ e\u0301 שלום';

    expect(await textOfFile(new File([text], 'note.txt'))).toBe(text);
  });

  test.each([
    ['Latin-1', new Uint8Array([0x4d, 0xfc, 0x6c])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x41, 0x00])],
  ])('in %s is refused, not guessed', async (_what, bytes) => {
    await expect(textOfFile(new File([bytes], 'note.txt'))).rejects.toThrow('not text in UTF-8');
  });

  test('beyond 4 MB is refused before it is read', async () => {
    await expect(textOfFile(new File([new Uint8Array(4 * 1024 * 1024 + 1)], 'note.txt'))).rejects.toThrow(
      'larger than',
    );
  });
});
