import { readFileSync } from 'node:fs';
import { controlFamilies, controlsMatrix } from '@healthcare-ai/compliance';
import { stages } from '../../../lib/config/stages.ts';
import { templatesOf } from '../../packages/cloud-policies/stage.ts';
import { deployedNames } from './support/deployed.ts';
import { documentsBelow } from './support/documents.ts';
import { rolesTable } from './support/roles-table.ts';

const documents = documentsBelow('docs/compliance');
const textOf = (name: string) => readFileSync(`docs/compliance/${name}.md`, 'utf8');

test('[164.316(b)(1)] the documents that the seed lists are all there, each with its blanks marked', () => {
  const asked = [
    'system-architecture',
    'data-flow',
    'incident-response',
    'disaster-recovery',
    'change-management',
    'access-control',
  ];
  for (const name of [...asked, 'calendar', 'README']) {
    // What only the organisation knows is left blank in every one of them: a name made up here would be believed.
    expect(textOf(name)).toMatch(/\*\*\[FILL IN/);
    expect(textOf('README')).toContain(name === 'README' ? '# Documents' : `(${name}.md)`);
  }
  expect(textOf('controls-matrix')).toMatch(/Left to the organisation/);
});

test('every blank is closed, and says what belongs there or stands in a table that does', () => {
  for (const { text } of documents)
    expect(text.match(/\[FILL IN/g)?.length).toBe(text.match(/\*\*\[FILL IN(: [^\]]+)?\]\*\*/g)?.length);
});

test('[164.316(b)(2)(iii)] docs/compliance/controls-matrix.md lists every control of the evidence (else: npm run docs)', () => {
  expect(textOf('controls-matrix')).toBe(controlsMatrix(controlFamilies));
});

test('[Access controls documented] docs/compliance/access-control.md has the rights of every role as the service has them', () => {
  const [, table] = /<!-- roles: [^\n]*-->\n([\s\S]*?)\n<!-- \/roles -->/.exec(textOf('access-control'))!;
  expect(table).toBe(rolesTable());
});

test('docs/compliance/disaster-recovery.md has the times of the templates of production', () => {
  const resources = templatesOf('prod').flatMap(({ body }) => Object.values(body.Resources ?? {}));
  // biome-ignore lint/suspicious/noExplicitAny: read by path
  const only = (type: string): any => resources.find(({ Type }) => Type === type)!.Properties;
  const text = textOf('disaster-recovery');
  const [daily, monthly] = only('AWS::Backup::BackupPlan').BackupPlan.BackupPlanRule;

  expect(daily.ScheduleExpression).toBe('cron(0 3 * * ? *)');
  const hours = 24 + (daily.StartWindowMinutes + daily.CompletionWindowMinutes) / 60;
  expect(text).toContain(
    `up to ${hours} hours: a day between copies, ${daily.StartWindowMinutes / 60} hour to start, ${daily.CompletionWindowMinutes / 60} to complete`,
  );
  expect(text).toContain(
    `locked vault, ${daily.Lifecycle.DeleteAfterDays} days; monthly, ${monthly.Lifecycle.DeleteAfterDays} days`,
  );
  expect(text).toContain(`a second of the last ${only('AWS::RDS::DBCluster').BackupRetentionPeriod} days`);
  expect(text).toContain(`at least ${only('AWS::ApplicationAutoScaling::ScalableTarget').MinCapacity} run`);
  expect(text).toContain(`tasks in ${stages.prod.availabilityZones.length} zones`);
  expect(text).toContain(`copy in ${stages.prod.backup.copyRegion};`);
  expect(only('AWS::Backup::RestoreTestingPlan').ScheduleExpression).toMatch(/ MON /);
  expect(text).toContain('a copy is restored | each Monday');
});

test('docs/compliance/disaster-recovery.md says in which regions the key that opens notes is', () => {
  const resources = templatesOf('prod').flatMap(({ body }) => Object.values(body.Resources ?? {}));
  const several = resources.some(
    ({ Type, Properties }) => Type === 'AWS::KMS::ReplicaKey' || Properties?.MultiRegion === true,
  );
  expect(several).toBe(true);
  expect(textOf('disaster-recovery')).toContain(
    `KMS, in the stage's region and, as a replica, in ${stages.prod.backup.copyRegion}`,
  );
});

test('alarms and saved queries that the documents name exist', () => {
  const { alarms, queries } = deployedNames();
  const stacks = ['service-task', 'migrate-task', 'expire-task', 'restore-task', 'auditor', 'deploy'];
  const known = new Set([...alarms, ...queries, ...stacks.map((name) => `healthcare-ai-prod-${name}`)]);
  const named = documents.flatMap(({ code }) =>
    code.flatMap((line) => line.match(/^healthcare-ai-(STAGE|prod)[-/][a-z0-9-]+$/g) ?? []),
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.map((name) => name.replace('STAGE', 'prod')).filter((name) => !known.has(name))).toEqual([]);
});
