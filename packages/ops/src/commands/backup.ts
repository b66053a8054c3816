import type { Holdings } from '../backup/holdings.ts';
import type { Judged } from '../backup/judge.ts';
import { findingLines } from '../doctor/check.ts';
import { OpsFailure } from '../errors.ts';
import { example, type OpsCommand } from '../program.ts';
import { table } from '../table.ts';

/** `backup list`: the ways back to the data, and whether they are what was planned. */
export const backupCommand: OpsCommand = (program, contextOf) => {
  const backup = program.command('backup').description('what there is to restore from');
  backup
    .command('list')
    .description(
      'list recovery points, copies and restore tests, and judge them by the plan; fails when one is overdue',
    )
    .addHelpText('after', example('npm run ops -- backup list --stage prod'))
    .action(async (_options, command) => {
      const context = contextOf(command);
      context.state('Nothing was changed.');
      const { holdingsOf, JOB_DAYS } = await import('../backup/holdings.ts');
      const { judge } = await import('../backup/judge.ts');
      const holdings = await holdingsOf(context);
      const judged = judge(holdings, context.config, context.clock.now());
      context.output.result({ ...holdings, judged }, textOf(holdings, judged, JOB_DAYS));
      const faults = judged.filter(({ state }) => state === 'fault');
      if (faults.length > 0) {
        throw new OpsFailure(
          `${faults.length} of ${judged.length} not as planned: ${faults.map(({ what }) => what).join(', ')}.`,
        );
      }
    });
};

function textOf({ vault, points, restoreTests }: Holdings, judged: readonly Judged[], days: number): string {
  const time = (at: Date | undefined) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '-';
  const size = (bytes: number | undefined) => (bytes === undefined ? '-' : `${(bytes / 1e9).toFixed(1)} GB`);
  const pointRows = points.map(({ arn, status, createdAt, deletedAt, bytes }) => [
    time(createdAt),
    status,
    time(deletedAt),
    size(bytes),
    arn,
  ]);
  const testRows = restoreTests.map(({ createdAt, completedAt, status, validation, recoveryPoint }) => [
    time(createdAt),
    time(completedAt),
    status,
    validation ?? 'not validated',
    recoveryPoint,
  ]);
  return [
    ...findingLines(judged.map((one) => [one.what, one])),
    ...(vault === undefined ? [] : ['', `Recovery points in ${vault} (UTC)`]),
    ...(points.length > 0 ? [table(['MADE', 'STATUS', 'KEPT UNTIL', 'SIZE', 'RECOVERY POINT'], pointRows)] : ['none']),
    ...(vault === undefined ? [] : ['', `Restore tests of the last ${days} days (UTC)`]),
    ...(restoreTests.length > 0
      ? [table(['BEGUN', 'ENDED', 'STATUS', 'VALIDATION', 'RECOVERY POINT'], testRows)]
      : ['none']),
  ].join('\n');
}
