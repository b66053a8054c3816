import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type CostIo, costCommand } from '@healthcare-ai/ops/cost/command';
import { createPricingClient } from '@healthcare-ai/ops/cost/prices/client';
import { meters } from '@healthcare-ai/ops/cost/services/index';
import { PriceListServer, product, type Trouble } from './price-list.ts';

/** Everything at two dollars, in both regions of prod. */
const products = ['us-east-1', 'us-west-2'].flatMap((region) =>
  Object.values(meters).flatMap(({ priceList }) =>
    priceList === undefined
      ? []
      : product(
          priceList.service,
          { [priceList.regionField ?? 'regionCode']: region, usagetype: priceList.usageType, ...priceList.attributes },
          [['0', 'Inf', '2.0000000000']],
        ),
  ),
);

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-cost-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cost(args: readonly string[], troubles: readonly Trouble[] = [], stop?: AbortSignal) {
  const server = await new PriceListServer(products).start();
  server.troubles.push(...troubles);
  const out: string[] = [];
  const err: string[] = [];
  const signal = stop ?? AbortSignal.timeout(150_000);
  const io: CostIo = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    pricing: () =>
      createPricingClient({
        endpoint: server.endpoint,
        credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
        signal,
      }),
    signal,
  };
  try {
    return { code: await costCommand(args, io), out: out.join('\n'), err, asked: server.questions.length };
  } finally {
    server.close();
  }
}

describe('npm run cost', () => {
  const prices = join(folder, 'prices.json');

  it('multiplies by the prices of AWS, dearest first, names what has no price, and says of when the prices are', async () => {
    const { code, out } = await cost(['prod', '--save', prices]);
    expect(code).toBe(0);
    expect(out).toMatch(/^prod: \$[\d,.]+ to \$[\d,.]+ a month, and what has no price\n/);
    expect(out).toMatch(/\$40,000,000\.00 +Aurora reads and writes of storage +us-east-1 +20,000,000 I\/Os/);
    expect(out).toMatch(/No price, so not in the sum:\n[\s\S]*Restore tests of AWS Backup/);
    expect(out).toContain('Prices of 2026-11-20;');
  });

  it('comes to the same from the file that was saved, without asking', async () => {
    const fetched = await cost(['prod', '--json']);
    const read = await cost(['prod', '--json', '--prices', prices]);
    expect(read.asked).toBe(0);
    expect(JSON.parse(read.out)).toEqual(JSON.parse(fetched.out));
    const [{ lowUsd, positions }] = JSON.parse(read.out);
    expect(lowUsd).toBeCloseTo(positions.reduce((total: number, one: { low: number }) => total + 2 * one.low, 0));
  });

  it('reckons with other assumptions and settings', async () => {
    const million = JSON.parse((await cost(['dev', '--json', '--prices', prices])).out)[0];
    const more = JSON.parse(
      (await cost(['dev', '--json', '--prices', prices, '--assume', 'requests=2000000', '-c', 'service.maxTasks=9']))
        .out,
    )[0];
    const of = (one: typeof million, meter: string) =>
      one.positions.find((position: { meter: string }) => position.meter === meter);
    expect(of(more, 'waf-request').lowUsd).toBe(2 * of(million, 'waf-request').lowUsd);
    expect(of(more, 'fargate-arm-vcpu').highUsd).toBeGreaterThan(2.9 * of(million, 'fargate-arm-vcpu').highUsd);
  });

  it('says only what is used with --count, and asks nobody', async () => {
    const { code, out, asked } = await cost(['--count']);
    expect({ code, asked }).toEqual({ code: 0, asked: 0 });
    expect(out.match(/: what it uses in a month$/gm)).toHaveLength(3);
    expect(out).not.toContain('$');
  });

  it('says in its file where each price comes from', () => {
    const { prices: saved } = JSON.parse(readFileSync(prices, 'utf8'));
    for (const one of saved) expect(one).toMatchObject({ source: expect.stringMatching(/SKU/), date: '2026-11-20' });
  });

  const throttled = { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' } as const;
  it('asks again when AWS asks to slow down, or the line is cut', async () => {
    const { code, asked } = await cost(['dev'], [throttled, 'cut']);
    const { asked: usual } = await cost(['dev']);
    expect({ code, asked }).toEqual({ code: 0, asked: usual + 2 });
  });

  it.each([
    [
      'no right',
      Array(1).fill({
        status: 400,
        type: 'AccessDeniedException',
        message:
          'User: arn:aws:sts::111122223333:assumed-role/reader/me is not authorized to perform: pricing:GetProducts because no identity-based policy allows the pricing:GetProducts action',
      }),
      /^Not allowed: pricing:GetProducts\. .* Or give the prices by --prices FILE\.$/,
    ],
    [
      'a token that has ended',
      Array(1).fill({
        status: 400,
        type: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      }),
      /^The AWS credentials have expired\./,
    ],
    [
      'throttling without end',
      Array(4).fill(throttled),
      /^AWS asks to slow down \(Pricing GetProducts, tried 4 times\)\./,
    ],
  ])('%s: one clear line, exit code 1, no secret', async (_, troubles, message) => {
    const { code, err, out } = await cost(['dev'], troubles as Trouble[]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.at(-1)).toMatch(message);
    expect(err.at(-1)).not.toContain('\n');
    expect(err.join('\n')).not.toContain('wJalrXUtnFEMI');
  });

  // As a process of its own: within jest the SDK does not know the errors of Node.js as errors.
  it('says in one line that the line was cut each time, exit code 1', async () => {
    const server = await new PriceListServer([]).start();
    server.troubles.push('cut', 'cut', 'cut', 'cut');
    const child = spawn(process.execPath, ['bin/cost.ts', 'dev'], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
      },
      timeout: 150_000,
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    server.close();
    expect({ code: child.exitCode, out }).toEqual({ code: 1, out: '' });
    expect(err.trim().split('\n').at(-1)).toMatch(
      /^AWS could not be reached \(Pricing GetProducts, .*tried 4 times\)\..* Or give the prices by --prices FILE\.$/,
    );
  });

  it('says at Ctrl-C that nothing was changed', async () => {
    const { code, err } = await cost(['dev'], [], AbortSignal.abort());
    expect({ code, last: err.at(-1) }).toEqual({ code: 1, last: 'Interrupted. Nothing was changed.' });
  });

  it.each([
    [['nowhere'], /there is no stage "nowhere"/],
    [['--frist'], /unknown option '--frist'/],
    [['dev', '--assume', 'requests'], /requests: use name=value/],
    [['dev', '--assume', 'cats=1'], /no such assumption/],
    [['dev', '-c', 'service.cpu=3'], /service\.cpu/],
    [['dev', '--prices', 'a', '--save', 'b'], /exclude each other/],
  ])('%j is used wrongly: exit code 2', async (args, message) => {
    const { code, err } = await cost(args);
    expect({ code, err: err.join('\n') }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });

  it('shows an example', async () => {
    const { code, out } = await cost(['--help']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Example:\n  npm run cost -- prod') });
  });
});
