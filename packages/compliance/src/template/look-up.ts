import type { Assembly } from '@healthcare-ai/cloud-policies/core/assembly';
import type { Resource } from '@healthcare-ai/cloud-policies/core/resource';
import { isProduction } from '@healthcare-ai/cloud-policies/core/stage';
import type { Value } from '@healthcare-ai/cloud-policies/core/template';
import { describeSelection, type Selection } from './selection.ts';

/** What a template holds. */
export interface Found {
  /** Template name without its folder and hash. */
  readonly template: string;
  readonly logicalId: string;

  /** As text, references followed; shortened. */
  readonly value: string;
  readonly holds: boolean;
}

/** A selection and what was found for it. */
export interface TemplateEvidence {
  readonly says: string;
  readonly type: string;
  readonly property: string;
  readonly found: readonly Found[];

  /** False where only production is held to it, and this is another stage. */
  readonly judged: boolean;
  readonly holds: boolean;
}

const LONGEST = 160;

function shown(resource: Resource, value: Value): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const rendered =
    text.length > LONGEST || text.includes('Fn::') || text.includes('"Ref"') ? resource.render(value) : text;
  // A reference reads better without the folder and the hash of its template.
  const line = rendered
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\$\{([^{}/]*\/)*([^{}/]+?)([0-9A-F]{8})?\/([^{}/]+)\}/g, '$2/$4');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
}

const shortName = (name: string) => (name.split('/').at(-1) ?? name).replace(/[0-9A-F]{8}$/, '');

/** Looks a selection up in the templates of a stage. */
export function lookUp(assembly: Assembly, selection: Selection): TemplateEvidence {
  const { type, where, property, must, least = 1, productionOnly = false } = selection;
  const selected = assembly
    .resources(type)
    .filter((resource) => where === undefined || where.is.holds(resource.get(where.property), resource));
  const found = selected.map((resource) => {
    const value = resource.get(property);
    return {
      template: shortName(resource.template.name),
      logicalId: resource.logicalId,
      value: shown(resource, must.part?.(value) ?? value),
      holds: must.holds(value, resource),
    };
  });
  return {
    says: describeSelection(selection),
    type,
    property,
    found,
    judged: !productionOnly || isProduction(assembly),
    holds: found.length >= least && found.every(({ holds }) => holds),
  };
}
