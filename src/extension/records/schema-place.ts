/** The part of JSON Schema that the schemas of records use. */
export type JsonSchema = {
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
};

/** Every schema that may hold at a place; lists are passed through to their items. */
export function schemasAt(root: JsonSchema, keys: readonly string[]): readonly JsonSchema[] {
  return keys.reduce<readonly JsonSchema[]>(
    (found, key) => found.flatMap((schema) => below(schema, key)).flatMap(alternatives),
    alternatives(root),
  );
}

function below(
  { properties = {}, additionalProperties }: JsonSchema,
  key: string,
): readonly JsonSchema[] {
  if (Object.hasOwn(properties, key)) return [properties[key] as JsonSchema];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const choices = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  // What is said of the whole is said of each choice that says nothing of itself.
  return [
    schema,
    ...choices.flatMap((choice) =>
      alternatives(
        choice.description === undefined && schema.description !== undefined
          ? { ...choice, description: schema.description }
          : choice,
      ),
    ),
  ];
}

/** Kinds of records whose ids a place takes, by the pattern of its schema. */
export function idPrefixesOf(schemas: readonly JsonSchema[]): readonly string[] {
  return [
    ...new Set(
      schemas.flatMap(({ pattern }) => /^\^(FB|DR|SL|EV)-/.exec(pattern ?? '')?.[1] ?? []),
    ),
  ];
}
