import type { WrittenCommit } from './read-history.ts';
import type { Terms } from './read-policy.ts';
import { isSignature, keyOf } from './read-signed.ts';

/** The person whose key signed a commit, as keys stand at a time; null where no known person's did. */
export async function signerOf(
  { text }: WrittenCommit,
  { policy, keys, revoked }: Terms,
  more: ReadonlySet<string>,
  now: Date,
): Promise<string | null> {
  const header = /^gpgsig (-----BEGIN SSH SIGNATURE-----\n(?: .*\n)+)/m.exec(text);
  if (header === null) return null;
  const signature = (header[1] ?? '').replace(/^ /gm, '');
  const blob = keyOf(signature);
  const key = keys.get(blob);
  if (
    key === undefined ||
    !key.namespaces.includes('git') ||
    revoked.has(blob) ||
    more.has(blob) ||
    now.getTime() < key.after ||
    now.getTime() > key.before
  )
    return null;
  if (!(await isSignature(text.replace(header[0], ''), signature, 'git'))) return null;
  return (
    Object.entries(policy.people).find(([, { principals }]) =>
      principals?.includes(key.principal),
    )?.[0] ?? null
  );
}
