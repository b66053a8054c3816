import { deepEqual, equal, ok } from 'node:assert/strict';
import { DescribeRulesCommand, ModifyRuleCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { stackResources } from '../../../packages/ops/src/aws/stack-resources.ts';
import type { Part, Rehearsal } from '../../support/rehearsal.ts';
import { byCdk, byChangeSets, byCommand, deployCommand, type Way } from '../deploy-by.ts';
import { arrives, resourcesOf } from '../outcomes.ts';
import { command, openPlace, type Place } from '../place.ts';
import { ended, plant } from '../support.ts';
import { type Variant, variants } from '../variants.ts';
import type { AwsWorld } from '../world.ts';

/** Every push: each variant is synthesized with every gate, and deployed by change sets in an account of its own. */
export const variantParts = (world: AwsWorld, chosen: readonly Variant[]): Part[] =>
  chosen.map((variant) => partBy(byChangeSets, world, variant));

/** Every night: the same by `npm run deploy`, some also by plain `npx cdk deploy`. */
export const nightlyParts = (world: AwsWorld, chosen: readonly Variant[]): Part[] =>
  chosen.flatMap((variant) => {
    const ways = variant.plain ? [byCommand, byCdk] : [byCommand];
    return ways.map((way) => partBy(way, world, variant));
  });

const partBy = (way: Way, world: AwsWorld, variant: Variant): Part => ({
  name: `Into the accounts that people have, by ${way.name}: ${variant.name}`,
  needs: ['python3', 'openssl'],
  // What a way has planted must not help the next one.
  run: ({ check }) => tryVariant(way, world, variant, check).finally(() => plant(world, {})),
});

async function tryVariant(way: Way, world: AwsWorld, variant: Variant, check: Rehearsal['check']): Promise<void> {
  const { update, needs, earlier } = variant;
  const place = await openPlace(world, variant, `${way.digit}${String(variants.indexOf(variant)).padStart(2, '0')}`);
  const given = (await variant.madeByOthers?.(place)) ?? {};
  const options = (settings: Variant['settings']) => optionsOf(place, { ...given, ...settings });
  await way.prepare(world, place, given);

  if (way === byCommand && needs !== undefined) {
    await check('without its settings it is refused, which names them, before anything changes', async () => {
      const kept = Object.entries(variant.settings).filter(([key]) => !needs.includes(key));
      const ran = await deployCommand(place, options(Object.fromEntries(kept)));
      ended(ran, 1, ...needs.map((key) => new RegExp(`set ${key}=existing`)), /nothing was changed/);
      deepEqual(await resourcesOf(place), []);
    });
  }
  await check('synthesized, gated and deployed; events arrive, and the canary passes', async () => {
    await way.deploy(world, place, { options: options(variant.settings), removesSubnets: false, earlier });
    for (const outcome of [arrives, ...(variant.shows ?? [])]) await outcome(place);
  });
  if (variant.destroyed) {
    await check('one command destroys it, and lists what AWS keeps with its date', () => destroyed(place));
  }
  const canary = variant.stage === 'staging';
  if (canary) {
    await check('weights that ECS shifted are no drift, another target group is', () => drift(place));
  }
  if (update !== undefined) {
    const next = options({ ...variant.settings, ...update.settings });
    const { refused, removesSubnets = false } = update;
    if (refused !== undefined && way === byCommand) {
      await check('the update is refused, and the message names the command that comes first', async () => {
        ended(await deployCommand(place, next), 1, refused.message);
      });
    }
    await check('the update needs no stack to be deleted; events still arrive', async () => {
      await refused?.remedy(place);
      await way.deploy(world, place, { options: next, removesSubnets });
      for (const outcome of [arrives, ...(update.shows ?? [])]) await outcome(place);
    });
  }
}

function optionsOf({ region, certificate }: Place, settings: Variant['settings']): string[] {
  const given = { region, 'edge.certificateArn': certificate, ...settings };
  return Object.entries(given).flatMap(([key, value]) => [
    '-c',
    `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ]);
}

async function drift(place: Place): Promise<void> {
  const { clients, names } = place;
  const look = async () => {
    const ran = await command(place, 'ops', ['drift', '--json']);
    const { drift: found, ignored } = JSON.parse(ran.stdout) as { drift: { path: string }[]; ignored: object[] };
    return { code: ran.code, found: found.map(({ path }) => path.split('/')[1]), ignored: ignored.length };
  };
  // Two weights, and the minor version of the database.
  deepEqual(await look(), { code: 0, found: [], ignored: 3 });
  const [rule] = (await stackResources({ clients }, `${names.base}-service`))!.filter(({ logicalId }) =>
    logicalId.includes('Production'),
  );
  const RuleArn = rule!.physicalId;
  const { Rules } = await clients.elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
  const { Actions } = Rules![0]!;
  const [live] = Actions![0]!.ForwardConfig!.TargetGroups!.filter(({ Weight }) => Weight! > 0);
  const byHand = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups: [{ ...live, Weight: 1 }] } }];
  await clients.elb.send(new ModifyRuleCommand({ RuleArn, Actions: byHand }));
  deepEqual(await look(), { code: 1, found: ['Actions'], ignored: 1 });
  await clients.elb.send(new ModifyRuleCommand({ RuleArn, Actions }));
}

async function destroyed(place: Place): Promise<string> {
  const ran = await command(place, 'ops', ['destroy', '--json']);
  ended(ran, 0);
  const { stacks, kept } = JSON.parse(ran.stdout) as { stacks: string[]; kept: { what: string; until?: string }[] };
  const keys = kept.filter(({ what }) => what.startsWith('key '));
  ok(keys.length > 0 && keys.every(({ until }) => /^\d{4}-\d\d-\d\d$/.test(until ?? '')), JSON.stringify(kept));
  equal(await stackResources(place, `${place.names.base}-audit`), undefined);
  return `${stacks.length} stacks; ${keys.length} keys until ${keys[0]!.until}`;
}
