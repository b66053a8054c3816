import { readFileSync } from 'node:fs';
import { SynthesizedStage } from '../support/stage.ts';

const prod = new SynthesizedStage('prod');
const documentOf = (name: string) => readFileSync(`docs/compliance/${name}.md`, 'utf8');
const pictureOf = (name: string) => /```mermaid\n([\s\S]*?)```/.exec(documentOf(name))![1]!;

/** `Backup_BackupVault__copy` of a picture is a resource of type `AWS::Backup::BackupVault`. */
const typesIn = (text: string) =>
  [...text.matchAll(/\b([A-Z]\w*?)_([A-Z][A-Za-z]+)/g)].map(([, service, resource]) => `AWS::${service}::${resource}`);

test('the picture of the architecture has every stack of production, with resources that the stack makes', () => {
  const stacks = [...pictureOf('system-architecture').matchAll(/subgraph (\S+)\n([\s\S]*?)\n {2}end/g)];

  expect(stacks.map(([, id]) => id).sort()).toEqual(Object.keys(prod.templates).sort());
  for (const [, id, boxes] of stacks) {
    const made = new Set(Object.values(prod.templates[id!]!.Resources).map(({ Type }) => Type));
    expect(typesIn(boxes!).filter((type) => !made.has(type))).toEqual([]);
    expect(typesIn(boxes!)).not.toEqual([]);
  }
});

test('the picture of the data names resources of production', () => {
  const types = typesIn(pictureOf('data-flow'));

  expect(types.length).toBeGreaterThan(10);
  expect(types.filter((type) => prod.resources(type).length === 0)).toEqual([]);
});

test('the table of stores has every log group with its retention, and every other kind of store', () => {
  const rows = documentOf('data-flow').split('\n');
  const missing = prod.resources('AWS::Logs::LogGroup').filter(({ Properties }) => {
    const { LogGroupName: name, RetentionInDays: days } = Properties;
    return !rows.some((row) => row.startsWith(`| \`${name}\` |`) && row.endsWith(`| ${days} days |`));
  });

  expect(missing).toEqual([]);
  for (const type of ['RDS::DBCluster', 'Backup::BackupVault', 'S3::Bucket', 'ECR::Repository', 'SNS::Topic'])
    expect(rows.filter((row) => row.includes(`(\`AWS::${type}\`)`))).toHaveLength(
      prod.resources(`AWS::${type}`).length > 0 ? 1 : 0,
    );
});
