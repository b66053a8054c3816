import { existsSync } from 'node:fs';
import { deployedNames } from './support/deployed.ts';
import { documentsBelow } from './support/documents.ts';

const runbooks = documentsBelow('docs/runbooks').filter(({ path }) => !path.endsWith('README.md'));
const [index] = documentsBelow('docs/runbooks').filter(({ path }) => path.endsWith('README.md'));
const deployed = deployedNames();

test('[Incident response plan ready] every runbook that an alarm names is there', () => {
  const named = deployed.descriptions.flatMap((text) =>
    [...text.matchAll(/Runbook: ([^.]+)\./g)].flatMap(([, names]) => names!.split(', ')),
  );
  const files = [...new Set(named)].map((name) => `docs/runbooks/${name.toLowerCase().replaceAll(' ', '-')}.md`);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test('the runbooks that were asked for are there', () => {
  const wanted = ['stuck-deploy', 'rollback', 'database-restore', 'region-lost', 'lost-key', 'leaked-api-key'];
  const files = [...wanted, 'expired-certificate'].map((name) => `docs/runbooks/${name}.md`);
  expect(files.filter((file) => !runbooks.some(({ path }) => path === file))).toEqual([]);
});

describe.each(runbooks.map((runbook) => [runbook.path, runbook] as const))('%s', (path, { text, code }) => {
  test('says how one notices, confirms, acts, knows that it is over, and practises; and what of it was tried', () => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
    const order = ['You notice', 'Confirm', 'Do', 'Over when', 'Practise'];
    const found = order.map((start) => headings.findIndex((heading) => heading.startsWith(start)));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(text).toMatch(/^\*\*Tried:\*\*/m);
  });

  test('names an alarm, and only alarms and saved queries that exist', () => {
    const notice = text.slice(text.indexOf('## You notice'), text.indexOf('## Confirm'));
    expect(notice).toMatch(/`healthcare-ai-STAGE-[a-z0-9.-]+`/);
    const names = code.flatMap((line) => line.match(/^healthcare-ai-STAGE-[a-z0-9-]+$/g) ?? []);
    const stacks = ['audit', 'network', 'database', 'tasks', 'service', 'monitoring', 'copy'];
    const alarms = new Set([...deployed.alarms, ...stacks.map((stack) => `healthcare-ai-prod-${stack}`)]);
    expect(
      names.map((name) => name.replace('STAGE', 'prod')).filter((name) => !alarms.has(name) && !/-trail-$/.test(name)),
    ).toEqual([]);
    const queries = code.flatMap((line) => line.match(/^healthcare-ai-STAGE\/[a-z-]+$/g) ?? []);
    expect(
      queries.map((name) => name.replace('STAGE', 'prod')).filter((name) => !deployed.queries.includes(name)),
    ).toEqual([]);
  });

  test('is in the list of the runbooks', () => {
    expect(index!.text).toContain(`(${path.split('/').at(-1)})`);
  });
});
