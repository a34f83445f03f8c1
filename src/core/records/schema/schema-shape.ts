import * as z from 'zod';
import type { YamlPath } from '../yaml/yaml-source.ts';

/** The keys that a schema knows in the map at a path, of all the forms that may stand there. */
export function knownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  const schemas = path.reduce<readonly z.core.$ZodType[]>(
    (found, step) => found.flatMap((inner) => forms(inner)).flatMap((inner) => below(inner, step)),
    [schema],
  );
  return [...new Set(schemas.flatMap(forms).flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : [])))];
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
