import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { CustomerKey } from '../customer-key.ts';
import { forLogDelivery, forLogGroups, forTrail, publishersUseKey } from '../key-statements.ts';

/** One customer key for each class of data, so that the right to one is not the right to another. */
export class StageKeys extends Construct {
  /** Wraps the data keys of notes and patient references. */
  readonly data: kms.IKey;
  readonly logs: kms.IKey;
  /** Audit events, CloudTrail and the bucket that holds both. */
  readonly audit: kms.IKey;
  readonly database: kms.IKey;
  readonly images: kms.IKey;
  readonly topics: kms.IKey;
  readonly backups: kms.IKey;
  /** Ed25519: signs the checkpoints of the audit trail. */
  readonly signing: kms.IKey;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const { logGroups } = names;
    const make = (
      name: string,
      description: string,
      rest: Partial<ConstructorParameters<typeof CustomerKey>[2]> = {},
    ) =>
      new CustomerKey(this, name[0]!.toUpperCase() + name.slice(1), {
        description,
        alias: `${names.base}/${name}`,
        ...rest,
      }).key;

    // Of several regions from the beginning, also where no backup is copied yet: a key cannot become so later.
    this.data = make('data', 'Wraps the data keys that encrypt notes', { multiRegion: true });
    this.logs = make('logs', 'Application, database, WAF, flow and event logs', {
      statements: [
        forLogGroups(
          this,
          logGroups.service,
          logGroups.migrate,
          logGroups.flow,
          logGroups.keySets,
          logGroups.taskEvents,
          logGroups.waf,
          logGroups.database,
          logGroups.containerInsights,
          'RDSOSMetrics',
        ),
        forLogDelivery(),
      ],
    });
    this.audit = make('audit', 'Audit events, CloudTrail and the bucket of both', {
      statements: [forLogGroups(this, logGroups.audit, logGroups.trail), forTrail(this, names.trail)],
    });
    this.database = make('database', 'Aurora storage, its insights and its master secret');
    this.images = make('images', 'Container images');
    this.topics = make('topics', 'Alarm notifications', {
      statements: publishersUseKey(),
    });
    this.backups = make('backups', 'Backup vault');
    this.signing = make('signing', 'Signs the checkpoints of the audit trail', {
      signing: kms.KeySpec.ECC_NIST_EDWARDS25519,
    });
  }
}
