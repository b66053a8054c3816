import { isRecord, listOf, recordOf, type Template, type Value } from './template.ts';

/** Where a template lists what exists outside the deployment. */
export const ELSEWHERE = 'HealthcareAI::Elsewhere';

/** A resource that the deployment relies on and does not make. */
export interface Elsewhere {
  readonly type: string;

  /** Physical id; absent for what an account has once. */
  readonly id?: string;

  /** Setting that declares it. */
  readonly setting: string;

  /** What the configuration knows about it, named as CloudFormation names its properties. */
  readonly properties?: { readonly [name: string]: Value };
}

/** The declarations of a template. */
export function elsewhereIn(template: Template): Elsewhere[] {
  const { Metadata: metadata } = template.body as { readonly Metadata?: Value };
  return listOf(recordOf(metadata)[ELSEWHERE]).flatMap((item) =>
    isRecord(item)
      ? [
          {
            type: String(item.type),
            id: item.id === undefined ? undefined : String(item.id),
            setting: String(item.setting),
            properties: isRecord(item.properties) ? item.properties : undefined,
          },
        ]
      : [],
  );
}
