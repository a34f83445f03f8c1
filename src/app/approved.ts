import { type ApprovedBytes, type ApprovedResult, findApprovals } from '../core/gate/approval.ts';
import { weakness, weakPolicy } from '../core/gate/weaknesses.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { type AuditRequest, audit } from './audit.ts';
import { landedPointers } from './blob-contents.ts';
import { landedUnprotected } from './landed-unprotected.ts';
import { refuseUnsignedRename } from './refuse-unsigned-rename.ts';
import type { Repository } from './repository.ts';
import { storedForm } from './stored-form.ts';

/**
 * Bytes that are asked about: their hex SHA-256, and the file that they were read from, if any, with its absolute path (with
 * `/`) and a way to read it again; null where it is too large to be text.
 */
export type AskedBytes = {
  readonly file: string | null;
  readonly sha256: string;
  readonly place?: { readonly name: string; readonly read: () => Promise<Uint8Array | null> };
};

/** Whether these very bytes are approved, by whom, under which rule and in which landing of the target's history. */
export async function approvedBytes(
  repository: Repository,
  asked: readonly AskedBytes[],
  request: AuditRequest,
): Promise<ApprovedResult> {
  const { result, landings } = await audit(repository, request);
  await refuseUnsignedRename(repository, result);
  const pointers = await landedPointers(repository, landings);
  const isAsked = standsFor(pointers, new Set(asked.map(({ sha256 }) => sha256)));
  const tip = await tipDigests(
    repository,
    result.tip,
    landings
      .flatMap(({ manifests }) => [...manifests.values()].flat())
      .filter(([, , , , now]) => isAsked(now)),
  );
  const found = asked.map(({ file, sha256 }) =>
    findApprovals({ file, sha256 }, landings, {
      pointers,
      standsNow: (path, digest) => tip.get(nameOf(path)) === digest,
    }),
  );
  const unknown = new Set(
    found
      .filter(({ approvals, unapproved }) => approvals.length + unapproved.length === 0)
      .map(({ sha256 }) => sha256),
  );
  const unprotected =
    unknown.size === 0 ? [] : await landedUnprotected(repository, result.landings, unknown);
  const files = found.map((bytes) =>
    unknown.has(bytes.sha256)
      ? {
          ...bytes,
          unapproved: unprotected.flatMap(({ sha256, ...landed }) =>
            sha256 === bytes.sha256 ? [landed] : [],
          ),
        }
      : bytes,
  );
  const explained = await Promise.all(
    files.map((bytes, index) => withCause(repository.git, result.tip, bytes, asked[index]?.place)),
  );
  return {
    schema: 'countersign/approved@1',
    exit: files.every(({ approved }) => approved) ? 0 : 1,
    target: result.target,
    read: result.read,
    tip: result.tip,
    files: explained,
    weak: result.landings.some(({ findings }) => findings.some(({ code }) => code === weakPolicy))
      ? [weakness]
      : [],
  };
}

/** With what changed a file on its way out of git, where its bytes landed nowhere. */
async function withCause(
  git: Repository['git'],
  tip: string,
  bytes: ApprovedBytes,
  place: AskedBytes['place'],
): Promise<ApprovedBytes> {
  if (place === undefined || bytes.approved || bytes.unapproved.length > 0) return bytes;
  const cause = await storedForm(git, tip, { name: place.name, bytes: await place.read() });
  return cause === null ? bytes : { ...bytes, cause };
}

/** Whether a landed file is what is asked about, or its pointer. */
function standsFor(
  pointers: ReadonlyMap<string, string>,
  asked: ReadonlySet<string>,
): (digest: string) => boolean {
  return (digest) => asked.has(digest) || asked.has(pointers.get(digest) ?? '');
}

function nameOf(path: ShownPath): string {
  return JSON.stringify(path);
}

/** Digests at the tip of the files under whose names the bytes once landed. */
async function tipDigests(
  { git }: Repository,
  tip: string,
  rows: readonly (readonly [ShownPath, string, string, string, string])[],
): Promise<ReadonlyMap<string, string>> {
  const paths = [...new Set(rows.flatMap(([path]) => (typeof path === 'string' ? [path] : [])))];
  if (paths.length === 0) return new Map();
  const entries = (await git.list(tip, paths)).filter(({ type }) => type === 'blob');
  const digests = await git.sha256(entries.map(({ oid }) => oid));
  return new Map(
    entries.map(({ path, oid }) => [
      nameOf(path.text ?? { b64: btoa(path.raw) }),
      digests.get(oid) ?? '',
    ]),
  );
}
