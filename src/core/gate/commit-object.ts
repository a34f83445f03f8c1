import { bytesToRaw, rawToBytes } from './raw-path.ts';

/** What a raw commit object says of itself: neither mailmap nor grafts nor an encoding header can change it. */
export type CommitObject = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committer: string;
  readonly coAuthors: readonly string[];
  readonly signature: CommitSignature | null;
  /** First line of the message. */
  readonly subject: string;
};

/** The one signature of a commit, and the bytes that it is over: the commit without its headers of signatures. */
export type CommitSignature = { readonly armoured: string; readonly payload: Uint8Array };

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads a commit object as git reads it: tree, parents, author and committer stand first, once and in this order. Null where
 * they do not, since another reader could see other parents or another author in it.
 */
export function parseCommit(bytes: Uint8Array): CommitObject | null {
  const text = lenient.decode(bytes);
  const end = text.indexOf('\n\n');
  const found = leading.exec(text);
  if (found === null) return null;
  const [head, tree, parents, author, committer] = found as unknown as readonly [
    string,
    string,
    string,
    string,
    string,
  ];
  const more =
    end < 0 ? text.slice(head.length) : text.slice(head.length, Math.max(end + 1, head.length));
  if (/^(?:tree|parent|author|committer)(?: |$)/m.test(more)) return null;
  const message = end < 0 ? '' : text.slice(end + 2);
  return {
    tree,
    parents: parents
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice('parent '.length)),
    author: emailOf(author),
    committer: emailOf(committer),
    coAuthors: coAuthorsOf(message),
    signature: signatureOf(bytes, tree.length === 64 ? 'gpgsig-sha256' : 'gpgsig'),
    subject: (/^\s*(.*)/.exec(message)?.[1] ?? '').trim(),
  };
}

const leading =
  /^tree ([0-9a-f]{40}|[0-9a-f]{64})\n((?:parent [0-9a-f]{40,64}\n)*)author ([^\n]*)\ncommitter ([^\n]*)(?:\n|$)/;

/** The headers that hold signatures, with the lines that continue them. */
const signatures = /^(gpgsig(?:-sha256)?) ((?:[^\n]*\n )*[^\n]*)\n/gm;

/** The signature of a commit; null where it has none, or several of which one could be anybody's. */
function signatureOf(bytes: Uint8Array, header: string): CommitSignature | null {
  const raw = bytesToRaw(bytes);
  const end = raw.indexOf('\n\n');
  const headers = end < 0 ? raw : raw.slice(0, end + 1);
  const found = [...headers.matchAll(signatures)].filter(([, name]) => name === header);
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  return {
    armoured: `${(only[2] as string).replaceAll('\n ', '\n')}\n`.replace(/\n+$/, '\n'),
    payload: rawToBytes(headers.replace(signatures, '') + raw.slice(headers.length)),
  };
}

/** The e-mail of an identity line, `Name <email> seconds zone`; the whole line where it has none or several, which then is unknown. */
function emailOf(identity: string): string {
  return /^[^<>]*<([^<>]*)>[^<>]*$/.exec(identity)?.[1]?.trim() ?? identity;
}

/** Co-authors, wherever the message names them: a trailer misplaced by an editor, or listed or quoted in the message of a squash, still names a person, and one may name several and run on over indented lines. */
function coAuthorsOf(message: string): readonly string[] {
  return [
    ...message.matchAll(
      /^(?:[^\S\n]|[>*+#|\u2022-]|\d+[.)])*co-authored-by[^\S\n]*:([^\n]*(?:\n[^\S\n][^\n]*)*)/gim,
    ),
  ].flatMap(([, trailer = '']) => {
    const emails = [...trailer.matchAll(/<([^<>]*)>/g)].map(([, email = '']) => email.trim());
    return emails.length > 0 ? emails : [trailer.trim()];
  });
}
