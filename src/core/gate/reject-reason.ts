import type { SignoffPayload } from './payload.ts';

/** The words of a reject, as the payload holds them: an answer of no, with its note. */
export function reasonAnswers(reason: string): SignoffPayload['answers'] {
  return { reason: { answer: 'no', note: reason } };
}

/** Why somebody rejected, in their own signed words: the notes of what they answered no to; null where they wrote none. */
export function rejectReason({
  decision,
  answers,
}: Pick<SignoffPayload, 'decision' | 'answers'>): string | null {
  if (decision !== 'reject') return null;
  const notes = Object.values(answers).flatMap(({ answer, note }) =>
    answer === 'no' && note?.trim() ? [note.trim().replace(/\s+/g, ' ')] : [],
  );
  return notes.length === 0 ? null : notes.join('; ');
}
