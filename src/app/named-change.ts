import { shellWord } from '../core/render/shell-word.ts';
import type { Change, ChangeSource } from './change.ts';
import { defaultTarget, tipName } from './revisions.ts';

/**
 * The options by which whoever reads a verdict names the same change to `sign`, in their own clone and on the branch that
 * was judged: a hook and a CI job name commits by ids that nobody wants to type. Empty for what is staged.
 */
export function namedChange(
  source: ChangeSource,
  { refs, target }: Pick<Change, 'refs' | 'target'>,
): string {
  if (source.kind === 'staged') return '';
  const from =
    isObjectId(source.from) || isTipHere(source.from, { refs, target })
      ? tipName(refs, target)
      : source.from;
  const range = `--range ${shellWord(`${from}...${isObjectId(source.to) ? 'HEAD' : source.to}`)}`;
  return target === usualTarget(refs)
    ? range
    : `${range} --target ${shellWord(target.slice('refs/heads/'.length))}`;
}

/** Whether a name is the target's own branch, and stands here where it does at origin: another clone may only have that one. */
function isTipHere(
  name: string,
  { refs: { branches }, target }: Pick<Change, 'refs' | 'target'>,
): boolean {
  return (
    `refs/heads/${name}` === target &&
    branches.get(target) === branches.get(target.replace('refs/heads/', 'refs/remotes/origin/'))
  );
}

/** Null where nothing says which branch is meant if nobody names one. */
function usualTarget(refs: Change['refs']): string | null {
  try {
    return defaultTarget(refs).ref;
  } catch {
    return null;
  }
}

function isObjectId(name: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}
