import type { Assembly } from './assembly.ts';
import { isRecord, listOf } from './template.ts';

/** 45 CFR 164.316(b)(2)(i): documentation is kept for six years, leap days included. */
export const sixYearsInDays = 2191;

/** The values of an environment variable over all containers of an assembly, rendered. */
export function environmentValues(assembly: Assembly, name: string): string[] {
  return assembly.resources('AWS::ECS::TaskDefinition').flatMap((task) =>
    listOf(task.get('ContainerDefinitions')).flatMap((container) =>
      listOf(isRecord(container) ? container.Environment : undefined)
        .filter((entry) => isRecord(entry) && entry.Name === name)
        .map((entry) => (isRecord(entry) ? task.render(entry.Value) : '')),
    ),
  );
}

/** Marks the templates of a stage whose data is destroyed with its stacks. */
export const DISPOSABLE = 'HealthcareAI::Disposable';

/** Whether every template says that the stage is disposable. */
export const isDisposable = (assembly: Assembly): boolean =>
  assembly.templates.length > 0 &&
  assembly.templates.every(({ body }) => isRecord(body.Metadata) && body.Metadata[DISPOSABLE] === true);

/**
 * Whether the strictest rules apply: the tasks say so (`STAGE`), or a template's name does. An assembly that says
 * nothing about itself is held to be production.
 */
export function isProduction(assembly: Assembly): boolean {
  const stages = environmentValues(assembly, 'STAGE');
  if (stages.length > 0) return stages.some((stage) => !/^(dev|staging|test|sandbox)/i.test(stage));
  return !assembly.templates.some(({ name }) => /(^|[/-])(dev|staging)([/-]|$)/i.test(name));
}
