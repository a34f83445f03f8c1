import { shellWord } from '../core/render/shell-word.ts';
import type { ChangeSource } from './change.ts';
import type { Refs } from './refs.ts';
import { tipName, trackingRef } from './revisions.ts';
import type { RuledChange } from './ruled-change.ts';

/**
 * The options by which whoever reads a verdict names the same change to `sign`, in their own clone and on the branch that
 * was judged: a hook and a CI job name commits by ids that nobody wants to type. A base is named by a branch only where that
 * stands at the commit that was judged against: another base is another change. Empty for what is staged.
 */
export function namedChange(
  source: ChangeSource,
  {
    change: { refs, target },
    branch,
  }: { readonly change: Pick<RuledChange['change'], 'refs' | 'target'> } & Pick<
    RuledChange,
    'branch'
  >,
): string {
  if (source.kind === 'staged') return '';
  const from = baseName(source.from, refs, target);
  const range = `--range ${shellWord(`${from}...${isObjectId(source.to) ? 'HEAD' : source.to}`)}`;
  return target === branch.ref && branch.by !== 'push'
    ? range
    : `${range} --target ${shellWord(target.slice('refs/heads/'.length))}`;
}

/** What another clone may have, too: the remote's branch goes before the local one. */
function baseName(from: string, refs: Refs, target: string): string {
  const there = refs.branches.get(trackingRef(refs, target) ?? '');
  const here = refs.branches.get(target);
  if (isObjectId(from)) return from === (there ?? here) ? tipName(refs, target) : from;
  return `refs/heads/${from}` === target && there !== undefined && here === there
    ? tipName(refs, target)
    : from;
}

function isObjectId(name: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}
