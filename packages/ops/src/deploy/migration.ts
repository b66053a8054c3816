import { short } from '../rollout/digest.ts';
import { migrationUnderWay, runMigration } from '../rollout/migration.ts';
import { idOf } from '../rollout/one-off-task.ts';
import type { DeployContext } from './context.ts';
import type { ImageChange } from './image-change.ts';
import { serviceRuns } from './service-image.ts';
import type { Step } from './step.ts';

/** The schema is what the image needs: its migration task has ended with exit code 0. */
export function migrationStep(context: DeployContext, release: ImageChange): Step {
  const migrate = () => {
    const { change, digest } = release;
    return runMigration(context, { change, id: change?.record.id ?? digest.slice(7, 43), startedBy: 'deploy' });
  };
  return {
    title: 'Migration',
    interrupted:
      'The migration task keeps running. The same command waits for it, or runs it again: no migration is applied twice.',
    async look() {
      const image = short(release.digest);
      if (await serviceRuns(context, release.digest)) {
        return { sees: `the service runs ${image}, which refuses to start on an older schema` };
      }
      const arn = await migrationUnderWay(context, release.change);
      if (arn) {
        return { sees: `an interrupted deploy started task ${idOf(arn)}`, will: 'wait for its end', act: migrate };
      }
      return {
        sees: `the service does not run ${image}`,
        will: 'run the migration task of this image, and wait for its end',
        act: migrate,
      };
    },
  };
}
