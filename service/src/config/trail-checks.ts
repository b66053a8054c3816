import type { Environment } from './environment.ts';
import type { ConfigurationFault } from './error.ts';

/**
 * What the settings of the audit trail must hold of each other.
 *
 * @param missing whether a setting has no value, and no fault of its own either
 * @param needed whether the trail is to be sealed and published
 */
export function trailFaults(
  s: Partial<Environment>,
  missing: (name: keyof Environment) => boolean,
  needed: boolean,
): ConfigurationFault[] {
  const faults: ConfigurationFault[] = [];
  const noKey = missing('AUDIT_SIGNING_KEY') && missing('AUDIT_SIGNING_KEY_ID');
  const sinks = (['AUDIT_LOG_GROUP', 'AUDIT_BUCKET', 'AUDIT_DIR'] as const).filter((name) => s[name] !== undefined);
  if (needed && noKey && s.NODE_ENV === 'production') {
    faults.push({
      name: 'AUDIT_SIGNING_KEY',
      fault:
        'or AUDIT_SIGNING_KEY_ID is required in production: create a key with `openssl rand -base64 32` and store it safely',
    });
  } else if (needed && noKey && s.DATABASE_URL !== undefined && sinks.length > 0) {
    faults.push({
      name: 'AUDIT_SIGNING_KEY',
      fault: `or AUDIT_SIGNING_KEY_ID is required with ${sinks.join(' and ')}: only signed checkpoints are published`,
    });
  }
  for (const [local, remote] of [
    ['AUDIT_SIGNING_KEY', 'AUDIT_SIGNING_KEY_ID'],
    ['AUDIT_SIGNING_KEY_NEXT', 'AUDIT_SIGNING_KEY_NEXT_ID'],
  ] as const) {
    if (s[local] !== undefined && s[remote] !== undefined) {
      faults.push({ name: remote, fault: `conflicts with ${local}: set one of the two` });
    }
  }
  const inAws = (
    ['AUDIT_SIGNING_KEY_ID', 'AUDIT_SIGNING_KEY_NEXT_ID', 'AUDIT_LOG_GROUP', 'AUDIT_BUCKET'] as const
  ).filter((name) => s[name] !== undefined);
  if (inAws.length > 0 && missing('AWS_REGION')) {
    faults.push({ name: 'AWS_REGION', fault: `is required with ${inAws.join(' and ')}` });
  }
  return faults;
}
