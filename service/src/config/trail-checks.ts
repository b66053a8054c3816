import type { Rule, Subject } from './cross-checks.ts';

const sinkSettings = ['AUDIT_LOG_GROUP', 'AUDIT_BUCKET', 'AUDIT_DIR'] as const;
const settingsInAws = ['AUDIT_SIGNING_KEY_ID', 'AUDIT_SIGNING_KEY_NEXT_ID', 'AUDIT_LOG_GROUP', 'AUDIT_BUCKET'] as const;

/** What the settings of the audit trail must hold of each other. */
export function trailRules({ settings: s, production, needs, missing }: Subject): Rule[] {
  const noKey = needs.includes('trail') && missing('AUDIT_SIGNING_KEY') && missing('AUDIT_SIGNING_KEY_ID');
  const sinks = sinkSettings.filter((name) => s[name] !== undefined);
  const inAws = settingsInAws.filter((name) => s[name] !== undefined);
  return [
    [
      noKey && production,
      'AUDIT_SIGNING_KEY',
      'or AUDIT_SIGNING_KEY_ID is required in production: create a key with `openssl rand -base64 32` and store it safely',
    ],
    [
      noKey && !production && s.DATABASE_URL !== undefined && sinks.length > 0,
      'AUDIT_SIGNING_KEY',
      `or AUDIT_SIGNING_KEY_ID is required with ${sinks.join(' and ')}: only signed checkpoints are published`,
    ],
    [
      s.AUDIT_SIGNING_KEY !== undefined && s.AUDIT_SIGNING_KEY_ID !== undefined,
      'AUDIT_SIGNING_KEY_ID',
      'conflicts with AUDIT_SIGNING_KEY: set one of the two',
    ],
    [
      s.AUDIT_SIGNING_KEY_NEXT !== undefined && s.AUDIT_SIGNING_KEY_NEXT_ID !== undefined,
      'AUDIT_SIGNING_KEY_NEXT_ID',
      'conflicts with AUDIT_SIGNING_KEY_NEXT: set one of the two',
    ],
    [inAws.length > 0 && missing('AWS_REGION'), 'AWS_REGION', `is required with ${inAws.join(' and ')}`],
  ];
}
