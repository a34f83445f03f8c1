import { blobBytes, type Conversion, mayBeConverted } from '../core/trails/blob-bytes.ts';
import type { Git } from './ports.ts';

const decoder = new TextDecoder();
const attributes = ['text', 'crlf', 'eol', 'working-tree-encoding', 'ident'] as const;

/** How git stores files of the working tree; a path that no rule touches is not in it. */
export type Conversions = ReadonlyMap<string, Conversion>;

/**
 * The bytes that git would store of files of the working tree, by path. A digest is taken of these: another checkout has other
 * line ends, and the same blob. A file whose encoding nobody here reads is left out.
 */
export async function storedBytes(
  git: Git,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const conversions = await conversionsOf(git, files);
  return new Map(
    [...files].flatMap(([path, bytes]) => {
      const conversion = conversions.get(path);
      const stored = conversion ? blobBytes(bytes, conversion) : bytes;
      return stored === null ? [] : [[path, stored] as const];
    }),
  );
}

async function conversionsOf(
  git: Git,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Conversions> {
  const paths = [...files].flatMap(([path, bytes]) => (mayBeConverted(bytes) ? [path] : []));
  if (paths.length === 0) return new Map();
  const [said, ends, setting] = await Promise.all([
    git.run(['check-attr', '-z', '--stdin', ...attributes], {
      input: new TextEncoder().encode(paths.map((path) => `${path}\0`).join('')),
    }),
    git.run(['ls-files', '-z', '--eol', '--', ...paths.map((path) => `:(top,literal)${path}`)]),
    git.run(['config', '--get', 'core.autocrlf']),
  ]);
  const values = new Map<string, string>();
  const fields = decoder.decode(said.stdout).split('\0');
  for (let at = 0; at + 2 < fields.length; at += 3)
    values.set(`${fields[at + 1]}:${fields[at]}`, fields[at + 2] as string);
  const crlf = new Set(
    decoder
      .decode(ends.stdout)
      .split('\0')
      .flatMap((line) => /^i\/(?:crlf|mixed)\s[^\t]*\t(.+)$/s.exec(line)?.[1] ?? []),
  );
  const autocrlf = ['true', 'yes', 'on', '1', 'input'].includes(
    decoder.decode(setting.stdout).trim().toLowerCase(),
  );
  return new Map(
    paths.map((path) => [
      path,
      conversionOf((name) => values.get(`${name}:${path}`) ?? 'unspecified', {
        autocrlf,
        storedCrlf: crlf.has(path),
      }),
    ]),
  );
}

function conversionOf(
  value: (attribute: (typeof attributes)[number]) => string,
  settings: Pick<Conversion, 'autocrlf' | 'storedCrlf'>,
): Conversion {
  const said = value('text') === 'unspecified' ? value('crlf') : value('text');
  const encoding = value('working-tree-encoding');
  return {
    ...settings,
    text: said === 'set' || said === 'unset' || said === 'auto' ? said : null,
    eol: ['lf', 'crlf'].includes(value('eol')) || said === 'input',
    encoding: ['unspecified', 'set', 'unset'].includes(encoding) ? null : encoding,
    ident: value('ident') === 'set',
  };
}
