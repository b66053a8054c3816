import { findingLines } from '../doctor/check.ts';
import { type LookUp, lookUpInDns } from '../doctor/dns.ts';
import type { NamedFinding } from '../doctor/examine.ts';
import { OpsFailure } from '../errors.ts';
import { example, type OpsCommand } from '../program.ts';

/** `doctor`: what is wrong with a stage, and what to do about it. */
export const doctorCommandWith =
  (lookUp: LookUp): OpsCommand =>
  (program, contextOf) =>
    void program
      .command('doctor')
      .description('check everything a stage needs, and name the command that repairs what is wrong; changes nothing')
      .option('--live', 'also send one test event to the alarm topic and make one backup, and check what came of them')
      .option('--strict', 'also fail when a check has no answer')
      .addHelpText('after', example('npm run ops -- doctor --stage prod', 'npm run ops -- doctor --live --stage prod'))
      .action(async ({ strict, live }: { readonly strict?: boolean; readonly live?: boolean }, command) => {
        const context = contextOf(command);
        context.state('Nothing was changed.');
        context.output.progress(`Looking at ${context.names.base}`);
        const { checks } = await import('../doctor/checks/index.ts');
        const { examine } = await import('../doctor/examine.ts');
        if (live) {
          await context.confirm(
            `Send a test event to everyone who receives the alarms of ${context.stage}, and back its database up once?`,
          );
          context.state('A test event may have been sent, and a backup begun; both are harmless.');
        }
        const more = live ? (await import('../doctor/live/index.ts')).liveChecks : [];
        const findings = await examine(context, { checks: [...checks, ...more], lookUp });
        context.output.result(
          { stage: context.stage, findings },
          findingLines(findings.map((one) => [one.check, one])).join('\n'),
        );
        const count = (state: NamedFinding['state']) => findings.filter((one) => one.state === state).length;
        const faults = count('fault');
        if (faults > 0) throw new OpsFailure(`${faults} ${faults === 1 ? 'fault' : 'faults'} found.`);
        if (strict && count('unknown') > 0) throw new OpsFailure(`${count('unknown')} are unknown.`);
      });

export const doctorCommand = doctorCommandWith(lookUpInDns);
