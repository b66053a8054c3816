import type { Template, TemplateBody } from '@healthcare-ai/cloud-policies/core/template';
import { SynthesizedStage } from '../../lib/support/stage.ts';

/** The templates of a stage as the gates load them from its cloud assembly. */
export function templatesOf(name: string, overrides: Readonly<Record<string, unknown>> = {}): Template[] {
  const stage = new SynthesizedStage(name, overrides);
  return Object.entries(stage.templates).map(([id, body]) => ({
    name: id,
    body: body as unknown as TemplateBody,
    stackName: id === 'account' ? 'healthcare-ai-account' : `healthcare-ai-${name}-${id}`,
    terminationProtection: stage.protectedStacks.includes(id),
    account: overrides.account === undefined ? undefined : String(overrides.account),
    region: id === 'backup-copy' ? 'us-west-2' : String(overrides.region ?? 'us-east-1'),
  }));
}
