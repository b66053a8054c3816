import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { Assembly } from './core/assembly.ts';
import type { Policy } from './core/policy.ts';
import type { Template, TemplateBody } from './core/template.ts';
import { evaluate, failing, POLICY_GATE } from './evaluate.ts';

/**
 * Our own policies as a CDK validation plugin: `Validations.of(app).addPlugins(new HealthcarePolicies(policies))`.
 *
 * Each stage is judged as one assembly, so that references between its stacks can be followed.
 */
export class HealthcarePolicies implements IPolicyValidationPlugin {
  readonly name = POLICY_GATE;
  readonly ruleIds: string[];
  private readonly policies: readonly Policy[];

  constructor(policies: readonly Policy[]) {
    this.policies = policies;
    this.ruleIds = policies.map(({ id }) => id);
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const stages = Map.groupBy(context.stackTemplates, ({ stackConstructPath }) =>
      stackConstructPath.split('/').slice(0, -1).join('/'),
    );
    const violations = [...stages.values()].flatMap((stacks) => this.judge(stacks));
    return { success: violations.length === 0, violations };
  }

  private judge(stacks: IPolicyValidationContext['stackTemplates']): PolicyViolation[] {
    const paths = new Map(stacks.map((stack) => [stack.stackConstructPath, stack.templatePath]));
    const templates = stacks.map(
      (stack): Template => ({
        name: stack.stackConstructPath,
        body: JSON.parse(readFileSync(stack.templatePath, 'utf8')) as TemplateBody,
        region: concrete(stack.region),
        account: concrete(stack.accountId),
      }),
    );
    return failing(evaluate(new Assembly(templates), this.policies)).map((finding) => ({
      ruleName: finding.rule,
      description: `${finding.template === '' ? '' : `${basename(finding.template)} `}${finding.resource}: ${finding.message}`,
      severity: finding.severity,
      violatingResources: [
        {
          resourceLogicalId: finding.resource,
          templatePath: paths.get(finding.template),
          locations: finding.property === '' ? [] : [`Properties/${finding.property.replaceAll('.', '/')}`],
        },
      ],
    }));
  }
}

/** A region or account that is known when synthesizing. */
const concrete = (text: string | undefined): string | undefined =>
  text === undefined || text.includes('$') || text.startsWith('unknown') ? undefined : text;
