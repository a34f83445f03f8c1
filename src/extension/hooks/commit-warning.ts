import {
  ConfigurationTarget,
  Diagnostic,
  DiagnosticSeverity,
  type ExtensionContext,
  l10n,
  languages,
  Range,
  window,
  workspace,
} from 'vscode';
import type { CheckResult } from '../../core/gate/check-result.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { groupBy } from '../tree/group-by.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { lastAnswer } from '../workspace/snapshot.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

const source = 'countersign';
const everyError = { '*': 'error' } as const;

/** Whether the git extension asks before a commit while our diagnostics stand. */
export function warnsBeforeCommit(): boolean {
  const git = workspace.getConfiguration('git.diagnosticsCommitHook');
  return (
    git.get('enabled', false) &&
    git.get<Readonly<Record<string, string>>>('sources', {})[source] !== undefined
  );
}

/**
 * Switches that question on in the person's own settings: for what we find, and for whatever they had chosen before. With
 * `*` at `none` the git extension asks about every diagnostic of everybody, down to hints, and absent it is `error` by
 * default: errors of others are the least that can be asked about.
 */
export async function warnBeforeCommit(): Promise<void> {
  const git = workspace.getConfiguration('git.diagnosticsCommitHook');
  const chosen = git.inspect<Readonly<Record<string, string>>>('sources')?.globalValue;
  const before = git.get('enabled', false) ? (chosen ?? everyError) : everyError;
  await git.update('sources', { ...before, [source]: 'error' }, ConfigurationTarget.Global);
  await git.update('enabled', true, ConfigurationTarget.Global);
  window.setStatusBarMessage(
    l10n.t(
      'The editor asks before a commit that the gate would refuse, and before one of files that hold other errors',
    ),
    6000,
  );
}

/**
 * What a commit would be refused for, as problems of the files that it would change: only where the person asked to be
 * warned, since the Change view says the same and a problem that is always there is soon not seen.
 */
export function registerCommitWarning(context: ExtensionContext, model: ModelWorkspace): void {
  const collection = languages.createDiagnosticCollection('countersign-gate');
  const update = (): void => {
    const wanted = warnsBeforeCommit() ? model.sessions.flatMap(refusals) : [];
    collection.clear();
    collection.set(
      wanted.map(([session, path, findings]) => [
        session.uri(path),
        findings.map((finding) => diagnostic(finding, lineOf(finding, path, session))),
      ]),
    );
  };
  update();
  context.subscriptions.push(
    collection,
    model.onDidChangeAny(update),
    workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration('git.diagnosticsCommitHook') && update(),
    ),
  );
}

function refusals(
  session: FolderSession,
): readonly (readonly [FolderSession, string, readonly Finding[]])[] {
  const answer = session.state.kind === 'ready' ? lastAnswer(session.state.gate) : null;
  if (!answer) return [];
  const { commit } = answer;
  // Findings with a place are in the Problems panel already where they are of records as they stand in the editor.
  const errors = commit.findings.filter(
    ({ severity, path }) => severity === 'error' && path === undefined,
  );
  return [...groupBy(errors, (finding) => placeOf(finding, commit, session) ?? '')].flatMap(
    ([path, findings]) => (path === '' ? [] : [[session, path, findings] as const]),
  );
}

/** A finding about a rule stands at a file that the rule governs: one whose lines a record names, else the first. */
function placeOf(
  { message }: Finding,
  { rules }: CheckResult,
  { state }: FolderSession,
): string | undefined {
  const rule = rules.find(({ id }) => message.startsWith(`${id}: `)) ?? rules[0];
  const files = (rule?.files ?? []).filter((path) => typeof path === 'string');
  return (
    files.find(
      (path) =>
        state.kind === 'ready' &&
        state.index.behind(path, null).some(({ lines }) => lines !== null),
    ) ?? files[0]
  );
}

/** The lines of the decision that the named evaluation measures, else of the decision that this change rests on, else the first that a record names. */
function lineOf({ message }: Finding, path: string, { state }: FolderSession): number {
  if (state.kind !== 'ready') return 1;
  const { index } = state;
  const anchored = index.behind(path, null).filter(({ lines }) => lines !== null);
  const measured = anchored.find(({ id }) => {
    const record = index.byId.get(id);
    return (
      record?.kind === 'decision' &&
      (record.value.evaluations ?? []).some((evaluation) => message.includes(evaluation))
    );
  });
  const rested = (lastAnswer(state.gate)?.commit.rules ?? []).flatMap(({ evidence }) =>
    evidence.flatMap(({ kind, ref }) => (kind === 'decision' && ref !== null ? [ref] : [])),
  );
  return (
    (measured ?? anchored.find(({ id }) => rested.includes(id)) ?? anchored[0])?.lines?.[0] ?? 1
  );
}

function diagnostic({ message, fix, code }: Finding, line: number): Diagnostic {
  const made = new Diagnostic(
    new Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER),
    fix === undefined ? message : `${message}\n→ ${fix}`,
    DiagnosticSeverity.Error,
  );
  made.source = source;
  made.code = code;
  return made;
}
