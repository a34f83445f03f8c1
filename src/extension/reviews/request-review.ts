import { l10n, window } from 'vscode';
import { editOnDisk } from '../records/record-writer.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

/** Says in a proposed decision that it waits for its reviewers; whoever looks after decisions in review finds it there. */
export async function requestReview(model: ModelWorkspace, id: string): Promise<void> {
  for (const session of model.sessions) {
    const record = session.state.kind === 'ready' ? session.state.index.byId.get(id) : undefined;
    if (record?.kind !== 'decision') continue;
    if (record.value.status !== 'proposed') return void window.showInformationMessage(l10n.t('{0} is not a proposal any more.', id));
    await editOnDisk(session, record.path, [{ path: ['status'], value: 'in-review' }]);
    await session.readNow();
    window.setStatusBarMessage(l10n.t('{0} is in review; commit and push it, so that others see it', id), 8000);
    return;
  }
}
