import {
  CodeLens,
  type Command,
  type DocumentFilter,
  EventEmitter,
  type ExtensionContext,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { Decision } from '../../core/records/decision.ts';
import type { Evaluation } from '../../core/records/evaluation.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { Slice } from '../../core/records/slice.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { RecordIndex } from '../workspace/record-index.ts';
import type { ReadyState } from '../workspace/snapshot.ts';

const records: readonly DocumentFilter[] = ['file', 'vscode-remote', 'vscode-vfs'].map(
  (scheme) => ({ scheme, pattern: '**/.countersign/**/*.yaml' }),
);

/** Above a record: what can be done with it next. Nothing that runs is offered where nothing may run. */
export function registerRecordLenses(context: ExtensionContext, model: ModelWorkspace): void {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    model.onDidChangeAny(() => changed.fire()),
    workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration('countersign') && changed.fire(),
    ),
    languages.registerCodeLensProvider(records, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lenses(model, document),
    }),
  );
}

function lenses(model: ModelWorkspace, document: TextDocument): CodeLens[] {
  if (!workspace.getConfiguration('countersign', document.uri).get('recordLenses.enabled', true))
    return [];
  const session = model.sessionOf(document.uri);
  const path = session?.path(document.uri);
  if (session?.state.kind !== 'ready' || path == null) return [];
  const record = session.state.index.byPath.get(path);
  const top = new Range(0, 0, 0, 0);
  return record
    ? [
        ...commandsOf(record, session.state, document.uri.toString()),
        ...reviewCommands(record.id, session.state.index),
      ].map((command) => new CodeLens(top, command))
    : [];
}

/** The threads on a record; what they say stands in the Comments panel, and where they stand. */
function reviewCommands(id: string | null, { reviews }: RecordIndex): readonly Command[] {
  const threads = reviews.filter(({ thread }) => thread.record === id);
  if (threads.length === 0) return [];
  const open = threads.filter(({ thread }) => thread.state === 'open').length;
  const left =
    open === 1 ? l10n.t('1 open review thread') : l10n.t('{0} open review threads', open);
  const title = open === 0 ? l10n.t('reviews resolved') : left;
  return [{ title, command: 'workbench.action.focusCommentsPanel' }];
}

type Place = { readonly index: RecordIndex; readonly runs: boolean; readonly uri: string };

function commandsOf(record: ParsedRecord, state: ReadyState, uri: string): readonly Command[] {
  const place = { index: state.index, runs: state.repository !== null, uri };
  switch (record.kind) {
    case 'feedback':
      return feedbackCommands(record.value, place);
    case 'decision':
      return decisionCommands(record.value, place);
    case 'evaluation':
      return evaluationCommands(record.value, place);
    case 'slice':
      return sliceCommands(record.value, place);
    default:
      return [];
  }
}

function behind({ uri }: Place, title: string, ids: readonly string[]): readonly Command[] {
  return ids.length > 0
    ? [{ title, command: 'countersign.openBehind', arguments: [uri, ids] }]
    : [];
}

function feedbackCommands({ id, status }: Feedback, place: Place): readonly Command[] {
  const decisions = linkedFrom(place.index, id, 'feedback');
  return [
    ...(place.runs && status === 'new'
      ? [{ title: l10n.t('Triage'), command: 'countersign.triage', arguments: [id] }]
      : []),
    ...(place.runs
      ? [{ title: l10n.t('Decide'), command: 'countersign.decide', arguments: [id] }]
      : []),
    ...behind(
      place,
      decisions.length === 1
        ? l10n.t('answered by {0}', decisions[0] ?? '')
        : l10n.t('answered by {0} decisions', decisions.length),
      decisions,
    ),
  ];
}

function decisionCommands(
  { id, status, evaluations = [], feedback = [] }: Decision,
  place: Place,
): readonly Command[] {
  const { runs } = place;
  return [
    ...(runs && status === 'proposed'
      ? [{ title: l10n.t('Request review'), command: 'countersign.requestReview', arguments: [id] }]
      : []),
    ...evaluations.flatMap((evaluation) =>
      reportCommands(evaluation, runs && evaluations.length === 1),
    ),
    ...(runs ? [{ title: l10n.t('Sign'), command: 'countersign.sign' }] : []),
    ...behind(
      place,
      feedback.length === 1
        ? l10n.t('asked for by {0}', feedback[0] ?? '')
        : l10n.t('asked for by {0} feedback items', feedback.length),
      feedback,
    ),
  ];
}

function evaluationCommands({ id }: Evaluation, place: Place): readonly Command[] {
  const decisions = linkedFrom(place.index, id, 'evaluation');
  return [
    ...reportCommands(id, place.runs),
    ...behind(
      place,
      decisions.length === 1
        ? l10n.t('measures {0}', decisions[0] ?? '')
        : l10n.t('measures {0} decisions', decisions.length),
      decisions,
    ),
  ];
}

function sliceCommands({ id }: Slice, place: Place): readonly Command[] {
  const ids = [
    ...new Set([
      ...linkedFrom(place.index, id, 'slice'),
      ...linkedFrom(place.index, id, 'target-slice'),
    ]),
  ];
  return behind(
    place,
    ids.length === 1
      ? l10n.t('named by {0}', ids[0] ?? '')
      : l10n.t('named by {0} records', ids.length),
    ids,
  );
}

/** The report of an evaluation, and running it. */
export function reportCommands(id: string, runs: boolean): readonly Command[] {
  return [
    { title: l10n.t('Report {0}', id), command: 'countersign.showReport', arguments: [id] },
    ...(runs
      ? [{ title: l10n.t('Run evaluation'), command: 'countersign.evaluate', arguments: [id] }]
      : []),
  ];
}

function linkedFrom({ graph }: RecordIndex, id: string, kind: string): readonly string[] {
  return [
    ...new Set(graph.incoming(id).flatMap((edge) => (edge.kind === kind ? [edge.from] : []))),
  ].sort();
}
