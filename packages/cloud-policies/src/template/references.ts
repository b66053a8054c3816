import type { Assembly } from '../core/assembly.ts';
import type { Fault, Policy } from '../core/finding.ts';
import { intrinsicOf, listOf, stackOutput, type Template, type Value, walk } from '../core/template.ts';

/** The names that a value refers to within its template. */
function* namesIn(value: Value): Generator<string> {
  const call = intrinsicOf(value);
  if (call === undefined) return;
  if (call.name === 'Ref') yield String(call.argument);
  if (call.name === 'Fn::GetAtt') yield String(listOf(call.argument)[0]).split('.')[0] ?? '';
  if (call.name === 'Fn::Sub') {
    const [text, variables] = listOf(call.argument);
    const own = Object.keys(typeof variables === 'object' && variables !== null ? variables : {});
    for (const [, literal, name = ''] of String(text).matchAll(/\$\{(!?)([^}]+)\}/g)) {
      const target = name.split('.')[0] ?? '';
      if (literal === '' && !own.includes(name)) yield target;
    }
  }
}

function* faultsIn(assembly: Assembly, template: Template, resource: string, root: Value): Generator<Fault> {
  const { body, name } = template;
  const known = (target: string) =>
    target.startsWith('AWS::') || body.Resources?.[target] !== undefined || body.Parameters?.[target] !== undefined;
  for (const { path, value } of walk(root)) {
    for (const target of namesIn(value)) {
      if (!known(target))
        yield { template: name, resource, property: path, message: `refers to ${target}, which is not there` };
    }
    const call = intrinsicOf(value);
    if (call?.name === 'Fn::ImportValue') {
      const imported = assembly.render(call.argument, template);
      if (assembly.export(imported) === undefined) {
        yield { template: name, resource, property: path, message: `imports ${imported}, which no stack here exports` };
      }
    }
    if (call?.name === 'Fn::GetStackOutput' && assembly.export(stackOutput(call.argument)) === undefined) {
      const message = `reads ${stackOutput(call.argument)}, which no stack here exports`;
      yield { template: name, resource, property: path, message };
    }
  }
}

export const references: Policy = {
  id: 'references',
  description: 'Every reference leads somewhere, from stack to stack too.',
  *check(assembly) {
    for (const template of assembly.templates) {
      for (const [id, body] of Object.entries(template.body.Resources ?? {})) {
        yield* faultsIn(assembly, template, id, body.Properties as Value);
        for (const target of listOf(body.DependsOn)) {
          if (template.body.Resources?.[String(target)] === undefined) {
            yield {
              template: template.name,
              resource: id,
              property: 'DependsOn',
              message: `waits for ${String(target)}, which is not there`,
            };
          }
        }
      }
      for (const [id, output] of Object.entries(template.body.Outputs ?? {})) {
        yield* faultsIn(assembly, template, `Outputs.${id}`, output as Value);
      }
    }
  },
};
