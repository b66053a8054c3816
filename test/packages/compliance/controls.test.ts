import { existsSync, readFileSync } from 'node:fs';
import { policiesFor } from '@healthcare-ai/cloud-policies';
import type { Control } from '@healthcare-ai/compliance/control';
import { controlFamilies } from '@healthcare-ai/compliance/controls/index';
import { readTestFiles } from '@healthcare-ai/compliance/results';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { templatesOf } from '../cloud-policies/stage.ts';
import { clauses } from './clauses.ts';

const controls: readonly Control[] = controlFamilies.flatMap((family) => family.controls);
const named = (of: (control: Control) => readonly string[]) =>
  controls.flatMap((control) => of(control).map((item) => [control.id, item] as const));

describe('Every control', () => {
  it('has an id of its own within its family', () => {
    const ids = controlFamilies.flatMap(({ title, controls: inner }) => inner.map(({ id }) => `${title}: ${id}`));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has something to show, or says what the organisation must do', () => {
    const bare = controls.filter(
      ({ policies = [], tested = false, see = [], wholeSuite = false, organisation }) =>
        policies.length + see.length === 0 && !tested && !wholeSuite && organisation === undefined,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('that a policy shows says how an auditor sees it live', () => {
    const blind = controls.filter(({ policies = [], live = [] }) => policies.length > 0 && live.length === 0);
    expect(blind.map(({ id }) => id)).toEqual([]);
  });

  it('names code that exists', () => {
    const missing = named(({ code = [] }) => code).filter(([, path]) => !existsSync(path));
    expect(missing).toEqual([]);
  });

  it('that says it is tested is named by a test, and tests name no other control', () => {
    const inTests = new Set([...readTestFiles('.').values()].flatMap((ids) => [...ids]));
    const tested = controls.filter((control) => control.tested).map(({ id }) => id);
    expect(tested.filter((id) => !inTests.has(id))).toEqual([]);
    expect([...inTests].filter((id) => id.startsWith('164.') && !tested.includes(id))).toEqual([]);
  });

  it('sees tests of other controls that have some', () => {
    const tested = new Set(controls.filter((control) => control.tested).map(({ id }) => id));
    expect(named(({ see = [] }) => see).filter(([, id]) => !tested.has(id))).toEqual([]);
  });

  it('names policies that exist', () => {
    const known = new Set(policiesFor(gateProfile).map(({ id }) => id));
    expect(named(({ policies: rules = [] }) => rules).filter(([, id]) => !known.has(id))).toEqual([]);
  });

  it('names saved queries, alarms and roles that the templates have', () => {
    const text = JSON.stringify(templatesOf('prod').map(({ body }) => body));
    const names = controls
      .flatMap(({ live = [] }) => live)
      .flatMap(({ command }) => [
        ...(/^Logs Insights: (\S+)$/.exec(command)?.slice(1) ?? []),
        ...(/--alarm-names (\S+)/.exec(command)?.slice(1) ?? []),
        ...(/--role-name (\S+)/.exec(command)?.slice(1) ?? []),
        ...(/(alias\/healthcare-ai-STAGE\/\w+)/.exec(command)?.slice(1) ?? []),
        ...(/logs tail (\S+)/.exec(command)?.slice(1) ?? []),
      ])
      .map((name) => name.replace('STAGE', 'prod').replace('REGION', 'us-east-1'));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });
});

describe('The matrix', () => {
  it('has every standard and implementation specification of 45 CFR 164.308, 310, 312 and 316(b)', () => {
    const byId = new Map(controls.map(({ id, demand }) => [id, demand]));
    expect(clauses.filter(([id]) => !byId.has(id)).map(([id]) => id)).toEqual([]);
    expect(clauses.filter(([id, demand]) => byId.get(id) !== demand).map(([id]) => id)).toEqual([]);
  });

  it('has no clause that the law does not', () => {
    const known = new Set(clauses.map(([id]) => id));
    const own = controls.filter(({ id }) => id.startsWith('164.') && !known.has(id));
    expect(own.map(({ id }) => id)).toEqual([]);
  });

  const guide = '../shared/seed-production-deployment-guide.md';
  const found = existsSync(guide);
  if (!found) process.stderr.write(`SKIPPED for want of ${guide}: packages/compliance/src/controls.test.ts\n`);
  (found ? it : it.skip)('has every box of the checklists in the seed, in their words', () => {
    const boxes = [...readFileSync(guide, 'utf8').matchAll(/^- \[ \] (.+)$/gm)].map(([, box]) => box!);
    expect(boxes).toHaveLength(30);
    const checklist = controlFamilies
      .filter(({ source }) => source.startsWith('Production Deployment Guide'))
      .flatMap((family) => family.controls.map(({ id }) => id));
    expect(checklist).toEqual(boxes);
  });
});
