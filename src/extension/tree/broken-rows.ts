import { l10n } from 'vscode';
import { openCommand } from '../records/open-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { RecordIndex } from '../workspace/record-index.ts';
import { oneLine } from './one-line.ts';
import type { TreeNode } from './tree-node.ts';

/**
 * Records of a folder that nobody could read, each as a row with what is wrong: else they would be missing from the view
 * without a trace.
 *
 * @param folder such as `.countersign/feedback/`
 */
export function brokenRows(
  { unreadable, findings }: Pick<RecordIndex, 'unreadable' | 'findings'>,
  folder: string,
  session: FolderSession,
): readonly TreeNode[] {
  const paths = unreadable.filter((path) => path.startsWith(folder));
  if (paths.length === 0) return [];
  const children = paths.map((path): TreeNode => {
    const found = findings.find((finding) => finding.path === path && finding.severity === 'error');
    const name = path.slice(folder.length);
    const why = oneLine(found?.message ?? l10n.t('it cannot be read'));
    return {
      id: `${session.folder.uri}#broken:${path}`,
      label: name,
      description: why,
      tooltip: [name, why, found?.fix && `→ ${found.fix}`].filter(Boolean).join('\n'),
      icon: 'error',
      color: 'list.errorForeground',
      spoken: l10n.t('{0} cannot be read: {1}', name, why),
      command: openCommand(l10n.t('Open record'), session.uri(path), {
        keepFocus: true,
        line: found?.line ?? 1,
        column: found?.column ?? 1,
      }),
    };
  });
  const label = l10n.t('Cannot be read');
  return [
    {
      id: `${session.folder.uri}#broken:${folder}`,
      label,
      description: String(children.length),
      icon: 'error',
      color: 'list.errorForeground',
      spoken: `${label}, ${children.length}`,
      context: 'group',
      expanded: true,
      children,
    },
  ];
}
