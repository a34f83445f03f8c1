import { nearestName } from '../core/records/schema/nearest-name.ts';

/** What somebody most likely meant by a path that is not there: a file of that name elsewhere, one of a near path, or one of a near name; null where none is near. */
export function nearPath(path: string, paths: readonly string[]): string | null {
  const name = nameOf(path);
  const near = paths.find((known) => nameOf(known) === name) ?? nearestName(path, paths);
  if (near !== null) return near;
  const named = nearestName(name, new Set(paths.map(nameOf)));
  return named === null ? null : (paths.find((known) => nameOf(known) === named) ?? null);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
