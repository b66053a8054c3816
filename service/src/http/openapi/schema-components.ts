import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Requests are described as clients write them, responses as the service writes them: defaults differ. */
export type Direction = 'input' | 'output';

/**
 * Turns zod schemas into the JSON Schema of OpenAPI 3.1 (draft 2020-12). A schema with an id (`.meta({ id: 'Note' })`)
 * becomes a component of that name, and is referred to.
 */
export class SchemaComponents {
  readonly #components = new Map<string, JsonSchema>();

  /**
   * @throws Error when two different schemas claim one id: also when one schema differs as request and as response
   */
  convert(schema: z.ZodType, direction: Direction): JsonSchema {
    const {
      $schema: _,
      $defs,
      ...converted
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: direction,
      override: ({ jsonSchema }) => simplify(jsonSchema, direction),
    });
    for (const [id, component] of Object.entries($defs ?? {}))
      this.#add(id, referToComponents(component) as JsonSchema);
    return referToComponents(converted) as JsonSchema;
  }

  /** Every component so far, by id. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #add(id: string, component: JsonSchema): void {
    const known = this.#components.get(id);
    if (known !== undefined && !isDeepStrictEqual(known, component)) {
      throw new Error(`Two different schemas have the id ${id}: give the request and the response ids of their own.`);
    }
    this.#components.set(id, component);
  }
}

function simplify(schema: JsonSchema, direction: Direction): void {
  // A format replaces zod's pattern of hundreds of characters.
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // Generators of clients take a member with a default for one that is always there, and then demand it in requests.
  if (direction === 'input' && schema.default !== undefined) {
    const words = `Default: \`${JSON.stringify(schema.default)}\`.`;
    schema.description = schema.description === undefined ? words : `${schema.description} ${words}`;
    delete schema.default;
  }
  // A later version may answer with more members: clients must not refuse them.
  if (direction === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}

function referToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace(/^#\/\$defs\//, '#/components/schemas/')
        : referToComponents(inner),
    ]),
  );
}
