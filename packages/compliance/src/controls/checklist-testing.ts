import { type ControlFamily, testsOf } from '../control.ts';
import * as look from './selections.ts';

/** The seed's pre-deployment checklist: Testing. */
export const checklistTesting: ControlFamily = {
  title: 'Checklist before deployment: testing',
  source: 'Production Deployment Guide, Pre-Deployment Checklist, Testing',
  controls: [
    {
      id: 'All tests passing',
      title: 'Testing',
      how: 'The results of the last run of the whole suite, as jest reported them.',
      wholeSuite: true,
      code: ['.ci/run', 'jest.config.js'],
    },
    {
      id: 'Load testing completed',
      title: 'Testing',
      how: 'The service is put under load by tests that kill it, restart its database and replace its processes, and by npm run bench.',
      code: ['bench/ingest/run.ts', 'test/service/support/load.ts'],
      tests: [
        ...testsOf(
          'service/durability/kill',
          'kill -9 of the process under load, on PostgreSQL with fsync on the kills met requests in flight',
        ),
        ...testsOf(
          'service/shutdown/rolling-replacement',
          'two processes behind a proxy, replaced one after the other at 250 requests a second that drain on SIGTERM no request fails, run %i',
        ),
        ...testsOf(
          'service/hostile/memory',
          'the memory of the process settles under requests that are each another one',
        ),
      ],
      live: [{ sees: 'throughput and latency beside servers that do the same work', command: 'npm run bench' }],
      organisation: 'Load the stage that you deployed with the traffic that you expect.',
    },
    {
      id: 'Security scanning done',
      title: 'Testing',
      how: 'Images are scanned when they are pushed; every template passes cdk-nag’s HIPAA, NIST, PCI and AWS packs and our own rules; hostile requests are part of the suite.',
      templates: [look.imagesScanned],
      policies: ['ecr-repository'],
      code: ['packages/cloud-policies/src/gates/nag.ts', 'docs/gates.md'],
      tests: [
        ...testsOf('packages/cloud-policies/gates/command', 'every gate is content with %s'),
        ...testsOf('packages/cloud-policies/gates/mutations', '%s $fault -> $caughtBy'),
        ...testsOf('service/hostile/wire', 'any bytes for a request'),
        ...testsOf('deploy/image', 'the bill of materials names every package of which a line is in the bundle'),
      ],
      live: [
        {
          sees: 'findings in the image',
          command:
            'aws ecr describe-image-scan-findings --repository-name healthcare-ai-STAGE --image-id imageDigest=DIGEST',
        },
      ],
      organisation: 'Have the deployed stage tested from outside.',
    },
    {
      id: 'Disaster recovery tested',
      title: 'Testing',
      how: 'AWS Backup restores a copy each week. Crashes of process and database are part of the suite; the restore of a dump and of a whole server is rehearsed.',
      templates: [look.restoresTested],
      policies: ['restore-testing'],
      code: ['rehearse/parts/backup.ts', 'docs/runbooks/database-restore.md', 'docs/runbooks/region-lost.md'],
      tests: [
        ...testsOf(
          'service/durability/database-restart',
          'a database that restarts under load what is acknowledged outlives a crash, though the database would not wait for its disk by default',
        ),
        ...testsOf(
          'service/runbooks/practice',
          'database restore the dump is restored, the notes decrypt and every chain checks',
        ),
      ],
      live: [
        { sees: 'the restores that were tried', command: 'aws backup list-restore-jobs --by-resource-type Aurora' },
      ],
      organisation: 'Practise the loss of the region with your own account, and keep the record.',
    },
    {
      id: 'Backup procedures verified',
      title: 'Testing',
      how: 'scripts/backup.sh and restore.sh are run against a real server: every note decrypts, every chain checks.',
      templates: [look.backedUpDaily, look.vaultsLocked],
      policies: ['backup-plan', 'backup-vault'],
      code: ['scripts/backup.sh', 'scripts/restore.sh', 'rehearse/parts/backup.ts'],
      tests: testsOf(
        'service/runbooks/practice',
        'database restore the dump is restored, the notes decrypt and every chain checks',
      ),
      live: [
        { sees: 'the backup and its restore, with a real server', command: 'npm run rehearse:containers -- backup' },
      ],
    },
  ],
};
