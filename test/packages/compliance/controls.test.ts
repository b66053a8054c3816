import { existsSync, readFileSync } from 'node:fs';
import { policies } from '@healthcare-ai/cloud-policies';
import { Assembly } from '@healthcare-ai/cloud-policies/core/assembly';
import type { Resource } from '@healthcare-ai/cloud-policies/core/resource';
import type { Template } from '@healthcare-ai/cloud-policies/core/template';
import { actionReader } from '@healthcare-ai/cloud-policies/iam/iam-data';
import type { Control } from '@healthcare-ai/compliance/control';
import { controlFamilies } from '@healthcare-ai/compliance/controls/index';
import { titlesBelow } from '@healthcare-ai/compliance/suite/titles';
import { lookUp } from '@healthcare-ai/compliance/template/look-up';
import { describeSelection, type Selection } from '@healthcare-ai/compliance/template/selection';
import { templatesOf } from '../cloud-policies/gates/stage.ts';
import { clauses } from './clauses.ts';

const controls: readonly Control[] = controlFamilies.flatMap((family) => family.controls);
const named = (of: (control: Control) => readonly string[] = () => []) =>
  controls.flatMap((control) => of(control).map((item) => [control.id, item] as const));

const reader = actionReader();
const assemblyOf = (templates: readonly Template[]) => new Assembly(templates, reader);
const production = templatesOf('prod');

const selections = [
  ...new Map(
    controls.flatMap(({ templates = [] }) => templates).map((item) => [describeSelection(item), item] as const),
  ).entries(),
];

// biome-ignore lint/suspicious/noExplicitAny: templates are changed by path
type Mutable = any;

/** The templates after a change to each of some resources. */
function changed(resources: readonly Resource[], change: (body: Mutable, holder: Mutable, id: string) => void) {
  const templates = structuredClone(production) as Mutable;
  for (const { template, logicalId } of resources) {
    const { Resources } = templates.find((item: Template) => item.name === template.name).body;
    change(Resources[logicalId], Resources, logicalId);
  }
  return assemblyOf(templates);
}

function atPath(body: Mutable, path: string): { readonly holder: Mutable; readonly key: string } {
  const keys = ['Properties', ...path.split('.')];
  const key = keys.pop()!;
  let holder = body;
  for (const step of keys) {
    holder[step] ??= {};
    holder = holder[step];
  }
  return { holder, key };
}

const selected = (selection: Selection): readonly Resource[] => {
  const assembly = assemblyOf(production);
  const { type, where } = selection;
  return assembly
    .resources(type)
    .filter((resource) => where === undefined || where.is.holds(resource.get(where.property), resource));
};

describe('Every claim about the templates', () => {
  it.each(['dev', 'staging', 'prod'])('holds in %s, or is asked of production alone', (stage) => {
    const assembly = assemblyOf(templatesOf(stage));
    const broken = selections.filter(([, selection]) => {
      const { judged, holds } = lookUp(assembly, selection);
      return judged && !holds;
    });
    expect(broken.map(([says]) => says)).toEqual([]);
  });

  it('is judged in production', () => {
    const assembly = assemblyOf(production);
    expect(selections.every(([, selection]) => lookUp(assembly, selection).judged)).toBe(true);
  });

  it.each(selections)('fails without the resource: %s', (_, selection) => {
    const resources = selected(selection);
    expect(resources).not.toEqual([]);

    const without = changed(resources, (_body, holder, id) => delete holder[id]);

    expect(lookUp(without, selection)).toMatchObject({ holds: false, found: [] });
  });

  it.each(selections)('fails when one resource loses the property, or has another value: %s', (_, selection) => {
    for (const resource of selected(selection)) {
      const removed = changed([resource], (body) => {
        const { holder, key } = atPath(body, selection.property);
        if (selection.must.says === 'absent') holder[key] = 'something';
        else delete holder[key];
      });
      expect(lookUp(removed, selection).holds).toBe(false);

      if (selection.must.says === 'there') continue;
      const replaced = changed([resource], (body) => {
        const { holder, key } = atPath(body, selection.property);
        holder[key] = 'something else';
      });
      expect(lookUp(replaced, selection).holds).toBe(false);
    }
  });

  it.each(selections)('that is about an item of a list fails without that item: %s', (_, selection) => {
    for (const resource of selected(selection)) {
      const value = resource.get(selection.property);
      if (!Array.isArray(value) || selection.must.says === 'a list that is not empty') continue;
      const outcomes = value.map((_item, index) => {
        const without = changed([resource], (body) => {
          const { holder, key } = atPath(body, selection.property);
          holder[key].splice(index, 1);
        });
        return lookUp(without, selection).holds;
      });
      expect(outcomes).toContain(false);
    }
  });
});

describe('Every control', () => {
  it('has an id of its own within its family', () => {
    const ids = controlFamilies.flatMap(({ title, controls: inner }) => inner.map(({ id }) => `${title}: ${id}`));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has something to show, or says what the organisation must do', () => {
    const bare = controls.filter(
      ({ templates = [], policies: rules = [], tests = [], wholeSuite = false, organisation }) =>
        templates.length + rules.length + tests.length === 0 && !wholeSuite && organisation === undefined,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('that is shown by this repository says how an auditor sees it live', () => {
    const blind = controls.filter(({ templates = [], live = [] }) => templates.length > 0 && live.length === 0);
    expect(blind.map(({ id }) => id)).toEqual([]);
  });

  it('names code that exists', () => {
    const missing = named(({ code = [] }) => code).filter(([, path]) => !existsSync(path));
    expect(missing).toEqual([]);
  });

  it('names tests that the suite declares', () => {
    const declared = new Set(titlesBelow('.').map(({ file, name }) => `${file}: ${name}`));
    const wanted = named(({ tests = [] }) => tests.map(({ file, name }) => `${file}: ${name}`));
    expect(wanted.filter(([, test]) => !declared.has(test))).toEqual([]);
  });

  it('names policies that exist', () => {
    const known = new Set(policies.map(({ id }) => id));
    expect(named(({ policies: rules = [] }) => rules).filter(([, id]) => !known.has(id))).toEqual([]);
  });

  it('names saved queries, alarms and roles that the templates have', () => {
    const text = JSON.stringify(production.map(({ body }) => body));
    const names = controls
      .flatMap(({ live = [] }) => live)
      .flatMap(({ command }) => [
        ...(/^Logs Insights: (\S+)$/.exec(command)?.slice(1) ?? []),
        ...(/--alarm-names (\S+)/.exec(command)?.slice(1) ?? []),
        ...(/--role-name (\S+)/.exec(command)?.slice(1) ?? []),
        ...(/(alias\/healthcare-ai-STAGE\/\w+)/.exec(command)?.slice(1) ?? []),
        ...(/logs tail (\S+)/.exec(command)?.slice(1) ?? []),
      ])
      .map((name) => name.replace('STAGE', 'prod'));
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
