import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { OLDEST_BOOTSTRAP } from '../../deploy/account.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

export const bootstrap: DoctorCheck = {
  name: 'bootstrap',
  async run({ context: { clients, config }, account }) {
    const fix = `npx cdk bootstrap aws://${account}/${config.region}`;
    try {
      const name = `/cdk-bootstrap/${config.bootstrapQualifier}/version`;
      const { Parameter } = await clients.ssm.send(new GetParameterCommand({ Name: name }));
      const version = Number(Parameter?.Value);
      return version >= OLDEST_BOOTSTRAP
        ? ok(`version ${version}`)
        : fault(`version ${Parameter?.Value}, older than ${OLDEST_BOOTSTRAP}`, fix);
    } catch (error) {
      if ((error as Error).name !== 'ParameterNotFound') throw error;
      return fault('the account is not bootstrapped in this region', fix);
    }
  },
};
