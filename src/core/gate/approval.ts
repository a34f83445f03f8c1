import type { LandedCondition } from './landed-conditions.ts';
import type {
  AuditedLanding,
  LandedEvidence,
  LandedRule,
  LandedSignature,
  Landing,
  LandingState,
} from './landing.ts';
import type { ShownPath } from './raw-path.ts';
import type { ReadBranch } from './read-branch.ts';

/** That a landing brought these very bytes, and who signed them. */
export type Approval = {
  /** Object id of the commit in which they landed. */
  readonly landing: string;
  readonly time: string;
  readonly rule: string;
  readonly digest: string;
  /** The name under which they were approved. */
  readonly path: ShownPath;
  /** Hex SHA-256 of the pointer of Git LFS that was signed in their place; absent where the bytes themselves were. */
  readonly pointer?: string;
  readonly by: readonly LandedSignature[];
  /** What the signatures of the landing list as evidence. */
  readonly evidence: readonly LandedEvidence[];
  /** On what these signatures were given, and what became of it. */
  readonly conditions: readonly LandedCondition[];
  /** Whether they still stand under that name at the target's tip. */
  readonly current: boolean;
};

/** That these bytes landed where nobody's signatures sufficed. */
export type Unapproved = {
  readonly landing: string;
  readonly time: string;
  readonly rule: string | null;
  readonly path: ShownPath;
  readonly state: LandingState;
};

/** Whether some bytes are approved: one item of the JSON of `approved`. */
export type ApprovedBytes = {
  readonly file: string | null;
  readonly sha256: string;
  readonly approved: boolean;
  readonly approvals: readonly Approval[];
  readonly unapproved: readonly Unapproved[];
  /** Why these bytes may not be those that git stores under the name; absent where nothing of the kind is known. */
  readonly cause?: ApprovedCause;
};

/** What changed a file on its way out of git, and how to ask for what git stores. */
export type ApprovedCause = { readonly says: string; readonly fix: string };

/** The JSON of `approved`. */
export type ApprovedResult = {
  readonly schema: 'countersign/approved@1';
  readonly exit: 0 | 1;
  readonly target: string;
  /** Where the target's history was read. */
  readonly read: ReadBranch;
  readonly tip: string;
  readonly files: readonly ApprovedBytes[];
  /** What is weak in the policies under which all this landed. */
  readonly weak: readonly string[];
};

/** What is known of landed files besides the landings. */
export type LandedFiles = {
  /** Digests of pointers of Git LFS, and of the contents that they stand for. */
  readonly pointers: ReadonlyMap<string, string>;
  /** Whether a file of this digest lies at a path at the target's tip. */
  readonly standsNow: (path: ShownPath, sha256: string) => boolean;
};

/**
 * Finds some bytes among what landed. They are approved where a rule that governs them was met by signatures over a
 * digest that names them, or the pointer that stands for them.
 */
export function findApprovals(
  { file, sha256 }: Pick<ApprovedBytes, 'file' | 'sha256'>,
  landings: readonly AuditedLanding[],
  landed: LandedFiles,
): ApprovedBytes {
  const conditions = landings.flatMap(({ landing }) => landing.conditions);
  const found = landings.flatMap((audited) => findIn(audited, sha256, { ...landed, conditions }));
  const approvals = found.flatMap(({ approval }) => approval ?? []);
  return {
    file,
    sha256,
    approved: approvals.length > 0,
    approvals,
    unapproved: found.flatMap(({ unapproved }) => unapproved ?? []),
  };
}

type Found = { readonly approval?: Approval; readonly unapproved?: Unapproved };

type Around = LandedFiles & {
  /** Of all landings: what follows an exception states some, too. */
  readonly conditions: readonly LandedCondition[];
};

function findIn(
  { landing, manifests }: AuditedLanding,
  sha256: string,
  { pointers, standsNow, conditions }: Around,
): readonly Found[] {
  const { to, time, state } = landing;
  return [...manifests].flatMap(([rule, manifest]) =>
    manifest
      .filter(([, , , , now]) => now === sha256 || pointers.get(now) === sha256)
      .map(([path, , , , now]): Found => {
        const judged = landing.rules.find(({ id }) => id === rule);
        if (judged === undefined || !isApproved(landing, judged))
          return { unapproved: { landing: to, time, rule, path, state } };
        const signatures = [...judged.signatures, ...followers(landing, rule)];
        const signed = new Set(signatures.map(({ payload }) => payload));
        return {
          approval: {
            landing: to,
            time,
            rule,
            digest: judged.digest,
            path,
            ...(now === sha256 ? {} : { pointer: now }),
            by: signatures.filter(({ counted }) => counted),
            evidence: judged.evidence,
            conditions: conditions.filter(({ payload }) => signed.has(payload)),
            current: standsNow(path, now),
          },
        };
      }),
  );
}

function followers({ exceptions }: Landing, rule: string): readonly LandedSignature[] {
  const all = exceptions
    .filter((exception) => exception.rule === rule)
    .flatMap(({ followed_by }) => followed_by);
  return [...new Map(all.map((signature) => [signature.file, signature])).values()];
}

/** Whether a rule of a landing was met by people's signatures, at once or after an exception: neither an exception nor a trusted digest is one. */
function isApproved({ state, exceptions }: Landing, judged: LandedRule): boolean {
  const excuses = exceptions.filter(({ rule }) => rule === judged.id);
  if (judged.state === 'excepted')
    return excuses.length > 0 && excuses.every(({ follow_up }) => follow_up === 'done');
  return (
    (state === 'signed' || state === 'excepted' || state === 'trusted') &&
    judged.state === 'met' &&
    judged.signatures.some(({ counted }) => counted)
  );
}
