import type { StageInput } from './schema.ts';

/**
 * The stages. Replace `certificateArn`, `domainName` and the addresses by your own: 111122223333 is the account that
 * AWS uses in its documentation. Each stage is meant for an account of its own.
 */
export const stages = {
  /** To try the service with synthetic notes: cheap while nobody uses it, and destroyed with everything it holds. */
  sandbox: {
    disposable: true,
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    accountBaseline: { owned: false },
    edge: {
      domainName: 'notes.sandbox.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000004',
    },
    network: { cidr: '10.50.0.0/16', endpointZones: 1 },
    service: { cpu: 256, memory: 512, minTasks: 0, maxTasks: 1, capacity: 'spot' },
    database: { minAcu: 0, maxAcu: 2, backupDays: 1 },
    retention: { applicationLogs: 7, audit: 30, accessLogs: 90 },
    alarms: { emails: ['dev-team@example.org'], uptimeCheckMinutes: 0, monthlyBudgetUsd: 150 },
  },
  dev: {
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    edge: {
      domainName: 'notes.dev.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000001',
    },
    network: { cidr: '10.20.0.0/16' },
    service: { cpu: 512, memory: 1024, minTasks: 1, maxTasks: 3, logLevel: 'debug' },
    database: { maxAcu: 2, backupDays: 7 },
    backup: { dailyRetentionDays: 7, monthlyRetentionDays: 35 },
    retention: { applicationLogs: 90, audit: 365, accessLogs: 365 },
    alarms: { emails: ['dev-team@example.org'], monthlyBudgetUsd: 300 },
  },
  staging: {
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    edge: {
      domainName: 'notes.staging.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000002',
    },
    network: { cidr: '10.30.0.0/16' },
    service: { deployment: 'canary', maxTasks: 4 },
    database: { maxAcu: 4 },
    retention: { audit: 731 },
    alarms: { emails: ['dev-team@example.org'], monthlyBudgetUsd: 600 },
  },
  prod: {
    production: true,
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    edge: {
      domainName: 'notes.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000003',
    },
    network: { cidr: '10.40.0.0/16' },
    service: { deployment: 'canary', minTasks: 3, maxTasks: 12 },
    database: { minAcu: 1, maxAcu: 16, readers: 1 },
    backup: { lock: 'compliance', copyRegion: 'us-west-2' },
    alarms: { emails: ['on-call@example.org'], uptimeCheckMinutes: 1, monthlyBudgetUsd: 2500 },
  },
} as const satisfies Record<string, StageInput>;
