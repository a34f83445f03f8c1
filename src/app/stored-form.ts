import type { ApprovedCause } from '../core/gate/approval.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { pointedDigest } from '../core/gate/lfs-pointer.ts';
import type { Git } from './ports.ts';

/** Bytes; larger files are no text whose line ends git would change. */
const largest = 64 * 1024 * 1024;

/** Settings by which a checkout differs from what git stores, in the order in which they are told. */
const changing: readonly (readonly [attribute: string, why: string])[] = [
  ['working-tree-encoding', 'git stores it in UTF-8, and a checkout has another encoding'],
  ['ident', 'git writes the name of the blob into a checkout'],
  ['export-subst', 'git writes facts of the commit into it in an archive'],
  ['filter', 'a filter can make something else of it in a checkout'],
];

/**
 * Why the bytes of a file are not those that git stores under its name, where git itself or a tool beside it changed them on
 * their way; null where nothing of the kind is known.
 *
 * @param name absolute path of the file, with `/`; the longest end of it that the tree has is taken for its name
 */
export async function storedForm(
  git: Git,
  tip: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array | null },
): Promise<ApprovedCause | null> {
  const entries = (await git.list(tip, [])).filter(({ type }) => type === 'blob');
  const ends = (path: string | null, more = ''): boolean =>
    path !== null && `/${name}${more}`.endsWith(`/${path}`);
  const longest = (more = '') =>
    entries
      .filter(({ path }) => ends(path.text, more))
      .sort((a, b) => (b.path.text as string).length - (a.path.text as string).length)[0];
  const entry = longest();
  if (entry === undefined) {
    const dvc = longest('.dvc')?.path.text ?? null;
    return dvc === null
      ? null
      : {
          says: `${dvc} names it by its MD5 alone, and nothing is compared by MD5: what people sign is ${dvc}`,
          fix: `countersign approved ${shellWord(dvc)}`,
        };
  }
  const path = entry.path.text as string;
  const stored = (await git.objects([entry.oid], largest)).get(entry.oid)?.bytes;
  // What differs from a pointer of Git LFS differs from its content too: that is no change of git's.
  if (stored === undefined || bytes === null || pointedDigest(stored) !== null) return null;
  if (sha256Hex(bytes) === sha256Hex(stored)) return null;
  const why = sameButLineEnds(bytes, stored)
    ? 'it ends its lines in CRLF here, and git stores it with LF'
    : await attributeReason(git, path);
  if (why === null) return null;
  return {
    says: `${path}: ${why}`,
    fix: `git cat-file blob ${entry.oid} | sha256sum shows the digest of what git stores; countersign approved sha256:${sha256Hex(stored)} says whether it is approved`,
  };
}

function sameButLineEnds(bytes: Uint8Array, stored: Uint8Array): boolean {
  const text = (raw: Uint8Array): string => new TextDecoder('latin1').decode(raw);
  const here = text(bytes);
  return (
    here.includes('\r\n') && here.replaceAll('\r\n', '\n') === text(stored).replaceAll('\r\n', '\n')
  );
}

async function attributeReason(git: Git, path: string): Promise<string | null> {
  const out = await git.run([
    'check-attr',
    '-z',
    '--cached',
    ...changing.map(([attribute]) => attribute),
    '--',
    path,
  ]);
  const parts = new TextDecoder().decode(out.stdout).split('\0');
  for (const [attribute, why] of changing) {
    const at = parts.indexOf(attribute);
    const value = at < 0 ? 'unspecified' : parts[at + 1];
    if (value !== 'unspecified' && value !== 'unset')
      return `${why} (${attribute} in .gitattributes)`;
  }
  return null;
}
