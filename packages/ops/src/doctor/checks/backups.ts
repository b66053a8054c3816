import { holdingsOf } from '../../backup/holdings.ts';
import { judge } from '../../backup/judge.ts';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

export const NO_BACKUPS = 'none: a disposable stage has no backups';

export const backups: DoctorCheck = {
  name: 'backups',
  async run({ context }) {
    if (context.config.disposable) return ok(NO_BACKUPS);
    const judged = judge(await holdingsOf(context), context.config, context.clock.now());
    const summary = (state: string) =>
      judged
        .filter((one) => one.state === state)
        .map(({ what, saw }) => `${what}: ${saw}`)
        .join('; ');
    if (summary('fault')) return fault(summary('fault'), `npm run ops -- backup list --stage ${context.stage}`);
    if (summary('unknown')) throw new Unknown(summary('unknown'));
    return ok(summary('ok'));
  },
};
