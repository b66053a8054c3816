import type * as z from 'zod';
import { environment, fileSettings } from './environment.ts';

/** A setting, as documented. */
export interface SettingDescription {
  readonly name: string;
  readonly description: string;
  /** In Markdown; a dash where the setting has none. */
  readonly default: string;
  readonly secret: boolean;
  /** Whether NAME_FILE may give it. */
  readonly file: boolean;
}

/** Every environment variable that the service reads, in the order of the schema. */
export function describeSettings(): SettingDescription[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const meta = (schema as z.ZodType).meta() ?? {};
    const fallback = (schema as z.ZodType).safeParse(undefined);
    const value = fallback.success && fallback.data !== undefined ? `\`${String(fallback.data)}\`` : '–';
    return {
      name,
      description: String(meta.description ?? ''),
      default: String(meta.shown ?? value),
      secret: meta.secret === true,
      file: (fileSettings as readonly string[]).includes(name),
    };
  });
}

/** The table of docs/configuration.md. */
export function settingsTable(): string {
  const rows = describeSettings().map(
    ({ name, description, default: value, secret, file }) =>
      `| \`${name}\`${file ? ` or \`${name}_FILE\`` : ''} | ${value} | ${description}${secret ? ' **Secret.**' : ''} |`,
  );
  return ['| variable | default | what it is |', '| --- | --- | --- |', ...rows].join('\n');
}
