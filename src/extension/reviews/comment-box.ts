/**
 * A box of ours into which a comment is typed. The editor keeps what is typed in a document of the scheme `comment`, whose
 * address says which box it is: of a new thread, of a thread by the number that the editor gave it, or of an edit.
 */
export type CommentBox =
  | { readonly kind: 'new' }
  | { readonly kind: 'reply'; readonly number: number }
  | { readonly kind: 'edit' };

const controller = 'countersign.reviews';
const reply = new RegExp(`-${controller.replace('.', '\\.')}\\.(\\d+)\\.md$`);

/** Which box an address names; null where it is none, or another extension's. */
export function commentBox({
  scheme,
  authority,
  path,
}: {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}): CommentBox | null {
  if (scheme !== 'comment' || !/\/commentinput-[^/]+\.md$/.test(path)) return null;
  if (authority === '') return { kind: 'edit' };
  if (authority !== controller) return null;
  const number = reply.exec(path)?.[1];
  return number === undefined ? { kind: 'new' } : { kind: 'reply', number: Number(number) };
}

/**
 * The thread to which a numbered box belongs. The editor numbers threads as they are made and opens the boxes of all
 * threads of a file at once, so that the numbers in rising order are the threads in theirs; undefined where they do not match.
 *
 * @param numbers of the boxes seen in one file @param threads of that file, in the order in which they were made
 */
export function threadOfBox<Thread>(
  number: number,
  numbers: readonly number[],
  threads: readonly Thread[],
): Thread | undefined {
  const rising = [...new Set(numbers)].sort((a, b) => a - b);
  return rising.length === threads.length ? threads[rising.indexOf(number)] : undefined;
}
