import {
  type CancellationToken,
  type DocumentFilter,
  DocumentLink,
  type ExtensionContext,
  Hover,
  languages,
  Location,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { Trail } from '../../core/records/trail.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { ReadyState } from '../workspace/snapshot.ts';
import { appendRecord, emptyCard } from './record-card.ts';
import { idAt, idPattern } from './record-ids.ts';
import { renameProvider } from './rename-id.ts';

/** Records, and code that names a record in a comment. */
const anywhere: readonly DocumentFilter[] = [
  { scheme: 'file' },
  { scheme: 'vscode-remote' },
  { scheme: 'vscode-vfs' },
];
const inRecords: readonly DocumentFilter[] = anywhere.map(({ scheme }) => ({
  scheme: scheme as string,
  pattern: '**/.countersign/**/*.yaml',
}));

type Place = { readonly session: FolderSession; readonly state: ReadyState };

/** Hover, definition, references and links for the ids of records, wherever they stand. */
export function registerIdFeatures(context: ExtensionContext, model: ModelWorkspace): void {
  const placeOf = (document: TextDocument): Place | null => {
    const session = model.sessionOf(document.uri);
    return session?.state.kind === 'ready' ? { session, state: session.state } : null;
  };
  context.subscriptions.push(
    languages.registerHoverProvider(anywhere, {
      provideHover(document, position) {
        const found = idAt(document, position);
        const place = placeOf(document);
        const record = found && place?.state.index.byId.get(found.id);
        return found &&
          place &&
          record &&
          workspace.getConfiguration('countersign', document.uri).get('hovers.enabled', true)
          ? new Hover(appendRecord(emptyCard(), record, place.session), found.range)
          : undefined;
      },
    }),
    languages.registerDefinitionProvider(anywhere, {
      provideDefinition(document, position) {
        const found = idAt(document, position);
        const place = placeOf(document);
        const record = found && place?.state.index.byId.get(found.id);
        return record && place
          ? new Location(place.session.uri(record.path), new Range(0, 0, 0, 0))
          : undefined;
      },
    }),
    languages.registerReferenceProvider(anywhere, {
      async provideReferences(document, position, _context, token) {
        const found = idAt(document, position);
        const place = placeOf(document);
        return found && place ? referencesTo(found.id, place, token) : undefined;
      },
    }),
    languages.registerRenameProvider(inRecords, renameProvider(model)),
    languages.registerDocumentLinkProvider(inRecords, {
      provideDocumentLinks(document) {
        const place = placeOf(document);
        return place ? linksOf(document, place) : undefined;
      },
    }),
  );
}

/** Every place in the records that names an id. */
async function referencesTo(
  id: string,
  { session, state }: Place,
  token: CancellationToken,
): Promise<Location[]> {
  const found: Location[] = [];
  for (const path of state.index.byPath.keys()) {
    if (token.isCancellationRequested) return found;
    const uri = session.uri(path);
    const document = await workspace.openTextDocument(uri);
    for (const match of document.getText().matchAll(idPattern)) {
      if (match[0] === id)
        found.push(
          new Location(
            uri,
            new Range(
              document.positionAt(match.index),
              document.positionAt(match.index + id.length),
            ),
          ),
        );
    }
  }
  return found;
}

/** Links for ids of records that are there, and for paths of anchored code. */
function linksOf(document: TextDocument, { session, state }: Place): DocumentLink[] {
  const own = session.path(document.uri);
  const ids = [...document.getText().matchAll(idPattern)].flatMap((match) => {
    const record = state.index.byId.get(match[0]);
    return record && record.path !== own
      ? [new DocumentLink(rangeOf(document, match.index, match[0]), session.uri(record.path))]
      : [];
  });
  const record = own === null ? undefined : state.index.byPath.get(own);
  return [
    ...ids,
    ...(record?.kind === 'feedback' || record?.kind === 'decision'
      ? anchorLinks(document, session, record.value.trail)
      : []),
  ];
}

function anchorLinks(
  document: TextDocument,
  session: FolderSession,
  trail: Trail | undefined,
): DocumentLink[] {
  const anchors = trail?.code ?? [];
  return [
    ...document
      .getText()
      .matchAll(/^[ \t-]*\{?[ \t]*path:[ \t]*["']?([^"'\r\n,}]+?)["']?[ \t]*(?=[,}\r\n]|$)/gm),
  ].flatMap((match) => {
    const path = match[1] ?? '';
    const anchor = anchors.find((candidate) => candidate.path === path);
    if (!anchor) return [];
    const at = match.index + match[0].indexOf(path);
    return [
      new DocumentLink(rangeOf(document, at, path), lineUri(session.uri(path), anchor.lines[0])),
    ];
  });
}

function lineUri(uri: Uri, line: number | undefined): Uri {
  return line === undefined ? uri : uri.with({ fragment: `L${line}` });
}

function rangeOf(document: TextDocument, at: number, text: string): Range {
  return new Range(document.positionAt(at), document.positionAt(at + text.length));
}
