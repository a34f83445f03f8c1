import type { Finding } from '../finding/finding.ts';
import { matchesAny } from '../gate/scope.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { nearestName } from '../records/schema/nearest-name.ts';
import { inlineYaml, quotedYaml } from '../records/yaml/write-yaml.ts';
import type { YamlPath } from '../records/yaml/yaml-source.ts';

type DecisionRecord = Extract<ParsedRecord, { readonly kind: 'decision' }>;

/** Decisions whose files may be gone by right. */
const ended: readonly string[] = ['rejected', 'rolled-back', 'superseded'];

/**
 * What stands in records and leads nowhere: people whom the policy does not know, and globs of decisions that match no file.
 * Without a policy nobody is unknown.
 *
 * @param paths files that are there, from the top
 */
export function decisionDoubts(
  records: readonly ParsedRecord[],
  paths: ReadonlySet<string>,
): readonly Finding[] {
  const policy = records.find((record) => record.kind === 'policy');
  const people = policy?.kind === 'policy' ? Object.keys(policy.value.people ?? {}) : [];
  const roles = policy?.kind === 'policy' ? Object.keys(policy.value.roles ?? {}) : [];
  return records.flatMap((record) => [
    ...(people.length === 0 ? [] : unknownPeople(record, people, roles)),
    ...(record.kind === 'decision' && !ended.includes(record.value.status)
      ? emptyGlobs(record, paths)
      : []),
  ]);
}

function unknownPeople(
  record: ParsedRecord,
  people: readonly string[],
  roles: readonly string[],
): readonly Finding[] {
  const known = [...people, ...roles];
  return peopleOf(record).flatMap(([id, path]): readonly Finding[] => {
    if (id === undefined || known.includes(id)) return [];
    const near = nearestName(id.replace(/^@/, ''), known);
    return [
      {
        code: 'record/unknown-person',
        severity: 'warning',
        message: `the policy knows no person or role ${id}`,
        fix:
          near === null
            ? `write one of ${known.join(', ')}, or add ${id} to people in .countersign/policy.yaml`
            : `write ${inlineYaml(near)}`,
        ...record.locate(path),
      },
    ];
  });
}

function peopleOf(
  record: ParsedRecord,
): readonly (readonly [id: string | undefined, path: YamlPath])[] {
  if (record.kind === 'feedback') return [[record.value.assignee, ['assignee']]];
  if (record.kind !== 'decision') return [];
  return [
    [record.value.owner, ['owner']],
    [record.value.rollback?.owner, ['rollback', 'owner']],
  ];
}

function emptyGlobs(record: DecisionRecord, paths: ReadonlySet<string>): readonly Finding[] {
  return (record.value.governs ?? []).flatMap((glob, index): readonly Finding[] => {
    const matches = matchesAny([glob]);
    for (const path of paths) if (matches(path)) return [];
    const near = nearGlob(glob, [...paths]);
    return [
      {
        code: 'record/governs-nothing',
        severity: 'warning',
        message: `no file matches ${glob}, so the decision stands over nothing by it`,
        fix:
          near === null
            ? 'write a glob from the top of the repository, such as "model/**"; files that come later count too'
            : `write ${quotedYaml(near)}`,
        ...record.locate(['governs', index]),
      },
    ];
  });
}

/** The glob with its mistyped folders as they are called; null where it would match nothing either. */
function nearGlob(glob: string, paths: readonly string[]): string | null {
  const folder = glob.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '/**');
  const names: string[] = [];
  let inside = paths.map((path) => path.split('/'));
  for (const part of folder.split('/')) {
    const here = new Set(inside.flatMap((steps) => steps[names.length] ?? []));
    const isPlain = !/[*?[\]{}()!]/.test(part);
    const name = !isPlain || here.has(part) ? part : nearestName(part, here);
    if (name === null) return null;
    inside = isPlain ? inside.filter((steps) => steps[names.length] === name) : inside;
    names.push(name);
  }
  const near = names.join('/');
  const candidates = [near, `${near}/**`, `**/${folder}`];
  return candidates.find((candidate) => paths.some(matchesAny([candidate]))) ?? null;
}
