import * as z from 'zod';
import type { YamlPath } from '../yaml/yaml-source.ts';

/** The keys that a schema knows in the map at a path, of all the forms that may stand there. */
export function knownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  return [
    ...new Set(
      formsAt(schema, path).flatMap((form) =>
        form instanceof z.ZodObject ? Object.keys(form.shape) : [],
      ),
    ),
  ];
}

/** Whether a schema lets something stand at a path: a key that it knows, or one of a map that takes any. */
export function mayStand(schema: z.ZodType, path: YamlPath): boolean {
  return formsAt(schema, path).length > 0;
}

/** Whether a schema lets this value stand at a path. */
export function fits(schema: z.ZodType, path: YamlPath, value: unknown): boolean {
  return formsAt(schema, path).some((form) => z.safeParse(form, value).success);
}

/** All values that a schema lets stand at a path, or in the list there; null where they are no closed set. */
export function closedValues(schema: z.ZodType, path: YamlPath): readonly string[] | null {
  const found = formsAt(schema, path)
    .flatMap((form) => (form instanceof z.ZodArray ? forms(form.element) : [form]))
    .map(valuesOf);
  return found.length === 0 || found.includes(null)
    ? null
    : [...new Set(found.flatMap((values) => values ?? []))];
}

function valuesOf(form: z.core.$ZodType): readonly string[] | null {
  if (form instanceof z.ZodEnum) return form.options.map(String);
  if (form instanceof z.ZodLiteral) return [...form.values].map(String);
  return form instanceof z.ZodBoolean ? ['true', 'false'] : null;
}

function formsAt(schema: z.ZodType, path: YamlPath): readonly z.core.$ZodType[] {
  const schemas = path.reduce<readonly z.core.$ZodType[]>(
    (found, step) => found.flatMap((inner) => forms(inner)).flatMap((inner) => below(inner, step)),
    [schema],
  );
  return schemas.flatMap(forms);
}

/** A schema without its wrappers; each branch of a union. */
function forms(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => forms(option));
  return [schema];
}

function below(schema: z.core.$ZodType, step: string | number): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const inner: unknown = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
    return inner === undefined ? [] : [inner as z.core.$ZodType];
  }
  if (schema instanceof z.ZodArray) {
    // A key is one of the items': lists have indexes.
    return /^\d+$/.test(String(step))
      ? [schema.element]
      : forms(schema.element).flatMap((item) => below(item, step));
  }
  if (schema instanceof z.ZodTuple) return [schema.def.items[Number(step)] ?? []].flat();
  return schema instanceof z.ZodRecord ? [schema.valueType] : [];
}
