import {
  CompletionItem,
  CompletionItemKind,
  type ExtensionContext,
  languages,
  Range,
  type Position,
  Uri,
  workspace,
} from 'vscode';
import { kindOfPath } from '../../core/records/kind-of-path.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { metricNames } from '../../core/reports/metric-names.ts';
import { oneLine } from '../tree/one-line.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { RecordIndex } from '../workspace/record-index.ts';
import { componentsOf } from './components.ts';
import { assignable } from './people.ts';
import { statusText, titleText } from './record-text.ts';
import { idPrefixesOf, type JsonSchema, schemasAt } from './schema-place.ts';
import { type YamlPlace, yamlPlace } from './yaml-place.ts';

/** Something to offer, before it is one of the editor's items. */
type Offer = {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  readonly words?: string | undefined;
  readonly after?: string;
};

/** Completion in records: keys and words of the format, ids, people, components and metrics. */
function completionProvider(
  extension: Uri,
  model: ModelWorkspace,
): Parameters<typeof languages.registerCompletionItemProvider>[1] {
  const schemas = new Map<string, Promise<JsonSchema | null>>();
  const schemaOf = (kind: string): Promise<JsonSchema | null> => {
    const known =
      schemas.get(kind) ??
      readSchema(Uri.joinPath(extension, 'media', 'schemas', `${kind}.schema.json`));
    schemas.set(kind, known);
    return known;
  };
  return {
    async provideCompletionItems(document, position) {
      const session = model.sessionOf(document.uri);
      const path = session?.path(document.uri);
      const kind = path == null ? null : kindOfPath(path);
      if (session?.state.kind !== 'ready' || kind === null) return undefined;
      const place = yamlPlace(
        document.getText(new Range(0, 0, position.line, position.character)).split(/\r?\n/),
      );
      const schema = await schemaOf(kind);
      if (!place || !schema) return undefined;
      const offers =
        place.expects === 'key'
          ? keyOffers(schema, place)
          : valueOffers(schema, place, session.state.index, path ?? '');
      return offers.map((offer, at) =>
        itemOf(offer, at, {
          own: document.getWordRangeAtPosition(position, /[\w.@-]+/),
          begin: position.translate(0, -place.typed.length),
          end: position,
        }),
      );
    },
  };
}

export function registerCompletion(context: ExtensionContext, model: ModelWorkspace): void {
  const records = ['file', 'vscode-remote'].map((scheme) => ({
    scheme,
    pattern: '**/.countersign/**/*.yaml',
  }));
  context.subscriptions.push(
    languages.registerCompletionItemProvider(
      records,
      completionProvider(context.extensionUri, model),
      ' ',
      '-',
      '[',
      '{',
      ',',
    ),
  );
}

async function readSchema(uri: Uri): Promise<JsonSchema | null> {
  try {
    return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(uri))) as JsonSchema;
  } catch {
    return null;
  }
}

function itemOf(
  { label, kind, detail, words, after = '' }: Offer,
  at: number,
  {
    own,
    begin,
    end,
  }: { readonly own: Range | undefined; readonly begin: Position; readonly end: Position },
): CompletionItem {
  // A title beside each id, not beside the chosen one alone.
  const item = new CompletionItem(
    detail === undefined ? label : { label, description: detail },
    kind,
  );
  item.range = new Range(begin, own?.end ?? end);
  item.insertText = `${label}${after}`;
  item.sortText = String(at).padStart(4, '0');
  // Words of a title find its id too.
  item.filterText = detail === undefined ? label : `${label} ${detail}`;
  if (words !== undefined) item.documentation = words;
  return item;
}

function keyOffers(root: JsonSchema, { keys }: YamlPlace): readonly Offer[] {
  const found = new Map(
    schemasAt(root, keys).flatMap(({ properties = {} }) => Object.entries(properties)),
  );
  return [...found].map(([label, { description }]) => ({
    label,
    kind: CompletionItemKind.Property,
    words: description,
    after: ': ',
  }));
}

/** @param own path of the record that is written: nothing refers to itself */
function valueOffers(
  root: JsonSchema,
  place: YamlPlace,
  index: RecordIndex,
  own: string,
): readonly Offer[] {
  const schemas = schemasAt(root, place.keys);
  const key = place.keys.at(-1) ?? '';
  const words = schemas.flatMap((schema) => [
    ...(schema.enum ?? []),
    ...(schema.const === undefined ? [] : [schema.const]),
  ]);
  const prefixes = idPrefixesOf(schemas);
  const aboutPeople = schemas.some(({ description = '' }) =>
    /\bids? of (?:a|the) person|\bpersons? or roles?\b|\bids of people\b/.test(description),
  );
  return [
    ...[...new Set(words)].map(
      (word): Offer => ({ label: String(word), kind: CompletionItemKind.EnumMember }),
    ),
    ...(prefixes.length > 0 ? idOffers(index, prefixes, own) : []),
    ...(aboutPeople
      ? assignable(index).map(
          ({ id, what, detail }): Offer => ({
            label: id,
            kind: what === 'person' ? CompletionItemKind.User : CompletionItemKind.Issue,
            detail,
          }),
        )
      : []),
    ...(key === 'component'
      ? componentsOf(index).map((label): Offer => ({ label, kind: CompletionItemKind.Module }))
      : []),
    ...(key === 'metric'
      ? metricNames().map(
          ({ name, words: meaning }): Offer => ({
            label: name,
            kind: CompletionItemKind.Function,
            words: meaning,
          }),
        )
      : []),
  ];
}

function idOffers(index: RecordIndex, prefixes: readonly string[], own: string): readonly Offer[] {
  const wanted = [...index.byId.values()].filter(
    ({ id, path }) => path !== own && prefixes.includes(id?.slice(0, 2) ?? ''),
  );
  return wanted
    .map((record) => ({
      label: record.id ?? '',
      kind: CompletionItemKind.Reference,
      detail: titleOf(record),
      words: statusOf(record),
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function titleOf({ value }: ParsedRecord): string {
  return oneLine(titleText((value as { readonly title?: unknown }).title), 100);
}

function statusOf({ value }: ParsedRecord): string | undefined {
  const { status } = value as { readonly status?: string };
  return status === undefined ? undefined : statusText(status);
}
