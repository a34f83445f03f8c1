import * as z from 'zod';
import type { YamlPath } from '../yaml/yaml-source.ts';

/** The keys that a schema knows in the map at a path, of all the forms that may stand there. */
export function knownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  return [...new Set(formsAt(schema, path).flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : [])))];
}

/** Whether a schema lets something stand at a path: a key that it knows, or one of a map that takes any. */
export function mayStand(schema: z.ZodType, path: YamlPath): boolean {
  return formsAt(schema, path).length > 0;
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
  if (schema instanceof z.ZodArray) return [schema.element];
  return schema instanceof z.ZodRecord ? [schema.valueType] : [];
}
