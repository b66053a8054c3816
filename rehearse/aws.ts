import { join } from 'node:path';
import { whatIsMissing } from './aws/emulator.ts';
import { destroyPart } from './aws/parts/destroy.ts';
import { firstDeployPart } from './aws/parts/first-deploy.ts';
import { interruptionsPart } from './aws/parts/interruptions.ts';
import { operationsPart } from './aws/parts/operations.ts';
import { promisesPart } from './aws/parts/promises.ts';
import { promotionPart } from './aws/parts/promotion.ts';
import { refusalsPart } from './aws/parts/refusals.ts';
import { rolloutsPart } from './aws/parts/rollouts.ts';
import { stubsPart } from './aws/parts/stubs.ts';
import { nightlyParts, variantParts } from './aws/parts/variants.ts';
import { slugOf, variants } from './aws/variants.ts';
import { type AwsWorld, openAwsWorld } from './aws/world.ts';
import { runRehearsal } from './support/command.ts';
import type { Part } from './support/rehearsal.ts';
import { wantedParts } from './support/wanted-parts.ts';

/**
 * `npm run rehearse [part...]`: an empty account to a running service, operated, broken and mended, by the real commands and the real
 * CDK CLI, against an emulator of AWS on loopback. What it makes lies in one temporary folder that is removed at the end.
 */
const parts = {
  refusals: () => refusalsPart,
  variants: (world: AwsWorld) => variantParts(world, variants),
  'first-deploy': firstDeployPart,
  promises: promisesPart,
  rollouts: rolloutsPart,
  promotion: promotionPart,
  operations: operationsPart,
  destroy: destroyPart,
  interruptions: interruptionsPart,
  stubs: stubsPart,
  nightly: (world: AwsWorld) => nightlyParts(world, variants),
};

/** One variant alone: `nightly:sandbox`. */
const single: Readonly<Record<string, (world: AwsWorld) => Part[]>> = Object.fromEntries(
  variants.flatMap((variant) => [
    [`variants:${slugOf(variant)}`, (world) => variantParts(world, [variant])],
    [`nightly:${slugOf(variant)}`, (world) => nightlyParts(world, [variant])],
  ]),
);

const args = process.argv.slice(2);
const wanted = wantedParts('npm run rehearse', [...Object.keys(parts), ...Object.keys(single)], args);
if ('text' in wanted) {
  (wanted.code === 0 ? process.stdout : process.stderr).write(wanted.text);
  process.exit(wanted.code);
}
// These have accounts of their own; every other part works on what the first deploy made.
const alone = /^(refusals|variants|nightly)\b/;
// Without a name, all but those of the night, which take 15 minutes (.ci/nightly), and the single variants.
const names =
  args.length === 0 ? wanted.names.filter((name) => !/^(nightly|interruptions)|:/.test(name)) : wanted.names;
const needsDeploy = names.some((name) => !alone.test(name));
const chosen = Object.entries({ ...parts, ...single }).filter(
  ([name]) => names.includes(name) || (needsDeploy && name === 'first-deploy'),
);

const missing = whatIsMissing();
if (missing !== undefined) {
  process.stdout.write(`SKIPPED for want of ${missing}: there is no emulator of AWS on this machine\n`);
  process.stdout.write('0 passed, 0 failed, 1 skipped\n');
  process.exit(0);
}

await runRehearsal(async (engine, folder) => {
  const world = await openAwsWorld(engine, join(folder, 'aws'));
  return {
    parts: chosen.flatMap(([, part]) => part(world)),
    close: () => world.close(),
    explain: () => `What the emulator logged last:\n${world.emulator.log()}`,
  };
});
