import type { Assembly } from './assembly.ts';
import { environmentValues } from './containers.ts';
import { recordOf } from './template.ts';

/** 45 CFR 164.316(b)(2)(i): documentation is kept for six years, leap days included. */
export const sixYearsInDays = 2191;

/** Marks the templates of a stage whose data is destroyed with its stacks. */
export const DISPOSABLE = 'HealthcareAI::Disposable';

/** Whether every template says that the stage is disposable. */
export const isDisposable = (assembly: Assembly): boolean =>
  assembly.templates.length > 0 && assembly.templates.every(({ body }) => recordOf(body.Metadata)[DISPOSABLE] === true);

/**
 * Whether the strictest rules apply: the tasks say so (`STAGE`), or a template's name does. An assembly that says
 * nothing about itself is held to be production.
 */
export function isProduction(assembly: Assembly): boolean {
  const stages = environmentValues(assembly, 'STAGE');
  if (stages.length > 0) return stages.some((stage) => !/^(dev|staging|test|sandbox)/i.test(stage));
  return !assembly.templates.some(({ name }) => /(^|[/-])(dev|staging)([/-]|$)/i.test(name));
}
