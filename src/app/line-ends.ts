import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';

const decoder = new TextDecoder();

/**
 * Refuses data whose line ends git changes on their way: what lies in the working tree is then not what lands, a result names
 * bytes that nobody else has, and no check could hold it against anything.
 *
 * @throws CountersignError `evaluate/line-ends`
 */
export async function refuseConverted(git: Git, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const listed = await git.run([
    'ls-files',
    '--cached',
    '--others',
    '--eol',
    '-z',
    '--',
    ...paths.map((path) => `:(top,literal)${path}`),
  ]);
  const setting = decoder
    .decode((await git.run(['config', '--get', 'core.autocrlf'])).stdout)
    .trim()
    .toLowerCase();
  const converts = ['true', 'yes', 'on', '1', 'input'].includes(setting);
  for (const line of decoder.decode(listed.stdout).split('\0')) {
    const [, stored, here, attribute = '', path = ''] =
      /^i\/(\S*)\s+w\/(\S*)\s+attr\/(.*?)\s*\t(.+)$/s.exec(line) ?? [];
    if (
      (here !== 'crlf' && here !== 'mixed') ||
      stored === here ||
      !(attribute === '' ? converts : attribute.startsWith('text'))
    )
      continue;
    const again =
      stored === ''
        ? ''
        : `, then take it out of git anew: rm ${shellWord(path)} && git checkout -- ${shellWord(path)}`;
    throw new CountersignError(
      'evaluate/line-ends',
      `${path} ends its lines in CRLF here, and git stores it with LF: what is measured would not be what lands`,
      `let git keep its bytes: write "${path} -text" into .gitattributes${again}`,
    );
  }
}
