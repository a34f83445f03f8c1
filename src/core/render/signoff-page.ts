import * as z from 'zod';

/**
 * What the sign-off form and the program around it say to each other: whole snapshots, told apart by `kind`.
 * Every text may come from a repository and is shown as text.
 */

const text = z.string();

const signoffAnswer = z
  .object({
    answer: z.enum(['yes', 'no', 'not-applicable']),
    note: text.exactOptional(),
  })
  .readonly();

export type SignoffAnswer = z.infer<typeof signoffAnswer>;

/** One sign-off that waits for the person at the machine. */
export type SignoffDraft = {
  readonly rule: string;
  readonly person: string;
  readonly role: string;
  /** Names the change that the person reads; a signature over any other is refused. */
  readonly digest: string;
  /** In one sentence: what the signature will mean. */
  readonly meaning: string;
  /** What would land. `moved`: since this person last signed. */
  readonly files: readonly { readonly path: string; readonly moved: boolean }[];
  /** Whether this person signed an earlier state of this change; then what moved since is shown apart. */
  readonly before: boolean;
  /** Whether this person's signature counts for these very bytes already. */
  readonly signed: boolean;
  readonly decisions: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: string;
    readonly risk: string;
  }[];
  readonly feedback: readonly { readonly id: string; readonly title: string | null }[];
  /** What was measured on this very code, in one sentence each. */
  readonly results: readonly {
    readonly evaluation: string;
    readonly verdict: string;
    readonly why: string;
    /** What each target came to, the worst first. */
    readonly targets: readonly string[];
    /** Data that nothing in git says anything of. */
    readonly unverified: readonly string[];
    /** An earlier result, of other code, on the very same bytes. */
    readonly sameAs: string | null;
  }[];
  /** Records by which the change itself says what is measured, or what is good enough. */
  readonly plans: readonly { readonly evaluation: string; readonly path: string }[];
  /** What is still open in the reviews of the decisions and of their evaluations, a line for each record. */
  readonly reviews: readonly string[];
  /** Files that the signature lists, with the SHA-256 of their bytes in hex. */
  readonly evidence: readonly { readonly path: string; readonly sha256: string }[];
  readonly items: readonly {
    readonly id: string;
    readonly ask: string;
    readonly must: boolean;
    readonly evidence: string | null;
  }[];
  /** Answers of an earlier approval that still answer what is asked. */
  readonly earlier: Readonly<Record<string, SignoffAnswer>>;
  /** E-mails of authors whom nobody knows, and for whom this person may vouch. */
  readonly strangers: readonly string[];
  /** Open conditions of earlier approvals that this person may close. */
  readonly promises: readonly {
    readonly text: string;
    readonly owner: string;
    readonly due: string;
    readonly overdue: boolean;
  }[];
};

/** Words of the page, in the language of the editor. */
export type SignoffWords = Readonly<
  Record<
    | 'heading'
    | 'as'
    | 'why'
    | 'noDecision'
    | 'askedFor'
    | 'privateText'
    | 'measured'
    | 'notMeasured'
    | 'unverified'
    | 'sameAs'
    | 'planChanged'
    | 'report'
    | 'files'
    | 'file'
    | 'difference'
    | 'whole'
    | 'since'
    | 'movedSince'
    | 'nothingMoved'
    | 'alreadySigned'
    | 'evidence'
    | 'evidenceFile'
    | 'digest'
    | 'checklist'
    | 'yes'
    | 'no'
    | 'notApplicable'
    | 'note'
    | 'noteNeeded'
    | 'required'
    | 'unanswered'
    | 'answeredBefore'
    | 'keepsShut'
    | 'strangers'
    | 'vouch'
    | 'promises'
    | 'by'
    | 'overdue'
    | 'done'
    | 'meaning'
    | 'sign'
    | 'reject'
    | 'confirmReject'
    | 'reason'
    | 'reasonNeeded'
    | 'rejectAnyway'
    | 'back'
    | 'none',
    string
  >
>;

export type ToSignoffPage =
  | {
      readonly kind: 'drafts';
      readonly words: SignoffWords;
      readonly drafts: readonly SignoffDraft[];
    }
  | { readonly kind: 'busy'; readonly busy: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string | null }
  | {
      readonly kind: 'signed';
      readonly rule: string;
      readonly digest: string;
      readonly path: string;
    };

/** What the page asks; what is none of these is refused where it comes in. */
const fromSignoffPage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }).readonly(),
  z.object({ kind: z.literal('refresh') }).readonly(),
  z.object({ kind: z.literal('open'), path: text }).readonly(),
  z.object({ kind: z.literal('openRecord'), id: text }).readonly(),
  z.object({ kind: z.literal('report'), id: text }).readonly(),
  z
    .object({
      kind: z.literal('compare'),
      rule: text,
      path: text,
      /** Only what moved since the person last signed; else the whole change of the file. */
      since: z.boolean(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('sign'),
      rule: text,
      digest: text,
      decision: z.enum(['approve', 'reject']),
      answers: z.record(text, signoffAnswer).readonly(),
      /** Why, of a reject; empty where it was not said. */
      reason: text,
      /** E-mails that the person knows to be a person's. */
      vouches: z.array(text).readonly(),
      /** Texts of conditions that are met. */
      meets: z.array(text).readonly(),
    })
    .readonly(),
]);

export type FromSignoffPage = z.infer<typeof fromSignoffPage>;

/** What the page said; null where it is no message of this page. */
export function readFromSignoffPage(message: unknown): FromSignoffPage | null {
  return fromSignoffPage.safeParse(message).data ?? null;
}
