import {
  type Command,
  commands,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  workspace,
} from 'vscode';
import { sha256Hex } from '../../core/gate/change-digest.ts';
import type { CheckResult } from '../../core/gate/check-result.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

/** Two trees or commits to compare a file in, each with a word for people. */
export type Sides = {
  readonly from: string;
  readonly to: string;
  readonly names: readonly [string, string];
};

/** What the compare command is told: all plain values, so that a row or a page can carry them. */
type CompareArguments = Sides & {
  readonly folder: string;
  readonly path: string;
  readonly beside?: boolean;
};

const scheme = 'countersign-tree';

/** From the target to what would land, which is what is judged and signed; null where nothing was judged. */
export function sidesOf({ tip, lands, target }: CheckResult): Sides | null {
  const branch = target?.replace(/^refs\/(?:heads|remotes)\//, '') ?? '';
  return tip !== null && lands !== null
    ? { from: tip, to: lands, names: [branch, l10n.t('what would land')] }
    : null;
}

/** The command of a row that shows what changed in a file. */
export function compareCommand(
  { folder }: FolderSession,
  path: string,
  sides: Sides,
  beside = false,
): Command {
  return {
    title: l10n.t('Show what changed'),
    command: 'countersign.compare',
    arguments: [
      { ...sides, folder: folder.uri.toString(), path, beside } satisfies CompareArguments,
    ],
  };
}

/** Files as they stand in a tree of git, and the command that shows two of them side by side. */
export function registerCompare(context: ExtensionContext, model: ModelWorkspace): void {
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => contentOf(model, uri),
    }),
    commands.registerCommand(
      'countersign.compare',
      ({ folder, path, from, to, names, beside }: CompareArguments) => {
        const title = `${path.slice(path.lastIndexOf('/') + 1)} (${names.join(' ↔ ')})`;
        return commands.executeCommand(
          'vscode.diff',
          treeUri(folder, path, from),
          treeUri(folder, path, to),
          title,
          {
            preview: true,
            preserveFocus: true,
            ...(beside ? { viewColumn: ViewColumn.Beside } : {}),
          },
        );
      },
    ),
  );
}

function treeUri(folder: string, path: string, tree: string): Uri {
  return Uri.from({ scheme, path: `/${path}`, query: JSON.stringify({ folder, tree }) });
}

/** What {@link treeUri} wrote. Anybody may open a document of this scheme: a tree that is no object's id is none. */
function treeOf({ query }: Uri): { readonly folder: unknown; readonly tree: string | null } {
  try {
    const { folder, tree } = Object(JSON.parse(query)) as Readonly<Record<string, unknown>>;
    return {
      folder,
      tree: typeof tree === 'string' && /^[0-9a-f]{40,64}$/.test(tree) ? tree : null,
    };
  } catch {
    return { folder: null, tree: null };
  }
}

/** The file's text, empty where the tree does not have it: then the other side says that it is new, or gone. */
async function contentOf({ sessions }: ModelWorkspace, uri: Uri): Promise<string> {
  const { folder, tree } = treeOf(uri);
  const state = sessions.find((session) => session.folder.uri.toString() === folder)?.state;
  if (state?.kind !== 'ready' || !state.repository || tree === null) return '';
  const { code, stdout } = await state.repository.git.run([
    'cat-file',
    'blob',
    `${tree}:${uri.path.slice(1)}`,
  ]);
  if (code !== 0) return '';
  return stdout.includes(0)
    ? l10n.t('{0} bytes that are no text, SHA-256 {1}', stdout.length, sha256Hex(stdout))
    : new TextDecoder().decode(stdout);
}
