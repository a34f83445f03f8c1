import {
  Diagnostic,
  DiagnosticSeverity,
  type ExtensionContext,
  languages,
  Range,
  Uri,
} from 'vscode';
import type { Finding } from '../../core/finding/finding.ts';
import { groupBy } from '../tree/group-by.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** Keeps the Problems panel in step with what was found in the records of every folder. */
export function registerDiagnostics(context: ExtensionContext, model: ModelWorkspace): void {
  const collection = languages.createDiagnosticCollection('countersign');
  const docs = Uri.joinPath(context.extensionUri, 'docs', 'findings.md');
  const update = (): void => {
    // One replacement, so that the panel never flickers through an empty state.
    const wanted = new Map(model.sessions.flatMap((session) => bySession(session, docs)));
    const stale: string[] = [];
    collection.forEach((uri) => void (wanted.has(uri.toString()) || stale.push(uri.toString())));
    for (const uri of stale) collection.delete(Uri.parse(uri));
    collection.set([...wanted].map(([uri, diagnostics]) => [Uri.parse(uri), diagnostics]));
  };
  update();
  context.subscriptions.push(collection, model.onDidChangeAny(update));
}

function bySession(
  session: FolderSession,
  docs: Uri,
): readonly (readonly [string, Diagnostic[]])[] {
  if (session.state.kind !== 'ready') return [];
  const placed = session.state.index.findings.filter(({ path }) => path !== undefined);
  return [...groupBy(placed, ({ path }) => path ?? '')].map(([path, findings]) => [
    session.uri(path).toString(),
    findings.map((finding) => diagnostic(finding, docs)),
  ]);
}

function diagnostic(
  {
    code,
    severity,
    message,
    line = 1,
    column = 1,
    end_line = line,
    end_column = column,
    fix,
  }: Finding,
  docs: Uri,
): Diagnostic {
  const range = new Range(line - 1, column - 1, end_line - 1, end_column - 1);
  const made = new Diagnostic(
    range,
    fix === undefined ? message : `${message}\n→ ${fix}`,
    severities[severity],
  );
  made.source = 'countersign';
  made.code = { value: code, target: docs.with({ fragment: code.replace('/', '') }) };
  return made;
}
