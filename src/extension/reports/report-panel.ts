import {
  CancellationTokenSource,
  type ExtensionContext,
  l10n,
  ProgressLocation,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { FromReportPage, ToReportPage } from '../../core/render/report-page.ts';
import { pageHtml, pageRoot } from '../pages/page-html.ts';
import { unreadable } from '../pages/unreadable.ts';
import { openFile } from '../records/open-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { failureOf } from '../workspace/snapshot.ts';
import { reportWords } from './report-words.ts';

export const reportView = 'countersign.report';

/** The report of one evaluation in a tab of its own. */
type OpenReport = { readonly panel: WebviewPanel; run(): Promise<void> };

const open = new Map<string, OpenReport>();

/** Opens the report of an evaluation, or shows the one that is open. */
export function showReport(
  context: ExtensionContext,
  session: FolderSession,
  id: string,
): OpenReport {
  const known = open.get(keyOf(session, id));
  if (known) {
    known.panel.reveal();
    return known;
  }
  const panel = window.createWebviewPanel(
    reportView,
    l10n.t('Report {0}', id),
    window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [pageRoot(context.extensionUri)] },
  );
  return attachReport(panel, context, session, id);
}

/** Brings a report to life, a new one or one that the editor restored after a reload. */
export function attachReport(
  panel: WebviewPanel,
  context: ExtensionContext,
  session: FolderSession,
  id: string,
): OpenReport {
  const say = (message: ToReportPage): void => void panel.webview.postMessage(message);
  let running: CancellationTokenSource | undefined;
  const show = (): Promise<void> => guard(say, async () => say(await reportMessage(session, id)));
  const run = async (): Promise<void> => {
    if (running) return;
    running = new CancellationTokenSource();
    const source = running;
    await guard(say, () => runWithProgress(session, id, source, say));
    running = undefined;
    source.dispose();
    await session.refreshNow();
  };
  const answer = (message: FromReportPage): void => {
    if (message.kind === 'ready') void show();
    else if (message.kind === 'run') void run();
    else if (message.kind === 'cancel') running?.cancel();
    else
      void guard(
        say,
        async () =>
          void (await openFile({ uri: session.uri(pathOf(session, message)).toString() })),
      );
  };
  const subscriptions = [
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const { readFromReportPage } = await import('../../core/render/report-page.ts');
      const read = readFromReportPage(message);
      if (read) answer(read);
      else say(unreadable());
    }),
    session.onDidChange(() => !running && void show()),
  ];
  panel.onDidDispose(() => {
    running?.cancel();
    open.delete(keyOf(session, id));
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [pageRoot(context.extensionUri)],
  };
  panel.webview.html = pageHtml(
    panel.webview,
    context.extensionUri,
    'report',
    l10n.t('Report {0}', id),
  );
  const made = { panel, run };
  open.set(keyOf(session, id), made);
  return made;
}

async function reportMessage({ state }: FolderSession, id: string): Promise<ToReportPage> {
  if (state.kind === 'loading') return { kind: 'running', fraction: null };
  if (state.kind !== 'ready' || !state.repository)
    return {
      kind: 'failed',
      message: l10n.t('Reports are shown in a trusted folder with records.'),
      fix: null,
    };
  const { reports } = await import('../../app/report.ts');
  const [report] = await reports(state.repository, id);
  if (!report) throw new Error(`no report of ${id}`);
  return { kind: 'report', words: reportWords(), report, runnable: true };
}

async function runWithProgress(
  session: FolderSession,
  id: string,
  source: CancellationTokenSource,
  say: (message: ToReportPage) => void,
): Promise<void> {
  const { state } = session;
  if (state.kind !== 'ready' || !state.repository) return;
  const { repository } = state;
  const { runEvaluation } = await import('./run-evaluation.ts');
  say({ kind: 'running', fraction: null });
  await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Running {0}', id),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => source.cancel());
      let told = 0;
      await runEvaluation(repository, id, source.token, (fraction) => {
        progress.report({ increment: (fraction - told) * 100 });
        told = fraction;
        say({ kind: 'running', fraction });
      });
    },
  );
  say(await reportMessage(session, id));
}

/** The file of what was clicked: of a record by its id, else the path itself. */
function pathOf(
  { state }: FolderSession,
  message: Extract<FromReportPage, { kind: 'openRecord' | 'openFile' }>,
): string {
  if (message.kind === 'openFile') return message.path;
  const record = state.kind === 'ready' ? state.index.byId.get(message.id) : undefined;
  if (!record)
    throw new CountersignError(
      'record/none',
      l10n.t('there is no record {0} that could be read', message.id),
      l10n.t('see the Problems panel'),
    );
  return record.path;
}

/** What a report could not do is said in its page, where the person looks. */
async function guard(
  say: (message: ToReportPage) => void,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message, fix } = failureOf(error);
    say({ kind: 'failed', message, fix: fix ?? null });
  }
}

function keyOf(session: FolderSession, id: string): string {
  return `${session.folder.uri} ${id}`;
}
