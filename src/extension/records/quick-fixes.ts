import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type ExtensionContext,
  l10n,
  languages,
  Position,
  Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';

/** One mechanical mend: what it does in words, and the text that takes the place of a range. */
type Mend = {
  readonly title: string;
  readonly range: Range;
  readonly text: string;
  readonly sure?: boolean;
};

/** Quick fixes for findings whose mend is mechanical; what asks for judgement is left to the person. */
export function registerQuickFixes(context: ExtensionContext): void {
  const everywhere = ['file', 'vscode-remote'].map((scheme) => ({ scheme }));
  context.subscriptions.push(
    languages.registerCodeActionsProvider(everywhere, quickFixes, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    }),
  );
}

const quickFixes: CodeActionProvider = {
  provideCodeActions(document, _range, { diagnostics }) {
    return diagnostics
      .filter(({ source }) => source === 'countersign')
      .flatMap((diagnostic) => [
        ...mends(document, diagnostic).map((mend) => textAction(document, diagnostic, mend)),
        ...commandActions(diagnostic),
      ]);
  },
};

function textAction(
  document: TextDocument,
  diagnostic: Diagnostic,
  { title, range, text, sure = true }: Mend,
): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.edit = new WorkspaceEdit();
  action.edit.replace(document.uri, range, text);
  action.diagnostics = [diagnostic];
  action.isPreferred = sure;
  return action;
}

/** The next step of a finding may be a command of ours. */
function commandActions(diagnostic: Diagnostic): readonly CodeAction[] {
  const evaluation = /countersign evaluate (EV-[0-9A-Z]{4,16})/.exec(diagnostic.message)?.[1];
  if (evaluation === undefined) return [];
  return [
    [l10n.t('Run evaluation {0}', evaluation), 'countersign.evaluate'],
    [l10n.t('Show report {0}', evaluation), 'countersign.showReport'],
  ].map(([title = '', command = '']) => {
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = { title, command, arguments: [evaluation] };
    action.diagnostics = [diagnostic];
    return action;
  });
}

function mends(document: TextDocument, { code, message, range }: Diagnostic): readonly Mend[] {
  const slug = typeof code === 'object' ? String(code.value) : String(code);
  const [said = '', fix = ''] = message.split('\n→ ');
  const meant = /did you mean ([^?\s]+)\?/.exec(fix)?.[1];
  const instead =
    meant === undefined ? [] : [{ title: l10n.t('Write {0}', meant), range, text: meant }];
  const here = document.getText(range);
  switch (slug) {
    case 'record/unknown-key':
      return [
        ...instead,
        {
          title: l10n.t('Make it a key of your own: {0}', `x-${here}`),
          range,
          text: `x-${here}`,
          sure: false,
        },
      ];
    case 'record/missing-key':
      return missingKey(document, said);
    case 'record/id-mismatch': {
      const name = /^write (?:id|name): (\S+),/.exec(fix)?.[1];
      return name === undefined ? [] : [{ title: l10n.t('Write {0}', name), range, text: name }];
    }
    case 'record/schema-not-first':
      return schemaFirst(document);
    case 'record/missing-schema': {
      const line = /(schema: countersign\/[a-z]+@1)$/.exec(fix)?.[1];
      return line === undefined
        ? []
        : [{ title: l10n.t('Write {0}', line), range: new Range(0, 0, 0, 0), text: `${line}\n` }];
    }
    case 'record/tab':
      return [
        {
          title: l10n.t('Indent with spaces'),
          range: document.lineAt(range.start.line).range,
          text: document.lineAt(range.start.line).text.replaceAll('\t', '  '),
        },
      ];
    case 'record/type':
      return fix === 'put it in quotes'
        ? [{ title: l10n.t('Put it in quotes'), range, text: JSON.stringify(here) }]
        : [];
    case 'link/superseded': {
      const marker = /^write (@\S+)$/.exec(fix)?.[1];
      return marker === undefined
        ? []
        : [{ title: l10n.t('Write {0}', marker), range, text: marker }];
    }
    default:
      return instead;
  }
}

/** A key at the top is added at the end, for the person to fill in; deeper ones have no one place. */
function missingKey(document: TextDocument, said: string): readonly Mend[] {
  const key = /^([a-z_]+) is missing/.exec(said)?.[1];
  if (key === undefined) return [];
  const last = document.lineAt(document.lineCount - 1);
  const end = new Range(last.range.end, last.range.end);
  const before = last.text === '' ? '' : '\n';
  const add = (line: string): Mend => ({
    title: l10n.t('Add {0}', line),
    range: end,
    text: `${before}${line}\n`,
  });
  return key === 'received_at'
    ? [
        add(`received_at: ${new Date().toISOString()}`),
        { ...add('observed_at: unknown'), sure: false },
      ]
    : [add(`${key}: `)];
}

function schemaFirst(document: TextDocument): readonly Mend[] {
  const lines = document.getText().split('\n');
  const at = lines.findIndex((line) => line.startsWith('schema:'));
  if (at < 1) return [];
  const block = new Range(new Position(0, 0), new Position(at, lines[at]?.length ?? 0));
  return [
    {
      title: l10n.t('Move schema to the top'),
      range: block,
      text: [lines[at], ...lines.slice(0, at)].join('\n'),
    },
  ];
}
