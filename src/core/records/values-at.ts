/**
 * All single values at a dotted key, through lists: `trail.code.path` gives the path of every anchor, `targets.0.metric` that
 * of the first target. Maps are left out, and so is what has no value.
 */
export function valuesAt(value: unknown, key: string): readonly unknown[] {
  return leaves(key.split('.').reduce<readonly unknown[]>(step, [value]));
}

function step(found: readonly unknown[], part: string): readonly unknown[] {
  return found.flatMap((inner) => {
    if (Array.isArray(inner) && !/^\d+$/.test(part)) return step(inner as unknown[], part);
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
      ? [(inner as Record<string, unknown>)[part]]
      : [];
  });
}

function leaves(found: readonly unknown[]): readonly unknown[] {
  return found.flatMap((inner) => {
    if (Array.isArray(inner)) return leaves(inner as unknown[]);
    return inner === undefined || inner === null || typeof inner === 'object' ? [] : [inner];
  });
}
