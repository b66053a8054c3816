/** Name of the container that serves. Apart from the constructs: the operations need it, and not CDK. */
export const SERVICE_CONTAINER = 'service';

/** Name of the container of the migration task. */
export const MIGRATE_CONTAINER = 'migrate';
export const EXPIRE_CONTAINER = 'expire';
export const RESTORE_CONTAINER = 'restore';
