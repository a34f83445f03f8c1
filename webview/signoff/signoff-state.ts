import type { SignoffAnswer } from '../../src/core/render/signoff-page.ts';

/** What was answered and not signed yet, by the digest it was answered for, so that nothing typed is lost on a reload. */
export type SignoffState = { readonly answers: Readonly<Record<string, Readonly<Record<string, SignoffAnswer>>>> };

export const emptyState: SignoffState = { answers: {} };
