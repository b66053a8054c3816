import { holdingsOf } from '../../backup/holdings.ts';
import { judge } from '../../backup/judge.ts';
import { type DoctorCheck, fault, ok, Unknown } from '../check.ts';

export const backups: DoctorCheck = {
  name: 'backups',
  async run({ context }) {
    const judged = judge(await holdingsOf(context), context.config, context.clock.now());
    const told = (state: string) =>
      judged
        .filter((one) => one.state === state)
        .map(({ what, saw }) => `${what}: ${saw}`)
        .join('; ');
    if (told('fault')) return fault(told('fault'), `npm run ops -- backup list --stage ${context.stage}`);
    if (told('unknown')) throw new Unknown(told('unknown'));
    return ok(told('ok'));
  },
};
