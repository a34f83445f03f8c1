/** What a raw commit object says of itself: neither mailmap nor grafts nor an encoding header can change it. */
export type CommitObject = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committer: string;
  readonly coAuthors: readonly string[];
  readonly signed: boolean;
  /** First line of the message. */
  readonly subject: string;
};

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads a commit object.
 *
 * @throws Error where it is not one
 */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const text = lenient.decode(bytes);
  const end = text.indexOf('\n\n');
  const headers = (end < 0 ? text : text.slice(0, end)).split('\n');
  const values = (name: string): string[] => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const [tree] = values('tree');
  const [author] = values('author');
  const [committer] = values('committer');
  if (tree === undefined || author === undefined || committer === undefined) throw new Error('a commit object could not be read');
  return {
    tree,
    parents: values('parent'),
    author: emailOf(author),
    committer: emailOf(committer),
    coAuthors: end < 0 ? [] : coAuthorsOf(text.slice(end + 2)),
    signed: values('gpgsig').length + values('gpgsig-sha256').length > 0,
    subject: end < 0 ? '' : (/^\s*(.*)/.exec(text.slice(end + 2))?.[1] ?? '').trim(),
  };
}

/** The e-mail of an identity line, `Name <email> seconds zone`; the whole line where it has none or several, which then is unknown. */
function emailOf(identity: string): string {
  return /^[^<>]*<([^<>]*)>[^<>]*$/.exec(identity)?.[1]?.trim() ?? identity;
}

/** Co-authors, wherever the message names them: a trailer misplaced by an editor still names a person, and a line may name several. */
function coAuthorsOf(message: string): readonly string[] {
  return [...message.matchAll(/^[ \t]*co-authored-by[ \t]*:(.*)$/gim)].flatMap(([, line = '']) => {
    const emails = [...line.matchAll(/<([^<>]*)>/g)].map(([, email = '']) => email.trim());
    return emails.length > 0 ? emails : [line.trim()];
  });
}
