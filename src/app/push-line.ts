import { CountersignError } from './errors.ts';

/** One line of what git tells pre-push: `<local ref> <local oid> <remote ref> <remote oid>`; an oid of zeros is no commit. */
export type Push = { readonly oid: string; readonly remoteRef: string; readonly remoteOid: string };

/** Reads what git tells a pre-push hook. @throws CountersignError `hook/input` */
export function readPushes(input: string): readonly Push[] {
  return input
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsePush);
}

/** Whether an object id stands for no commit. */
export function isNone(oid: string): boolean {
  return /^0+$/.test(oid);
}

function parsePush(line: string): Push {
  // What is pushed may be an expression with spaces in it; the rest is not.
  const [remoteOid, remoteRef, oid, ...local] = line.trim().split(' ').toReversed();
  if (!oid || !remoteRef || !remoteOid || local.length === 0)
    throw new CountersignError(
      'hook/input',
      'what git told the pre-push hook could not be read',
      'let git run the hook; it is not for running by hand',
    );
  return { oid, remoteRef, remoteOid };
}
