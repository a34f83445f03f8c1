/** What a push to a ref of a remote does. */
export type PushedRef =
  /** Moves a branch. `name` is short. */
  | { readonly kind: 'branch'; readonly name: string }
  /**
   * Sends a change to review for a branch, or lands it there at once. `names` are what the branch may be called, the longest
   * first: some servers take a topic after it.
   */
  | { readonly kind: 'review'; readonly names: readonly string[]; readonly lands: boolean }
  /** Neither moves a branch nor is for one: a tag, a note. */
  | { readonly kind: 'aside' }
  | { readonly kind: 'unknown' };

/** Where Gerrit, and servers that took its way over, expect changes for review. */
const reviewPrefixes = ['refs/for/', 'refs/drafts/', 'refs/draft/', 'refs/for-review/'] as const;

const asidePrefixes = ['refs/tags/', 'refs/notes/', 'refs/lfs/', 'refs/exps/'] as const;

/** Reads the full name of a ref at a remote. */
export function pushedRef(ref: string): PushedRef {
  if (ref.startsWith('refs/heads/')) return { kind: 'branch', name: ref.slice(11) };
  const review = reviewPrefixes.find((prefix) => ref.startsWith(prefix));
  if (review === undefined)
    return { kind: asidePrefixes.some((prefix) => ref.startsWith(prefix)) ? 'aside' : 'unknown' };
  const [path = '', options = ''] = ref.slice(review.length).split('%');
  const parts = path.replace(/^refs\/heads\//, '').split('/');
  return {
    kind: 'review',
    names: parts.map((_, index) => parts.slice(0, parts.length - index).join('/')),
    lands: options.split(',').includes('submit'),
  };
}
