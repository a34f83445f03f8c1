import { commands, type ExtensionContext, l10n, type QuickPickItem, type TreeView } from 'vscode';
import { KeyFlow } from '../flow/key-flow.ts';
import { brokenRows } from '../tree/broken-rows.ts';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import {
  type Arrangement,
  feedbackTree,
  type Grouping,
  groupings,
  type Sorting,
  sortings,
} from './feedback-tree.ts';

const key = 'feedback.arrangement';
const first: Arrangement = { group: 'status', sort: 'received', filter: '' };

/** How the view is arranged now. */
export function arrangementOf({ workspaceState }: ExtensionContext): Arrangement {
  return { ...first, ...workspaceState.get<Partial<Arrangement>>(key) };
}

/** The Feedback view: grouped, filtered, sorted; its badge counts what waits for triage. */
export function registerFeedbackView(
  context: ExtensionContext,
  model: ModelWorkspace,
): TreeView<TreeNode> {
  let arrangement = arrangementOf(context);
  const tree = new NodeTree(() => rows(model, arrangement), [model.onDidChange]);
  const view = showTree('countersign.feedback', tree, { many: true });
  const arrange = async (change: Partial<Arrangement>): Promise<void> => {
    arrangement = { ...arrangement, ...change };
    await context.workspaceState.update(key, arrangement);
    tree.refresh();
    describe(view, model, arrangement);
  };
  describe(view, model, arrangement);
  context.subscriptions.push(
    view,
    tree,
    model.onDidChange(() => describe(view, model, arrangement)),
    commands.registerCommand('countersign.groupFeedback', async (group?: Grouping) => {
      const chosen =
        group ??
        (await choose(
          l10n.t('Group feedback by'),
          groupings.map((id) => [id, groupWord(id)] as const),
          arrangement.group,
        ));
      if (chosen) await arrange({ group: chosen });
    }),
    commands.registerCommand('countersign.sortFeedback', async (sort?: Sorting) => {
      const chosen =
        sort ??
        (await choose(
          l10n.t('Sort feedback by'),
          sortings.map((id) => [id, sortWord(id)] as const),
          arrangement.sort,
        ));
      if (chosen) await arrange({ sort: chosen });
    }),
    commands.registerCommand('countersign.filterFeedback', async (filter?: string) => {
      const words =
        filter ??
        (await KeyFlow.run((flow) =>
          flow.text({
            title: l10n.t('Filter feedback'),
            placeholder: l10n.t(
              'Words that must all occur: in title, text, id, component, channel, status or assignee',
            ),
            begun: arrangement.filter,
          }),
        ));
      if (words !== undefined) await arrange({ filter: words.trim() });
    }),
    commands.registerCommand('countersign.clearFeedbackFilter', () => arrange({ filter: '' })),
  );
  return view;
}

function rows(model: ModelWorkspace, arrangement: Arrangement): readonly TreeNode[] {
  const state = model.state;
  if (state.kind !== 'ready' || !model.current) return [];
  const { index } = state;
  // Where none can be read, the text of an empty view says so, and leads to the problems.
  if (index.feedback.length === 0) return [];
  return [
    ...brokenRows(index, '.countersign/feedback/', model.current),
    ...feedbackTree(index.feedback, arrangement, model.current),
  ];
}

/** Badge, subtitle and the keys of the welcome texts. */
function describe(view: TreeView<TreeNode>, model: ModelWorkspace, arrangement: Arrangement): void {
  const items = model.state.kind === 'ready' ? model.state.index.feedback : [];
  const waiting = items.filter(({ value }) => value.status === 'new').length;
  view.badge =
    waiting === 0
      ? undefined
      : {
          value: waiting,
          tooltip:
            waiting === 1
              ? l10n.t('1 item waits for triage')
              : l10n.t('{0} items wait for triage', waiting),
        };
  view.description = arrangement.filter
    ? l10n.t('filter: {0}', arrangement.filter)
    : groupWord(arrangement.group).toLowerCase();
  void commands.executeCommand(
    'setContext',
    'countersign.feedbackFiltered',
    arrangement.filter !== '' && items.length > 0,
  );
}

async function choose<Id extends string>(
  title: string,
  choices: readonly (readonly [Id, string])[],
  now: Id,
): Promise<Id | undefined> {
  const items = choices.map(([id, label]): QuickPickItem & { id: Id } => ({
    id,
    label,
    ...(id === now ? { description: l10n.t('now') } : {}),
  }));
  const chosen = await KeyFlow.run((flow) =>
    flow.pick(items, { title, placeholder: l10n.t('Arrows and Enter') }),
  );
  return chosen?.id;
}

function groupWord(grouping: Grouping): string {
  return {
    status: l10n.t('Status'),
    component: l10n.t('Component'),
    channel: l10n.t('Channel'),
    assignee: l10n.t('Assignee'),
  }[grouping];
}

function sortWord(sorting: Sorting): string {
  return {
    received: l10n.t('Newest first'),
    priority: l10n.t('Most impact for the effort'),
    title: l10n.t('Title'),
    id: l10n.t('Id'),
  }[sorting];
}
