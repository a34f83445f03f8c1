import type { LandedCondition } from '../gate/landed-conditions.ts';
import { type AuditedLanding, isBad, type Landing, type LandingState } from '../gate/landing.ts';
import type { ManifestRow } from '../gate/change-digest.ts';

/** Digests by algorithm, as in-toto writes them. */
type DigestSet = Readonly<Record<string, string>>;

/** An in-toto Statement v1 with a SLSA Verification Summary v1 as its predicate. */
export type VerificationSummary = {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: DigestSet }[];
  readonly predicateType: 'https://slsa.dev/verification_summary/v1';
  readonly predicate: {
    readonly verifier: { readonly id: string; readonly version: Readonly<Record<string, string>> };
    readonly timeVerified: string;
    readonly resourceUri: string;
    readonly policy: { readonly uri: string; readonly digest?: DigestSet };
    readonly inputAttestations: readonly { readonly uri: string; readonly digest: DigestSet }[];
    readonly verificationResult: 'PASSED' | 'FAILED';
    readonly verifiedLevels: readonly string[];
    readonly slsaVersion: '1.1';
    /** On what the approvals were given, and what became of it; absent where on nothing. */
    readonly countersign_conditions?: readonly LandedCondition[];
  };
};

/** Who says so, and of what: the parts of a summary that the repository does not know of itself. */
export type SummaryTerms = {
  readonly verifier: string;
  readonly version: string;
  readonly resource: string;
  readonly target: string;
  /** Digests of pointers of Git LFS, and of the contents that they stand for. */
  readonly pointers: ReadonlyMap<string, string>;
};

/** Words for what the gate found; SLSA leaves all that do not begin with `SLSA_` to whoever verifies. */
const levels: Readonly<Record<LandingState, readonly string[] | null>> = {
  signed: ['COUNTERSIGN_SIGNED'],
  ungoverned: ['COUNTERSIGN_UNGOVERNED'],
  excepted: ['COUNTERSIGN_EXCEPTION'],
  trusted: ['COUNTERSIGN_TRUSTED_POLICY'],
  unsigned: ['FAILED'],
  failed: ['FAILED'],
  undecidable: ['FAILED'],
  // Where no policy stood there is nothing that could have been verified.
  unprotected: null,
};

/**
 * The summary of a landing: the same bytes for the same history, until what the landing promised is overdue. Where an audit
 * must not call it good, it has failed here too. Null where no policy stood that it could be held against.
 */
export function verificationSummary(
  { landing, manifests }: AuditedLanding,
  terms: SummaryTerms,
): VerificationSummary | null {
  const found = levels[landing.state];
  if (found === null) return null;
  const verifiedLevels = [
    ...(isBad(landing) ? ['FAILED'] : found),
    ...(isByForge(landing) ? ['COUNTERSIGN_FORGE_APPROVAL'] : []),
    ...(landing.conditions.some(({ state }) => state !== 'met')
      ? ['COUNTERSIGN_OPEN_CONDITION']
      : []),
  ];
  const policyCommit = landing.policy?.tip ?? landing.from ?? landing.to;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: terms.target, digest: { gitCommit: landing.to } },
      ...subjectFiles([...manifests.values()].flat(), terms.pointers),
    ],
    predicateType: 'https://slsa.dev/verification_summary/v1',
    predicate: {
      verifier: { id: terms.verifier, version: { countersign: terms.version } },
      timeVerified: landing.time,
      resourceUri: terms.resource,
      policy: {
        uri: fileUri(terms.resource, policyCommit, '.countersign/policy.yaml'),
        ...(landing.policy
          ? { digest: { sha256: landing.policy.digest.slice('sha256:'.length) } }
          : {}),
      },
      inputAttestations: attestations(landing).map(({ file, sha256 }) => ({
        uri: fileUri(terms.resource, landing.to, file),
        digest: { sha256 },
      })),
      verificationResult: verifiedLevels[0] === 'FAILED' ? 'FAILED' : 'PASSED',
      verifiedLevels,
      slsaVersion: '1.1',
      ...(landing.conditions.length === 0 ? {} : { countersign_conditions: landing.conditions }),
    },
  };
}

/** Whether a place is filled by somebody whose own key did not sign: weaker, and to be seen by whoever asks for a level. */
function isByForge({ rules, exceptions }: Landing): boolean {
  const all = [
    ...rules.flatMap(({ signatures }) => signatures),
    ...exceptions.flatMap(({ followed_by }) => followed_by),
  ];
  return all.some(({ counted, via }) => counted && via !== null);
}

/**
 * The governed files as they landed, each once, by name; what was deleted is no subject. Where a pointer of Git LFS landed,
 * the name is that of the content, which is what others hold, and the pointer has a subject of its own.
 */
function subjectFiles(
  rows: readonly ManifestRow[],
  pointers: ReadonlyMap<string, string>,
): VerificationSummary['subject'] {
  const files = new Map(
    rows
      .filter(([, , , , now]) => now !== '-')
      .flatMap(([path, , , , now]) => {
        const name = typeof path === 'string' ? path : `base64:${path.b64}`;
        const content = pointers.get(now);
        return content === undefined
          ? [[name, now] as const]
          : [[name, content] as const, [`git-lfs-pointer:${name}`, now] as const];
      }),
  );
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, now]) => ({
      name,
      digest: now.startsWith('gitlink:')
        ? { gitCommit: now.slice('gitlink:'.length) }
        : { sha256: now },
    }));
}

/** Every signed file that the verdict rests on. */
function attestations({
  rules,
  exceptions,
}: Landing): readonly { readonly file: string; readonly sha256: string }[] {
  const all = [...rules.flatMap(({ signatures }) => signatures), ...exceptions];
  return [...new Map(all.map(({ file, sha256 }) => [file, { file, sha256 }])).values()].sort(
    (a, b) => (a.file < b.file ? -1 : 1),
  );
}

function fileUri(resource: string, commit: string, path: string): string {
  return `${resource}@${commit}#${path.split('/').map(encodeURIComponent).join('/')}`;
}
