/**
 * What the sign-off form and the program around it say to each other: whole snapshots, told apart by `kind`.
 * Every text may come from a repository and is shown as text.
 */

export type SignoffAnswer = { readonly answer: 'yes' | 'no' | 'not-applicable'; readonly note?: string };

/** One sign-off that waits for the person at the machine. */
export type SignoffDraft = {
  readonly rule: string;
  readonly person: string;
  readonly role: string;
  /** Names the change that the person reads; a signature over any other is refused. */
  readonly digest: string;
  /** In one sentence: what the signature will mean. */
  readonly meaning: string;
  readonly files: readonly string[];
  readonly evidence: readonly string[];
  /** Files that moved since this person last signed; null where they never did. */
  readonly moved: readonly string[] | null;
  readonly items: readonly { readonly id: string; readonly ask: string; readonly must: boolean; readonly evidence: string | null }[];
  readonly earlier: Readonly<Record<string, SignoffAnswer>>;
};

/** Words of the page, in the language of the editor. */
export type SignoffWords = Readonly<Record<'sign' | 'reject' | 'yes' | 'no' | 'notApplicable' | 'note' | 'noteNeeded' | 'required' | 'unanswered' | 'files' | 'evidence' | 'moved' | 'nothingMoved' | 'earlier' | 'none' | 'loading' | 'signing' | 'again' | 'signed' | 'heading' | 'as' | 'confirmReject', string>>;

export type ToSignoffPage =
  | { readonly kind: 'drafts'; readonly words: SignoffWords; readonly drafts: readonly SignoffDraft[] }
  | { readonly kind: 'busy'; readonly busy: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string | null }
  | { readonly kind: 'signed'; readonly path: string };

export type FromSignoffPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'sign'; readonly rule: string; readonly digest: string; readonly decision: 'approve' | 'reject'; readonly answers: Readonly<Record<string, SignoffAnswer>> };
