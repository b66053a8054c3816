import { contract } from '@healthcare-ai/contract';
import { buildOpenApi } from '../service/src/http/openapi/build-openapi.ts';
import { SchemaComponents } from '../service/src/http/openapi/schema-components.ts';
import { describeRoutes } from '../service/src/http/routes/descriptions.ts';
import { protectedRoutes } from '../service/src/http/routes/index.ts';
import { pageSchemas } from '../service/src/http/schemas/session.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** The types of the API for the page, from the schemas of the OpenAPI document and those of the page's own routes. */
export function apiTypes(): string {
  // The handlers are not called, so what they depend on need not be there.
  const routes = protectedRoutes({ maxNoteLength: contract.maxNoteLength } as Parameters<typeof protectedRoutes>[0]);
  const document = buildOpenApi({ routes: describeRoutes(routes), version: '0.0.0' });
  const { schemas } = (document as unknown as { components: { schemas: Record<string, Schema> } }).components;
  const ofPage = new SchemaComponents();
  for (const schema of pageSchemas) ofPage.convert(schema, 'output');
  const types = Object.entries({ ...schemas, ...(ofPage.all() as Record<string, Schema>) }).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};\n`,
  );
  return `// Written by \`npm run docs\` from the schemas of the service. Do not edit.\n\n${types.join('\n')}`;
}

function typeOf(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)!;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternatives.map((one) => typeOf(one, indent)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'array': {
      const items = typeOf(schema.items ?? {}, indent);
      return items.includes(' ') && !items.startsWith('{') ? `readonly (${items})[]` : `readonly ${items}[]`;
    }
    case 'object':
      return schema.properties === undefined ? recordOf(schema, indent) : membersOf(schema, indent);
    default:
      return 'unknown';
  }
}

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

const recordOf = ({ additionalProperties }: Schema, indent: string): string =>
  `Readonly<Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'}>>`;

function membersOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(([name, member]) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : `'${name}'`;
    return `${deeper}readonly ${key}${required.includes(name) ? '' : '?'}: ${typeOf(member, deeper)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}
