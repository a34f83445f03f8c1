/**
 * The JSON documents of the commands: `media/schemas/output/` is made from these schemas by `node scripts/schemas.ts`.
 * Where the program has a type for what it prints, the two are held equal, key for key: a difference does not compile.
 */
import type * as z from 'zod';
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
import { approvalDocuments } from './outputs/approval-documents.ts';
import { checkDocuments } from './outputs/check-documents.ts';
import { landingDocuments } from './outputs/landing-documents.ts';
import { policyTrialDocuments } from './outputs/policy-trial-documents.ts';
import { reportDocuments } from './outputs/report-documents.ts';
import { resultDocuments } from './outputs/result-documents.ts';
import { setupDocuments } from './outputs/setup-documents.ts';
import { trailDocuments } from './outputs/trail-documents.ts';
import { workDocuments } from './outputs/work-documents.ts';

const documents = {
  ...approvalDocuments,
  ...checkDocuments,
  ...landingDocuments,
  ...policyTrialDocuments,
  ...reportDocuments,
  ...resultDocuments,
  ...setupDocuments,
  ...trailDocuments,
  ...workDocuments,
} as const;

/** What the program has a type for; what only a command writes is described by its schema alone. */
type Printed = {
  readonly anchors: {
    readonly anchors: readonly (FollowedAnchor & { readonly record: string; readonly n: number })[];
  };
  readonly approved: ApprovedResult;
  readonly audit: AuditResult;
  readonly check: CheckResult;
  readonly digest: DigestResult;
  readonly doctor: { readonly checks: readonly Diagnosis[] };
  readonly 'evaluate-verify': {
    readonly same: boolean;
    readonly verdict: EvaluationVerdict;
    readonly stored: EvaluationVerdict;
    readonly difference?: { readonly at: string; readonly stored: string; readonly now: string };
  };
  readonly 'export-vsa': { readonly statements: readonly VerificationSummary[] };
  readonly hook: { readonly hooks: readonly (HookState & { readonly fires: boolean })[] };
  readonly 'hook-run': { readonly checks: readonly CheckResult[] };
  readonly inbox: Inbox;
  readonly index: AnchoredStats;
  readonly init: InitResult;
  readonly new: NewlyMade;
  readonly 'policy-try': PolicyTrial;
  readonly report: Report | { readonly reports: readonly Report[] };
  readonly result: EvaluationResult;
  readonly show: Omit<z.infer<Documents['show']>, 'links' | 'linked_from' | 'signoffs'> & {
    readonly links: readonly ShownLink[];
    readonly linked_from: readonly ShownLink[];
    readonly signoffs: readonly SignoffStanding[];
  };
  readonly trail: {
    readonly trail: TrailStep;
    readonly unreadable: readonly string[];
    readonly signoffs: readonly SignoffStanding[];
  };
  readonly triage: TriageResult;
  readonly verify: Verified & { readonly weak: readonly string[] };
};

type Documents = typeof documents;

/** A type as JSON tells it: what may be `undefined` may be absent, and nothing is said of what may be written to. */
type Plain<Type> = Type extends readonly unknown[]
  ? { -readonly [Key in keyof Type]: Plain<Type[Key]> }
  : Type extends object
    ? Flat<
        {
          -readonly [Key in keyof Type as undefined extends Type[Key] ? never : Key]: Plain<
            Type[Key]
          >;
        } & {
          -readonly [Key in keyof Type as undefined extends Type[Key] ? Key : never]?: Plain<
            Exclude<Type[Key], undefined>
          >;
        }
      >
    : Type;

type Flat<Type> = { [Key in keyof Type]: Type[Key] };

type Same<A, B> =
  (<Type>() => Type extends A ? 1 : 2) extends <Type>() => Type extends B ? 1 : 2 ? true : false;

/** Each schema, and none where it says something else than the type of what is printed. */
type Held = {
  readonly [Name in keyof Documents]: Name extends keyof Printed
    ? Same<Plain<z.infer<Documents[Name]>>, Plain<Printed[Name]>> extends true
      ? z.ZodType
      : never
    : z.ZodType;
};

/** The schemas, by name. Where this does not compile, the message names the document that differs from its type. */
export const outputDocuments: Held = documents;
