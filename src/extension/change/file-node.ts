import { l10n } from 'vscode';
import type { ShownPath } from '../../core/gate/raw-path.ts';
import { compareCommand, type Sides } from './compare.ts';
import { openCommand } from '../records/open-record.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';

/** A path as people read it; one that is not UTF-8 as its bytes in base 64. */
export function pathText(path: ShownPath): string {
  return typeof path === 'string' ? path : `base64:${path.b64}`;
}

/** A changed file as a row that shows what changed in it. */
export function fileNode(
  id: string,
  path: ShownPath,
  session: FolderSession,
  sides: Sides | null,
): TreeNode {
  const text = pathText(path);
  const slash = text.lastIndexOf('/');
  const uri = typeof path === 'string' ? session.uri(path) : undefined;
  return {
    id,
    label: text.slice(slash + 1),
    description: slash < 0 ? '' : text.slice(0, slash),
    tooltip: text,
    icon: 'file',
    context: 'file',
    spoken: text,
    ...(uri && typeof path === 'string'
      ? {
          resource: uri,
          command: sides
            ? compareCommand(session, path, sides)
            : openCommand(l10n.t('Open file'), uri, { keepFocus: true }),
        }
      : {}),
  };
}
