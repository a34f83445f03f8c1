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

/** Between the words of a trailer's name: hyphens of every kind, spaces, or nothing. */
const joint = String.raw`(?:[^\S\n]|[\p{Pd}\p{Cf}_]){0,3}`;

/** What people call those who wrote with them. */
const together = [
  `co${joint}(?:authors?|developers?|committers?)`,
  `co${joint}(?:author(?:ed)?|developed|committed|written|coded|created|made)${joint}(?:by|with)`,
  `(?:pair|mob)(?:ed)?(?:${joint}program(?:s|m?ed|ming)?)?${joint}(?:with|by)`,
].join('|');

/** A line that names others as authors, also one that is listed, quoted, in brackets or in bold; and the indented lines that go on with it. */
const naming = new RegExp(
  String.raw`^(?:[^\S\n]|\p{Cf}|[>*+#|_~\u2022"'\x60-]|([([{])|\d+[.)])*(?:${together})(?![\p{L}\p{N}])([^\n]*(?:\n[^\S\n][^\n]*)*)`,
  'gimu',
);

/** The end of a trailer's name, and what it says. */
const said = /^(?:[^\S\n]|[*_~`])*[:\uff1a](?:[^\S\n]|[*_~`])*([^]*)$/;

/**
 * Co-authors, wherever the message names them: a trailer misplaced by an editor, or listed or quoted in the message of a
 * squash, still names a person, and one may name several and run on over indented lines. One with a name alone names
 * somebody whom nobody knows; in brackets, or without its colon, it may be prose, which names those whose e-mail stands
 * there. To read too much lets nothing pass: it widens who may not approve.
 */
function coAuthorsOf(message: string): readonly string[] {
  return [...message.matchAll(naming)].flatMap(([, bracket, after = '']) => {
    const trailer = said.exec(after)?.[1];
    const emails = emailsIn(trailer ?? after);
    if (trailer === undefined || bracket !== undefined)
      return emails.filter((email) => email.includes('@'));
    return emails.length > 0 ? emails : [trailer.trim()];
  });
}

/** What stands in angle brackets, and e-mails that stand without any. */
function emailsIn(text: string): readonly string[] {
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map(([, email = '']) => email.trim());
  const bare = text
    .replace(/<[^<>]*>/g, ' ')
    .split(/[\s<>()[\]{},;:"'`*]+/)
    .filter((word) => /^[^@]+@[^@]/.test(word));
  return [...bracketed, ...bare.map((email) => email.replace(/[^\p{L}\p{N}]$/u, ''))];
}
