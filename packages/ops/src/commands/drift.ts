import type { DriftReport } from '../drift/detect.ts';
import { OpsFailure } from '../errors.ts';
import { example, type OpsCommand } from '../program.ts';

/** `drift`: what somebody changed by hand in what the templates made. */
export const driftCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('drift')
    .description(
      'let CloudFormation compare every stack with its template; ends with 1 when something was changed by hand',
    )
    .addHelpText('after', example('npm run ops -- drift --stage prod'))
    .action(async (_options, command) => {
      const context = contextOf(command);
      context.state('Nothing was changed.');
      const { detectDrift } = await import('../drift/detect.ts');
      const report = await detectDrift(context);
      const { stacks, drift, unknown } = report;
      if (stacks.length === 0) throw new OpsFailure(`No stack of stage ${context.stage} exists in ${context.region}.`);
      context.output.result({ stage: context.stage, ...report }, textOf(report));
      const faults = [
        ...(drift.length > 0
          ? [`${drift.length} ${drift.length === 1 ? 'property differs' : 'properties differ'}`]
          : []),
        ...(unknown.length > 0
          ? [`${unknown.length} ${unknown.length === 1 ? 'stack was' : 'stacks were'} not compared`]
          : []),
      ];
      if (faults.length > 0) throw new OpsFailure(`${faults.join('; ')}. Follow docs/runbooks/unexpected-change.md.`);
    });

function textOf({ stacks, drift, ignored, unknown }: DriftReport): string {
  return [
    ...drift.map(
      ({ stack, resource, type, path, expected, actual }) =>
        `DRIFT    ${stack} ${resource} (${type}) ${path}\n         expected ${expected}\n         actual   ${actual}`,
    ),
    ...unknown.map(({ stack, reason }) => `?        ${stack} was not compared: ${reason}`),
    ...ignored.map(
      ({ stack, resource, path, expected, actual, reason }) =>
        `ignored  ${stack} ${resource} ${path}: ${expected} is ${actual}. ${reason}.`,
    ),
    `Compared ${stacks.length} stacks: ${drift.length} differences, ${ignored.length} that AWS makes by itself.`,
  ].join('\n');
}
