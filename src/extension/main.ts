import { type Disposable, type ExtensionContext, window, workspace } from 'vscode';
import { registerChangeView } from './change/change-view.ts';
import { registerCompare } from './change/compare.ts';
import { registerCommands } from './commands.ts';
import { registerCreate } from './create/register-create.ts';
import { registerDecisionsView } from './decisions/decisions-view.ts';
import { registerFeedbackView } from './feedback/feedback-view.ts';
import { registerHooks } from './hooks/register-hooks.ts';
import { registerLineFeatures } from './lines/line-features.ts';
import { registerDiagnostics } from './records/diagnostics.ts';
import { registerRecordLenses } from './records/record-lenses.ts';
import { registerCompletion } from './records/completion.ts';
import { registerQuickFixes } from './records/quick-fixes.ts';
import { registerIdFeatures } from './records/id-features.ts';
import { registerReports } from './reports/register-reports.ts';
import { registerReviews } from './reviews/register-reviews.ts';
import type { ReviewDesk } from './reviews/review-commands.ts';
import { registerSignoff } from './signoff/register-signoff.ts';
import { registerStatusBar } from './status/status-bar.ts';
import { followContexts } from './workspace/contexts.ts';
import { registerTrailView } from './trail/trail-view.ts';
import { registerTriage } from './triage/register-triage.ts';
import { ModelWorkspace } from './workspace/model-workspace.ts';

/**
 * Called by the editor when one of our views, commands or a workspace with `.countersign` wakes the extension.
 * Everything is registered at once; what is heavy (the parser, git, engines) is imported when it is first needed.
 */
export function activate(context: ExtensionContext): Api {
  const output = window.createOutputChannel('Countersign');
  const model = new ModelWorkspace(output);
  context.subscriptions.push(output, model, followContexts(model), refreshWhenEdited(model));
  registerStatusBar(context, model);
  registerChangeView(context, model);
  registerCompare(context, model);
  registerHooks(context, model, output);
  registerFeedbackView(context, model);
  registerDecisionsView(context, model);
  registerTrailView(context, model);
  registerDiagnostics(context, model);
  registerIdFeatures(context, model);
  registerCompletion(context, model);
  registerQuickFixes(context);
  registerRecordLenses(context, model);
  registerLineFeatures(context, model);
  registerReports(context, model, output);
  registerSignoff(context, model, output);
  registerCreate(context, model, output);
  registerTriage(context, model, output);
  const reviews = registerReviews(context, model, output);
  registerCommands(context, model, output);
  return { model, reviews };
}

/** What tests and other extensions get from `activate()`. */
export type Api = { readonly model: ModelWorkspace; readonly reviews: ReviewDesk };

/** Records count as they stand in the editor, saved or not. */
function refreshWhenEdited(model: ModelWorkspace): Disposable {
  return workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.path.includes('/.countersign/')) void model.sessionOf(document.uri)?.refresh();
  });
}
