import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { decisionFacts } from '../core/gate/decision-facts.ts';
import type { UnstagedFacts } from '../core/gate/evidence-context.ts';
import { pathFromText } from '../core/gate/raw-path.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { alteredResult } from '../core/reports/altered-result.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { stageCommand } from './left-out.ts';
import type { Repository } from './repository.ts';
import type { ScopedRule } from './ruled-change.ts';
import { readStoredResult } from './stored-result.ts';

/**
 * What of the working tree is governed, or would be evidence, and is not staged as it lies there. Nothing of it counts; it
 * tells whoever forgot it. Files that cannot be read are left out.
 */
export async function readUnstaged(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  rules: readonly Pick<ScopedRule, 'rule' | 'scope'>[],
): Promise<UnstagedFacts> {
  const listed = await git.run([
    'ls-files',
    '-z',
    '--modified',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ]);
  const paths = new TextDecoder()
    .decode(listed.stdout)
    .split('\0')
    .filter((path) => path !== '');
  const read = async (
    wanted: RegExp,
  ): Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]> => {
    const found = await Promise.all(
      paths
        .filter((path) => wanted.test(path))
        .map(async (path) => ({ path, bytes: await files.read(path) })),
    );
    return found.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
  };
  return {
    decisions: (await read(/^\.countersign\/decisions\/[^/]+\.yaml$/)).flatMap(
      ({ path, bytes }) => {
        const { record } = parseRecord(path, bytes);
        return record?.kind === 'decision'
          ? [decisionFacts(path, sha256Hex(bytes), record.value)]
          : [];
      },
    ),
    results: (await read(/^\.countersign\/results\/.+\.json$/)).flatMap(({ path, bytes }) => {
      const result = readStoredResult(new TextDecoder().decode(bytes));
      return result === null || alteredResult(path, sha256Hex(bytes)) !== null
        ? []
        : [{ path, evaluation: result.evaluation, governed: result.governed }];
    }),
    governed: Object.fromEntries(
      rules
        .map(
          ({ rule, scope }) =>
            [rule.id, paths.filter((path) => scope.governs(pathFromText(path)))] as const,
        )
        .filter(([, moved]) => moved.length > 0),
    ),
    stage: await stageCommand(git),
  };
}

/** That a governed file was changed and not staged: what is judged is not what lies there. */
export function unstagedFindings({ governed, stage }: UnstagedFacts): readonly Finding[] {
  return Object.entries(governed).map(
    ([rule, paths]): Finding => ({
      code: 'change/unstaged',
      severity: 'warning',
      message: `not staged, and governed by ${rule}: ${some(paths)} — ${addCommand(stage, paths)}`,
      path: paths[0] as string,
      line: 1,
      column: 1,
      fix: addCommand(stage, paths),
    }),
  );
}

/** The command that stages some files; of very many, all that was changed. */
export function addCommand(stage: string, paths: readonly string[]): string {
  return paths.length > most ? `${stage} --all` : `${stage} ${paths.map(shellWord).join(' ')}`;
}

const most = 8;

function some(paths: readonly string[]): string {
  return paths.length > most
    ? `${paths.slice(0, most).join(', ')} and ${paths.length - most} more`
    : paths.join(', ');
}
