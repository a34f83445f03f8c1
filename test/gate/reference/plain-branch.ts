import type { DrawnClone, Named } from '../drawn/drawn-clone.ts';

/** Where the policy is read, or null where nothing decides it. Of a clone of one branch name there is one answer for every command. */
export type PlainBranch = {
  readonly remote: string | null;
  readonly branch: string;
  readonly named: Named;
} | null;

const usual = ['main', 'master'];

/** Reads the page about the policy branch: which remote, which branch of it, and whether any policy that is here says otherwise. */
export function plainBranch(clone: DrawnClone): PlainBranch {
  const remote = plainRemote(clone);
  if (remote === undefined) return null;
  const there = remote === null ? new Map<string, Named>() : clone.remotes.get(remote);
  const has = (name: string): boolean => there?.has(name) === true || clone.local.has(name);
  const at = (name: string): Named =>
    (there?.has(name) ? there.get(name) : clone.local.get(name)) ?? null;
  const setting = clone.settings.get('countersign.target');
  const head = remote === null ? undefined : clone.heads.get(remote);
  if (setting === undefined && head !== undefined && there?.has(head) !== true) return null;
  const branch = setting ?? head ?? usual.find(has);
  if (branch === undefined || !has(branch)) return null;
  const own = at(branch);
  const settled = { remote, branch, named: own };
  if (own !== null && own !== branch) return null;
  if (setting !== undefined) return settled;
  const others = usual.filter((name) => name !== branch && has(name));
  if (head !== undefined)
    return own === null && others.some((name) => at(name) === name) ? null : settled;
  // A guess: every other branch of a usual name must say the same.
  if (others.some((name) => at(name) !== branch)) return null;
  const guessedWell = own !== null && (remote === null || there?.has(branch) === true);
  const rivals = [...(there ?? clone.local).keys()].filter((name) => name !== branch);
  return guessedWell || rivals.every((name) => at(name) !== name) ? settled : null;
}

/** The remote, null where the clone has none that counts, undefined where nothing says which. */
function plainRemote({ remotes, heads, settings, current }: DrawnClone): string | null | undefined {
  const set = settings.get('countersign.remote');
  if (set !== undefined) return remotes.has(set) ? set : undefined;
  const target = settings.get('countersign.target');
  const holds = (name: string): boolean =>
    heads.has(name) ||
    [...usual, ...(target === undefined ? [] : [target])].some((branch) =>
      remotes.get(name)?.has(branch),
    );
  const pushed = [
    settings.get(`branch.${current}.pushRemote`),
    settings.get('remote.pushDefault'),
    settings.get(`branch.${current}.remote`),
    'origin',
    ...(remotes.size === 1 ? remotes.keys() : []),
  ].filter((name): name is string => name !== undefined && remotes.has(name));
  const wanted = pushed.find(holds) ?? pushed[0];
  if (wanted !== undefined) return wanted;
  const able = [...remotes.keys()].filter(holds);
  const cloned = able.filter((name) => heads.has(name));
  const left = cloned.length > 0 ? cloned : able;
  return left.length > 1 ? undefined : (left[0] ?? null);
}
