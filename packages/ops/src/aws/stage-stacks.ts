import { ACCOUNT_STACK } from '@healthcare-ai/lib/config/names';
import type { OpsContext } from '../context.ts';

/** A stack that a stage can have. */
export interface StageStack {
  readonly name: string;
  readonly region: string;
}

/** The stacks of a stage, each before those that it reads from. */
export function stageStacks({ config, names, region }: Pick<OpsContext, 'config' | 'names' | 'region'>): StageStack[] {
  const { copyRegion } = config.backup;
  const here = (part: string): StageStack => ({ name: `${names.base}-${part}`, region });
  return [
    ...['monitoring', 'service', 'tasks', 'database', 'registry', 'network'].map(here),
    ...(config.accountBaseline.owned ? [{ name: ACCOUNT_STACK, region }] : []),
    ...(copyRegion === undefined ? [] : [{ name: `${names.base}-backup-copy`, region: copyRegion }]),
    here('audit'),
  ];
}
