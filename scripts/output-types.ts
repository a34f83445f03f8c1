/**
 * The JSON documents of the commands: the name of each type is the name of its schema. `media/schemas/output/` is made from
 * these by `node scripts/schemas.ts`; what a library of schemas describes already is made from that, in `output-schemas.ts`.
 */
import type { DigestResult } from '../src/app/digest.ts';
import type { Diagnosis } from '../src/app/diagnosis.ts';
import type { NewlyMade } from '../src/app/new.ts';
import type { AnchoredStats } from '../src/app/index-with-anchors.ts';
import type { InitResult } from '../src/app/init.ts';
import type { ShownLink } from '../src/app/show.ts';
import type { PolicyTrial } from '../src/core/gate/policy-trial.ts';
import type { SignoffStanding } from '../src/app/signoff-standing.ts';
import type { TriageResult } from '../src/app/triage.ts';
import type { Verified } from '../src/app/verify.ts';
import type { ApprovedResult } from '../src/core/gate/approval.ts';
import type { AuditResult } from '../src/core/gate/audit-result.ts';
import type { CheckResult } from '../src/core/gate/check-result.ts';
import type { TrailStep } from '../src/core/graph/trail-tree.ts';
import type { Inbox } from '../src/core/inbox/inbox-item.ts';
import type { VerificationSummary } from '../src/core/render/vsa.ts';
import type { Report } from '../src/core/reports/report.ts';
import type { EvaluationResult, EvaluationVerdict } from '../src/core/reports/result.ts';
import type { FollowedAnchor } from '../src/core/trails/followed-anchor.ts';
import type { HookState } from '../src/node/hooks.ts';

/** A record as it stands in its file, and its path. */
type ListedRecord = { readonly id: string; readonly path: string; readonly [key: string]: unknown };

/** An anchor, the record in which it stands, and its place in it, from 1. */
type ListedAnchor = FollowedAnchor & { readonly record: string; readonly n: number };

/** What was signed: the schema `signoff-payload` describes it. */
type SignedFile = { readonly path: string; readonly payload: Readonly<Record<string, unknown>> };

/** A thread on a record, in short. */
type ShortThread = {
  readonly id: string;
  readonly state: string;
  readonly type: string;
  readonly severity: string | null;
  readonly due: string | null;
  readonly path: string;
  readonly title: string;
  readonly comments: number;
};

/** A record with its links both ways. */
type ShortRecord = {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly record: unknown;
  readonly links: readonly ShownLink[];
  readonly linked_from: readonly ShownLink[];
  readonly threads: readonly ShortThread[];
  readonly signoffs: readonly SignoffStanding[];
};

/** An event of a review as it was written. */
type ReviewEvent = {
  readonly thread: string;
  readonly record: string;
  readonly event: string;
  readonly path: string;
  readonly type: string;
};

/** The commands whose JSON has a schema made from a type. */
export type Outputs = {
  readonly anchors: { readonly anchors: readonly ListedAnchor[] };
  readonly approved: ApprovedResult;
  readonly audit: AuditResult;
  readonly check: CheckResult;
  readonly digest: DigestResult;
  readonly 'digest-trust-root': { readonly trust_root: string; readonly lands: string };
  readonly doctor: { readonly checks: readonly Diagnosis[] };
  readonly 'evaluate-verify': {
    readonly same: boolean;
    readonly verdict: EvaluationVerdict;
    readonly stored: EvaluationVerdict;
    /** The first place where the two say something else. */
    readonly difference?: { readonly at: string; readonly stored: string; readonly now: string };
  };
  readonly 'export-vsa': { readonly statements: readonly VerificationSummary[] };
  readonly hook: { readonly hooks: readonly (HookState & { readonly fires: boolean })[] };
  readonly 'hook-run': { readonly checks: readonly CheckResult[] };
  readonly inbox: Inbox;
  readonly index: AnchoredStats;
  readonly init: InitResult;
  readonly list: {
    readonly records: readonly ListedRecord[];
    readonly total: number;
    readonly unreadable: readonly string[];
  };
  readonly new: NewlyMade;
  readonly 'policy-try': PolicyTrial;
  readonly report: Report | { readonly reports: readonly Report[] };
  readonly result: EvaluationResult;
  readonly 'review-event': ReviewEvent;
  readonly show: ShortRecord;
  readonly sign: { readonly signoffs: readonly SignedFile[]; readonly weak: readonly string[] };
  readonly 'sign-print': {
    readonly signoffs: readonly { readonly path: string; readonly text: string }[];
    readonly weak: readonly string[];
  };
  readonly trail: {
    readonly trail: TrailStep;
    readonly unreadable: readonly string[];
    readonly signoffs: readonly SignoffStanding[];
  };
  readonly triage: TriageResult;
  readonly verify: Verified & { readonly weak: readonly string[] };
};
