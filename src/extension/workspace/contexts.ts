import { commands, type Disposable, workspace } from 'vscode';
import type { ModelWorkspace } from './model-workspace.ts';
import { brokenPolicy, type FolderState, lastAnswer } from './snapshot.ts';

/** Keeps the context keys that choose welcome texts and menus: `countersign.state`, `.gate`, `.brokenFeedback`, `.brokenDecisions`, `.noFeedback`, `.noDecisions`. */
export function followContexts(model: ModelWorkspace): Disposable {
  const last = new Map<string, string | boolean>();
  const set = (key: string, value: string | boolean): void => {
    if (last.get(key) === value) return;
    last.set(key, value);
    void commands.executeCommand('setContext', `countersign.${key}`, value);
  };
  const update = (state: FolderState): void => {
    set('state', state.kind);
    set('gate', state.kind === 'ready' ? gateKey(state) : 'none');
    set('brokenFeedback', hasErrors(state, '.countersign/feedback/'));
    set('brokenDecisions', hasErrors(state, '.countersign/decisions/'));
    // A view that fills up must not say first that nothing is there.
    set('noFeedback', state.kind === 'ready' && state.index.feedback.length === 0);
    set('noDecisions', state.kind === 'ready' && state.index.decisions.length === 0);
    set('folders', (workspace.workspaceFolders?.length ?? 0) > 0);
  };
  update(model.state);
  return model.onDidChange(update);
}

function hasErrors(state: FolderState, folder: string): boolean {
  return (
    state.kind === 'ready' &&
    state.index.findings.some(
      ({ severity, path }) => severity === 'error' && path?.startsWith(folder) === true,
    )
  );
}

function gateKey(state: Extract<FolderState, { kind: 'ready' }>): string {
  const { gate } = state;
  if (brokenPolicy(state)) return 'brokenPolicy';
  const answer = lastAnswer(gate);
  if (!answer) return gate.kind;
  return answer.result.examined.entries === 0 && answer.result.findings.length === 0
    ? 'nothingStaged'
    : 'checked';
}
