import type { Assembly } from '../core/assembly.ts';
import { environmentValues } from '../core/containers.ts';
import type { Policy, PolicyFault } from '../core/policy.ts';
import { isDisposable } from '../core/stage.ts';
import {
  intrinsicOf,
  listOf,
  pseudo,
  recordOf,
  show,
  stackOutput,
  type Template,
  type Value,
  walk,
} from '../core/template.ts';

/** Parameters whose values come from SSM by name when the stack is deployed. */
const fromSsm = /^AWS::SSM::Parameter::Value<(String|AWS::EC2::Image::Id)>$/;

/** A fault of a part of a template that is no resource. */
const fault = (template: Template, resource: string, property: string, message: string): PolicyFault => ({
  template: template.name,
  resource,
  property,
  message,
});

export const parameters: Policy = {
  id: 'parameters',
  description:
    'Templates are complete: their only parameters are names of SSM parameters, and no output reveals a secret.',
  *check(assembly) {
    const stages = environmentValues(assembly, 'STAGE');
    for (const template of assembly.templates) {
      const { body } = template;
      for (const [id, parameter] of Object.entries(body.Parameters ?? {})) {
        const pinned = /\^sha256:/.test(String(parameter.AllowedPattern)) && parameter.Default === undefined;
        if (!fromSsm.test(String(parameter.Type)) && !pinned) {
          yield fault(
            template,
            `Parameters.${id}`,
            'Type',
            `got ${String(parameter.Type)}; use configuration, or AWS::SSM::Parameter::Value`,
          );
        }
        const named = String(parameter.Default ?? '').split('/');
        if (stages.length > 0 && named[1] === 'healthcare-ai' && !stages.includes(named[2] ?? '')) {
          yield fault(
            template,
            `Parameters.${id}`,
            'Default',
            `got ${named.join('/')}, which is of another stage; use ${stages[0]}`,
          );
        }
        if (/password|secret|token|credential|private/i.test(id)) {
          yield fault(template, `Parameters.${id}`, '', 'is a secret; keep it in Secrets Manager');
        }
      }
      for (const [id, output] of Object.entries(body.Outputs ?? {})) {
        const text = assembly.render(output.Value, template);
        if (
          /\{\{resolve:(secretsmanager|ssm-secure)/.test(text) ||
          /secretstring|password/i.test(text.replaceAll(/[\w/]*\./g, ''))
        ) {
          yield fault(template, `Outputs.${id}`, 'Value', 'reveals a secret; remove the output');
        }
      }
    }
  },
};

/** The names that a value refers to within its template. */
function* namesIn(value: Value): Generator<string> {
  const call = intrinsicOf(value);
  if (call === undefined) return;
  if (call.name === 'Ref') yield String(call.argument);
  if (call.name === 'Fn::GetAtt') yield String(listOf(call.argument)[0]).split('.')[0] ?? '';
  if (call.name === 'Fn::Sub') {
    const [text, variables] = listOf(call.argument);
    const own = Object.keys(recordOf(variables));
    for (const [, literal, name = ''] of String(text).matchAll(/\$\{(!?)([^}]+)\}/g)) {
      const target = name.split('.')[0] ?? '';
      if (literal === '' && !own.includes(name)) yield target;
    }
  }
}

function* faultsIn(assembly: Assembly, template: Template, resource: string, root: Value): Generator<PolicyFault> {
  const { body } = template;
  const known = (target: string) =>
    target.startsWith('AWS::') || body.Resources?.[target] !== undefined || body.Parameters?.[target] !== undefined;
  for (const { path, value } of walk(root)) {
    for (const target of namesIn(value)) {
      if (!known(target)) yield fault(template, resource, path, `refers to ${target}, which is not there`);
    }
    const call = intrinsicOf(value);
    if (call?.name === 'Fn::ImportValue') {
      const imported = assembly.render(call.argument, template);
      if (assembly.export(imported) === undefined) {
        yield fault(template, resource, path, `imports ${imported}, which no stack here exports`);
      }
    }
    if (call?.name === 'Fn::GetStackOutput' && assembly.output(call.argument) === undefined) {
      const message = `reads ${stackOutput(call.argument)}, which is not an output of a stack of this deployment`;
      yield fault(template, resource, path, message);
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
            yield fault(template, id, 'DependsOn', `waits for ${String(target)}, which is not there`);
          }
        }
      }
      for (const [id, output] of Object.entries(template.body.Outputs ?? {})) {
        yield* faultsIn(assembly, template, `Outputs.${id}`, output as Value);
      }
    }
  },
};

export const weakReferences: Policy = {
  id: 'weak-references',
  description: 'No stack imports an export of another, which could then neither change nor go away.',
  *check(assembly) {
    for (const template of assembly.templates) {
      for (const [resource, value] of Object.entries({ ...template.body.Resources, ...template.body.Outputs })) {
        for (const { path: property, value: part } of walk(value as unknown as Value)) {
          if (intrinsicOf(part)?.name !== 'Fn::ImportValue') continue;
          const message =
            'imports an export, which CloudFormation then refuses to change or delete; read the output by Fn::GetStackOutput';
          yield fault(template, resource, property.replace(/^Properties\./, ''), message);
        }
      }
    }
  },
};

