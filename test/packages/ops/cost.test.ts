import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costCommand } from '@healthcare-ai/ops/commands/cost';
import { idleCost, PRICE_FILE, readPrices } from '@healthcare-ai/ops/cost/idle-cost';
import { contextOption, jsonOption } from '@healthcare-ai/ops/options';
import { templatesOf } from '../../../lib/synthesize.ts';
import { templatesOf as stageTemplates } from '../cloud-policies/stage.ts';
import { runProgram } from './support/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-cost-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cost = (...args: readonly string[]) =>
  runProgram(costCommand(templatesOf), args, { options: [contextOption(), jsonOption()] });
const prices = readPrices(PRICE_FILE);

/** Monthly cost of one resource type in a stage. */
const usdOf = (stage: string, type: string, overrides: Readonly<Record<string, unknown>> = {}) =>
  idleCost(stageTemplates(stage, overrides), prices).lines.find((line) => line.type === type)?.usd;

describe('npm run cost', () => {
  it('estimates each stage by resource type, dearest first, and says from when the prices are', async () => {
    const { code, out } = await cost('dev', 'prod');
    expect(code).toBe(0);
    expect(out).toMatch(/^dev: about \$\d+ a month without traffic\n {2}\$\d+\.\d\d/);
    expect(out).toMatch(/\nprod: about \$\d+ a month/);
    expect(out).toContain(`Prices of ${prices.date}, us-east-1. Not included: requests, `);
  });

  it('counts what is paid by the hour', () => {
    // 3 tasks of 1 vCPU and 2 GB, 2 instances of at least 1 ACU, 6 endpoints in 3 zones.
    expect(usdOf('prod', 'AWS::ECS::Service')).toBeCloseTo(730 * 3 * (0.03238 + 2 * 0.00356));
    expect(usdOf('prod', 'AWS::RDS::DBInstance')).toBeCloseTo(730 * 2 * 0.12);
    expect(usdOf('prod', 'AWS::EC2::VPCEndpoint')).toBeCloseTo(730 * 6 * 3 * 0.01);
    expect(usdOf('prod', 'AWS::EC2::NatGateway')).toBeUndefined();
    expect(usdOf('prod', 'AWS::EC2::NatGateway', { 'network.egress': 'nat' })).toBeCloseTo(730 * 3 * 0.045);
  });

  it('takes settings by -c, and prices from a file', async () => {
    const file = join(folder, 'prices.json');
    const own = JSON.parse(readFileSync(PRICE_FILE, 'utf8'));
    for (const entry of Object.values(own.prices) as { usd: number }[]) entry.usd *= 2;
    writeFileSync(file, JSON.stringify({ ...own, date: '2027-01-01' }));
    const usd = async (...args: readonly string[]) =>
      JSON.parse((await cost('prod', '--json', ...args)).out).stages[0].usd;

    expect(await usd('--prices', file)).toBeCloseTo(2 * (await usd()));
    expect(await usd('-c', 'service.minTasks=4')).toBeGreaterThan(await usd());
  });

  it.each([
    [['nowhere'], /there is no stage "nowhere"/],
    [['--frist'], /unknown option '--frist'/],
    [['dev', '-c', 'service.cpu=3'], /service\.cpu/],
    [['dev', '--prices', 'none.json'], /none\.json: .*docs\/cost\.md/],
    [['dev', '--prices', 'package.json'], /package\.json: .*date.*docs\/cost\.md/],
  ])('%j is wrong usage: exit code 2', async (args, message) => {
    const { code, err } = await cost(...args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });
});
