import {
  commands,
  type ExtensionContext,
  l10n,
  type OutputChannel,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type { ChangeSource } from '../../app/change.ts';
import type { FromSignoffPage, ToSignoffPage } from '../../core/render/signoff-page.ts';
import { compareCommand } from '../change/compare.ts';
import { pageHtml, pageRoot } from '../pages/page-html.ts';
import { unreadable } from '../pages/unreadable.ts';
import { openFile } from '../records/open-record.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { failureOf } from '../workspace/snapshot.ts';
import type { Prepared } from './sign-staged.ts';

export const signoffView = 'countersign.signoff';
/** What is signed where nobody says otherwise. */
export const staged: ChangeSource = { kind: 'staged' };

let open: { readonly panel: WebviewPanel; readonly work: Work } | undefined;

/** Opens the sign-off form over a change, or shows the one that is open, over that change. */
export function showSignoffForm(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
  source: ChangeSource,
): void {
  if (open) {
    open.panel.reveal();
    if (JSON.stringify(open.work.source) === JSON.stringify(source)) return;
    open.work.source = source;
    return void answer({ kind: 'refresh' }, open.work);
  }
  const panel = window.createWebviewPanel(signoffView, l10n.t('Sign-off'), ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [pageRoot(context.extensionUri)],
  });
  attachSignoffForm(panel, context, model, { output, source });
}

/** Brings a form to life, a new one or one that the editor restored after a reload: that is over what is staged. */
export function attachSignoffForm(
  panel: WebviewPanel,
  context: ExtensionContext,
  model: ModelWorkspace,
  { output, source }: Pick<Work, 'output' | 'source'>,
): void {
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [pageRoot(context.extensionUri)],
  };
  const say = (message: ToSignoffPage): void => void panel.webview.postMessage(message);
  const work: Work = {
    extension: context.extensionUri,
    model,
    say,
    output,
    source,
    places: new Map(),
    signing: false,
  };
  open = { panel, work };
  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => void receive(message, work)),
    // What is shown is what would be signed: when the change moves, so does the form.
    model.onDidChange(
      (state) =>
        state.kind === 'ready' &&
        state.gate.kind === 'checked' &&
        void answer({ kind: 'refresh' }, work),
    ),
  ];
  panel.onDidDispose(() => {
    open = undefined;
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, context.extensionUri, 'signoff', l10n.t('Sign-off'));
}

type Work = {
  readonly extension: Uri;
  readonly model: ModelWorkspace;
  readonly say: (message: ToSignoffPage) => void;
  readonly output: OutputChannel;
  source: ChangeSource;
  places: Prepared['places'];
  signing: boolean;
};

/** What comes out of a page is anybody's until it was read: what is no message of the form does nothing, and is told. */
async function receive(message: unknown, work: Work): Promise<void> {
  const { readFromSignoffPage } = await import('../../core/render/signoff-page.ts');
  const read = readFromSignoffPage(message);
  if (read) await answer(read, work);
  else work.say(unreadable());
}

async function answer(message: FromSignoffPage, work: Work): Promise<void> {
  const { extension, model, say, output } = work;
  try {
    if (message.kind === 'sign') {
      const { sign } = await import('./sign-staged.ts');
      say({ kind: 'busy', busy: true });
      work.signing = true;
      const path = await sign(model, extension, message, work.source).finally(() => {
        work.signing = false;
      });
      say({
        kind: 'signed',
        rule: message.rule,
        digest: message.digest,
        path: l10n.t('Signed and staged for the next commit: {0}', path),
      });
      await model.refresh();
      await show(work);
    } else if (message.kind === 'ready' || message.kind === 'refresh') {
      // What waits for a signature must not come to life again under the hand that signs it.
      if (!work.signing) await show(work);
    } else await follow(message, work);
  } catch (error) {
    const { code, message: what, fix } = failureOf(error);
    output.appendLine(`countersign: ${what} (${code})`);
    say({ kind: 'busy', busy: false });
    say({ kind: 'failed', message: what, fix: fix ?? null });
  }
}

async function show(work: Work): Promise<void> {
  const { prepared } = await import('./sign-staged.ts');
  const { message, places } = await prepared(work.model, work.source);
  work.places = places;
  work.say(message);
}

/** Opens what was clicked, beside the form: a person reads and signs with both in view. */
async function follow(
  message: Exclude<FromSignoffPage, { kind: 'sign' | 'ready' | 'refresh' }>,
  { model: { current, state }, places }: Work,
): Promise<void> {
  if (!current) return;
  if (message.kind === 'report')
    return void (await commands.executeCommand('countersign.showReport', message.id));
  if (message.kind === 'compare') {
    const place = places.get(message.rule);
    if (!place) return;
    const { from, to } = message.since ? place.diff : place.whole;
    const names = [
      message.since ? l10n.t('when you signed') : l10n.t('target'),
      l10n.t('what would land'),
    ] as const;
    const { command, arguments: args = [] } = compareCommand(
      current,
      message.path,
      { from, to, names },
      true,
    );
    return void (await commands.executeCommand(command, ...args));
  }
  const byId = state.kind === 'ready' ? state.index.byId : undefined;
  const path = message.kind === 'open' ? message.path : byId?.get(message.id)?.path;
  if (path !== undefined) await openFile({ uri: current.uri(path).toString(), beside: true });
}
