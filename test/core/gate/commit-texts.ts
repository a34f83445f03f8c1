export const tree = 'a'.repeat(40);
export const parent = 'b'.repeat(40);
export const who = (email: string): string => `Ada L <${email}> 1700000000 +0100`;
export const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export type Parts = {
  readonly tree?: string;
  readonly parents?: readonly string[];
  readonly author?: string;
  readonly committer?: string;
  readonly more?: string;
  readonly message?: string | null;
};

export function written({
  tree: root = tree,
  parents = [parent],
  author = who('ada@example.org'),
  committer = who('ben@example.org'),
  more = '',
  message = 'Raise the bar\n',
}: Parts = {}): string {
  return `tree ${root}\n${parents.map((oid) => `parent ${oid}\n`).join('')}author ${author}\ncommitter ${committer}\n${more}${message === null ? '' : `\n${message}`}`;
}

export const armour = ['-----BEGIN SSH SIGNATURE-----', 'AAAA', '-----END SSH SIGNATURE-----'];
export const header = (name: string, lines: readonly string[] = armour): string =>
  `${name} ${lines.join('\n ')}\n`;
