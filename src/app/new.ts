import type { Finding } from '../core/finding/finding.ts';
import { editRecord } from '../core/records/edit-record.ts';
import { recordPath } from '../core/records/kind-of-path.ts';
import { newRecord, type Placeholder, placeholders } from '../core/records/new-record.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { newId } from '../core/records/record-id.ts';
import type { NamedKind } from '../core/records/record-kind.ts';
import { meantValue, meantYaml, onePerson } from '../core/records/schema/meant-value.ts';
import { fits, mayStand } from '../core/records/schema/schema-shape.ts';
import { recordSchemas } from '../core/records/schemas.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { authorIdentity, recordedName } from './author-identity.ts';
import { CountersignError } from './errors.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';

/** A key to set, dotted, with its value. */
export type Setting = {
  readonly key: string;
  readonly value: unknown;
  /** As it was typed. */
  readonly written?: string;
};

/** A record that was written, and what stands in it that nobody said. */
export type NewlyMade = {
  readonly id: string;
  readonly path: string;
  readonly placeholders: readonly Placeholder[];
  /** Told of it beside the others: links to nothing, people whom the policy does not know. */
  readonly findings: readonly Finding[];
};

/** Writes one new record and returns its path. Nothing is written where the record would not keep its schema. */
export async function createRecord(
  repository: Repository,
  kind: NamedKind,
  title: string | undefined,
  settings: readonly Setting[],
): Promise<NewlyMade> {
  const asked = settings.find(({ key }) => key === 'id')?.value;
  const id = typeof asked === 'string' ? asked : newId(kind, repository.random.bytes(5));
  const path = recordPath(kind, id);
  if ((await repository.files.read(path)) !== null)
    throw new CountersignError(
      'record/exists',
      `there is a record ${id} already: ${path}`,
      'choose another id, or edit that record',
    );
  const owner =
    kind === 'decision' && !settings.some(({ key }) => key === 'owner')
      ? [{ key: 'owner', value: await personHere(repository) }]
      : [];
  for (const setting of settings) refuseSetting(kind, setting);
  const text = recordText(kind, id, title, [
    ...settings.filter(({ key }) => key !== 'id'),
    ...owner,
  ]);
  const bytes = new TextEncoder().encode(text);
  const [error] = parseRecord(path, bytes).findings.filter(
    ({ severity, code }) => severity === 'error' || code === 'record/unknown-key',
  );
  if (error)
    throw new CountersignError(error.code, error.message, error.fix ?? 'mend what you set');
  await repository.files.write(path, bytes);
  const said = [...settings, ...owner].map(({ key }) => key);
  return {
    id,
    path,
    placeholders: placeholders(kind, title === undefined ? said : ['title', ...said]),
    findings: (await indexRecords(repository)).findings.filter(
      (finding) => finding.path === path && finding.severity !== 'info',
    ),
  };
}

/** A value that its key does not take is told with the words for the shell: quotes of the record's own would be taken away there. */
function refuseSetting(kind: NamedKind, { key, value, written }: Setting): void {
  const schema = recordSchemas[kind];
  const path = key.split('.');
  if (!mayStand(schema, path) || fits(schema, path, value)) return;
  const person = onePerson({ path, value });
  const meant =
    person?.first ?? meantValue({ schema, path, value, written: written ?? null, record: null });
  if (meant === undefined) return;
  throw new CountersignError(
    'record/value',
    `${key} cannot be ${written ?? String(value)}`,
    `${person?.only === false ? 'name one of them, such as' : 'say'} --set ${shellWord(`${key}=${meantYaml(meant)}`)}`,
  );
}

/** Who owns what is written here, where nobody says. */
async function personHere(repository: Repository): Promise<string> {
  const identity = await authorIdentity(repository).catch((cause: unknown) => {
    throw cause instanceof CountersignError
      ? new CountersignError(
          cause.code,
          `a decision has an owner, and ${cause.message}`,
          'say who owns it: --set owner=…',
          { cause },
        )
      : cause;
  });
  const text = await repository.files.read('.countersign/policy.yaml');
  const policy = text === null ? null : parseRecord('.countersign/policy.yaml', text).record;
  return recordedName(policy?.kind === 'policy' ? policy.value : null, identity);
}

/** Top-level keys make the record, deeper ones are put into it: a dotted key may reach into a list. */
function recordText(
  kind: NamedKind,
  id: string,
  title: string | undefined,
  settings: readonly Setting[],
): string {
  const flat = settings.filter(({ key }) => !key.includes('.'));
  const deep = settings.filter(({ key }) => key.includes('.'));
  try {
    const text = newRecord(kind, {
      id,
      ...(title === undefined ? {} : { title }),
      set: Object.fromEntries(flat.map(({ key, value }) => [key, value])),
    });
    return editRecord(
      text,
      deep.map(({ key, value }) => ({
        path: key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        value,
      })),
    );
  } catch (error) {
    if (error instanceof RangeError)
      throw new CountersignError(
        'record/value',
        error.message,
        'see the kinds of records: countersign new --help',
      );
    throw error;
  }
}
