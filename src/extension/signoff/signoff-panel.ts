import { type ExtensionContext, l10n, type OutputChannel, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { FromSignoffPage, ToSignoffPage } from '../../core/render/signoff-page.ts';
import { pageHtml, pageRoot } from '../pages/page-html.ts';
import { openFile } from '../records/open-record.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { failureOf } from '../workspace/snapshot.ts';

export const signoffView = 'countersign.signoff';
let open: WebviewPanel | undefined;

/** Opens the sign-off form, or shows the one that is open. */
export function showSignoffForm(context: ExtensionContext, model: ModelWorkspace, output: OutputChannel): void {
  if (open) return open.reveal();
  const panel = window.createWebviewPanel(signoffView, l10n.t('Sign-off'), ViewColumn.Active, { enableScripts: true, localResourceRoots: [pageRoot(context.extensionUri)] });
  attachSignoffForm(panel, context, model, output);
}

/** Brings a form to life, a new one or one that the editor restored after a reload. */
export function attachSignoffForm(panel: WebviewPanel, context: ExtensionContext, model: ModelWorkspace, output: OutputChannel): void {
  open = panel;
  panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(context.extensionUri)] };
  const say = (message: ToSignoffPage): void => void panel.webview.postMessage(message);
  const work = { extension: context.extensionUri, model, say, output };
  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: FromSignoffPage) => void answer(message, work)),
    // What is shown is what would be signed: when the change moves, so does the form.
    model.onDidChange((state) => state.kind === 'ready' && state.gate.kind === 'checked' && void answer({ kind: 'refresh' }, work)),
  ];
  panel.onDidDispose(() => {
    open = undefined;
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, context.extensionUri, 'signoff', l10n.t('Sign-off'));
}

type Work = { readonly extension: Uri; readonly model: ModelWorkspace; readonly say: (message: ToSignoffPage) => void; readonly output: OutputChannel };

async function answer(message: FromSignoffPage, { extension, model, say, output }: Work): Promise<void> {
  try {
    if (message.kind === 'open') return void (model.current && (await openFile({ uri: model.current.uri(message.path).toString() })));
    const { prepared, sign } = await import('./sign-staged.ts');
    if (message.kind !== 'sign') return say(await prepared(model));
    say({ kind: 'busy', busy: true });
    const path = await sign(model, extension, message);
    await model.refresh();
    say(await prepared(model));
    say({ kind: 'signed', path: l10n.t('Signed and staged for the next commit: {0}', path) });
  } catch (error) {
    const { code, message: what, fix } = failureOf(error);
    output.appendLine(`countersign: ${what} (${code})`);
    say({ kind: 'busy', busy: false });
    say({ kind: 'failed', message: what, fix: fix ?? null });
  }
}
