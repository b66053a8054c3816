import { bootstrapCommand, bootstrapVersion, OLDEST_BOOTSTRAP } from '../../aws/bootstrap.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

export const bootstrap: DoctorCheck = {
  name: 'bootstrap',
  async run({ context, account }) {
    const { region } = context.config;
    const fix = bootstrapCommand(context, account, region);
    const version = await bootstrapVersion(context, region);
    if (version === undefined) return fault('the account is not bootstrapped in this region', fix);
    return version >= OLDEST_BOOTSTRAP
      ? ok(`version ${version}`)
      : fault(`version ${version}, older than ${OLDEST_BOOTSTRAP}`, fix);
  },
};
