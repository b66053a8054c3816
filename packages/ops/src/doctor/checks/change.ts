import { abandonedText, isAbandoned } from '../../rollout/change.ts';
import { readChange } from '../../rollout/change-record.ts';
import { short } from '../../rollout/digest.ts';
import { type DoctorCheck, fault, ok, stackParts } from '../check.ts';

/** An interrupted change, or a stack that CloudFormation could not roll back. */
export const change: DoctorCheck = {
  name: 'changes',
  async run({ context, stack }) {
    const stored = await readChange(context);
    if (stored !== undefined) {
      const { record } = stored;
      if (isAbandoned(stored, context.clock.now())) {
        return fault(abandonedText(record, context.stage), `npm run ops -- rollback --stage ${context.stage}`);
      }
      return ok(`a ${record.kind} to ${short(record.to)} is under way, at "${record.step}"`);
    }
    const views = (await Promise.all(stackParts.map(stack))).flatMap((view) => view ?? []);
    const stuck = views.filter(({ status }) => /FAILED$|^ROLLBACK_COMPLETE$/.test(status));
    if (stuck.length > 0) {
      const [{ name }] = stuck as [(typeof stuck)[number]];
      return fault(
        stuck.map((view) => `${view.name} is ${view.status}`).join('; '),
        `aws cloudformation describe-stack-events --stack-name ${name}`,
      );
    }
    return ok(`none under way; ${views.length} of ${stackParts.length} stacks deployed`);
  },
};