/** Names that an account, or all of AWS, has only once over all regions. */
const globalNames: { readonly [type: string]: string } = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Budgets::Budget': 'Budget.BudgetName',
};

export const regionalNames: Policy = {
  id: 'regional-names',
  description: 'Names that all regions share carry the region: a stage in a second region would need the same name.',
  *check(assembly) {
    for (const resource of assembly.resources(...Object.keys(globalNames))) {
      const property = globalNames[resource.type]!;
      const name = resource.text(property);
      const { region } = resource.template;
      const carried = name.includes(pseudo('Region')) || region === undefined || name.includes(region);
      if (name !== '' && !carried) yield resource.fault(property, `got ${name}; add the region, or leave the name out`);
    }
  },
};

/** What holds data, keys, or the record of either, and how it may be left behind. */
const stateful: { readonly [type: string]: readonly string[] } = {
  'AWS::KMS::Key': ['Retain'],
  'AWS::KMS::ReplicaKey': ['Retain'],
  'AWS::S3::Bucket': ['Retain'],
  'AWS::Logs::LogGroup': ['Retain', 'RetainExceptOnCreate'],
  'AWS::RDS::DBCluster': ['Retain', 'Snapshot'],
  'AWS::ECR::Repository': ['Retain', 'RetainExceptOnCreate'],
  'AWS::Backup::BackupVault': ['Retain', 'RetainExceptOnCreate'],
  'AWS::SecretsManager::Secret': ['Retain'],
  'AWS::DynamoDB::Table': ['Retain'],
  'AWS::DynamoDB::GlobalTable': ['Retain'],
  'AWS::EFS::FileSystem': ['Retain'],
};

export const retained: Policy = {
  id: 'retained',
  description: 'What holds data, keys or records outlives its stack, and a replacement of itself.',
  *check(assembly) {
    for (const resource of assembly.all) {
      const allowed = stateful[resource.type];
      if (allowed === undefined || isDisposable(assembly)) continue;
      for (const key of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
        const given = resource.body[key];
        // What a failed first deploy made holds nothing yet; a replacement leaves something behind that does.
        const here = key === 'DeletionPolicy' ? allowed : allowed.filter((policy) => policy !== 'RetainExceptOnCreate');
        if (!here.includes(String(given))) yield resource.fault(key, `got ${show(given)}; use ${here.join(' or ')}`);
      }
    }
  },
};

/** Whether a stack with such a resource has to be protected. Log groups stay behind by themselves. */
const isStateful = (type: string): boolean => type in stateful && type !== 'AWS::Logs::LogGroup';

export const terminationProtection: Policy = {
  id: 'termination-protection',
  description: 'Stacks that hold data cannot be deleted by mistake. (Known from the manifest; not judged without one.)',
  *check(assembly) {
    for (const template of isDisposable(assembly) ? [] : assembly.templates) {
      if (template.terminationProtection !== false) continue;
      const held = Object.values(template.body.Resources ?? {}).find(({ Type }) => isStateful(Type));
      if (held !== undefined) {
        yield fault(template, '', '', `holds ${held.Type} without termination protection; set terminationProtection`);
      }
    }
  },
};

/** Sections that change what a template means after it was judged. */
const sections = ['Transform', 'Rules', 'Hooks', 'Mappings'];

/** CDK's own: refuses to start where the account was never bootstrapped. */
const bootstrap = 'CheckBootstrapVersion';

export const unconditional: Policy = {
  id: 'unconditional',
  description:
    'What is judged is what is deployed: no conditions, macros, or nested templates that these gates cannot see.',
  *check(assembly) {
    for (const template of assembly.templates) {
      const { body } = template;
      for (const section of sections) {
        const given = body[section];
        if (section === 'Rules' && Object.keys(recordOf(given)).join() === bootstrap) continue;
        if (given !== undefined) yield fault(template, section, '', `got ${section}; decide when synthesizing`);
      }
      for (const condition of Object.keys(body.Conditions ?? {})) {
        if (condition !== 'CDKMetadataAvailable') {
          yield fault(template, 'Conditions', condition, 'got a condition; decide when synthesizing');
        }
      }
    }
    for (const resource of assembly.all) {
      if (resource.type === 'AWS::CDK::Metadata') continue;
      if (resource.body.Condition !== undefined)
        yield resource.fault('Condition', 'may not be made at all; remove the condition');
      if (resource.type === 'AWS::CloudFormation::Stack')
        yield resource.fault('', 'nests a template that is not judged here; use stacks');
      for (const { path, value } of walk(resource.properties)) {
        const call = intrinsicOf(value)?.name;
        if (call === 'Fn::If' || call === 'Fn::Transform')
          yield resource.fault(path, `got ${call}; decide when synthesizing`);
      }
    }
  },
};
