import { shellWord } from '../render/shell-word.ts';
import type { Finding, Severity } from '../finding/finding.ts';
import type { RangeCommit } from './authors.ts';
import type { RawEntry } from './raw-diff.ts';
import { foldPath } from './fold-path.ts';
import { type LinkTree, linkWalker } from './link-tree.ts';
import { pathFromText, printPath, type RawPath } from './raw-path.ts';
import type { Scope } from './scope.ts';
import { hasShortName } from './short-name.ts';
import { isRecordFolder, isRecordPath } from './signoff-path.ts';

export const absent = '000000';
const symbolicLink = '120000';

const submodule = '160000';

/** Files that hide among the sign-offs: what is not a sign-off there would be governed by no rule. A submodule is no file at all. */
export function strayFindings(entries: readonly RawEntry[]): readonly Finding[] {
  return entries
    .filter(
      ({ path, newMode }) =>
        path.text !== null &&
        newMode !== absent &&
        isRecordFolder(path.text) &&
        (!isRecordPath(path.text) || newMode === submodule),
    )
    .map(({ path }) => ({
      code: 'signoff/stray',
      severity: 'error',
      message: 'only sign-offs and exceptions may lie here, and this does not bear the name of one',
      path: printPath(path),
      line: 1,
      column: 1,
      fix: 'move the file elsewhere; sign-offs are written by countersign sign',
    }));
}

/** How grave a finding is where it is asked for, and the target by the name that this clone has for it. */
type Asked = { readonly severity: Severity; readonly onto: string };

/** What the automatic merge with the target could not decide leaves every rule that it touches open. A matter of landing, and not of each commit before. */
export function conflictFindings(
  conflicts: readonly RawPath[],
  { severity, onto }: Asked,
): readonly Finding[] {
  return conflicts.map((path) => ({
    code: 'change/conflict',
    severity,
    message:
      'the change and its target cannot be merged by themselves here, so nobody knows what would land',
    path: printPath(path),
    line: 1,
    column: 1,
    fix: `take the target in, then sign: git merge ${shellWord(onto)}`,
  }));
}

/**
 * A symbolic link has to stay inside the scope of the rule that governs it, or that would govern what lies below it: what
 * it points at is what runs. Where a governed link passes through others, these have to be governed too. A link that
 * landed before is looked at again where its way leads over a path that is or was a link and changes.
 *
 * @param entries all of a change
 * @param links those of what lands; they may be left out where no entry is or was a link
 */
export function symlinkFindings(
  entries: readonly RawEntry[],
  scope: Scope,
  links: LinkTree,
): readonly Finding[] {
  const changed = new Set(entries.filter(isLinkChange).map(({ path }) => path.raw));
  if (changed.size === 0) return [];
  const walk = linkWalker(links);
  return links.links.flatMap((link): readonly Finding[] => {
    const { path } = link;
    const { end, through, passed } = walk(link);
    if (!changed.has(path.raw) && ![...passed].some((step) => changed.has(pathFromText(step).raw)))
      return [];
    const governed = scope.governs(path);
    const inside = governed
      ? end !== null && [end, ...through.map(pathFromText)].every(scope.governs)
      : path.text !== null && scope.covers(path.text, end?.text ?? null);
    if (inside) return [];
    const stray = governed ? through.find((step) => !scope.governs(pathFromText(step))) : undefined;
    return [
      {
        code: 'change/symlink',
        severity: 'error',
        message:
          stray === undefined
            ? `this link points at what ${scope.id} does not govern`
            : `this link leads through the link ${stray}, which ${scope.id} does not govern`,
        path: printPath(path),
        line: 1,
        column: 1,
        fix: `let it point into the scope of ${scope.id}, or put the files themselves here`,
      },
    ];
  });
}

/** Whether an entry is or was a symbolic link: where others lead may change with it. */
export function isLinkChange({ oldMode, newMode }: RawEntry): boolean {
  return oldMode === symbolicLink || newMode === symbolicLink;
}

/** A name under which Windows may open another file is said aloud: who signs should know which. Rules govern it as they do the other. */
export function shortNameFindings(
  entries: readonly RawEntry[],
  scopes: readonly Scope[],
): readonly Finding[] {
  const odd = entries.filter(
    ({ path, newMode }) =>
      newMode !== absent &&
      path.text !== null &&
      hasShortName(foldPath(path.text)) &&
      scopes.some((scope) => scope.governs(path)),
  );
  return odd.map(({ path }) => ({
    code: 'change/short-name',
    severity: 'warning',
    message:
      'on Windows a name like this may open another file, whose short name it is, and overwrite it',
    path: printPath(path),
    line: 1,
    column: 1,
    fix: 'give the file a name without "~" and a number',
  }));
}

/** Names that git itself puts into no checkout: `.`, `..`, nothing, and `.git` however it is spelled. */
const refusedName = /^(?:\.{0,2}|\.git|git~\d+)$/i;

/** A tree made by hand can hold paths that git checks out nowhere and that others unpack over a governed file. */
export function refusedNameFindings(entries: readonly RawEntry[]): readonly Finding[] {
  return entries
    .filter(
      ({ path, newMode }) =>
        newMode !== absent &&
        (path.text ?? path.raw)
          .split('/')
          .some((name) => refusedName.test(name) || foldPath(name) === '.git'),
    )
    .map(({ path }) => ({
      code: 'change/refused-name',
      severity: 'error',
      message: 'git refuses to check out a path with such a name, and other programs do not',
      path: printPath(path),
      line: 1,
      column: 1,
      fix: 'make the commit again with git itself, without this entry: git read-tree HEAD^ shows what it held before',
    }));
}

/** A submodule in place of a folder with governed files takes them out of the rule's sight, and others in. */
export function submoduleFindings(entries: readonly RawEntry[], scope: Scope): readonly Finding[] {
  const governed = entries.filter(({ path, oldMode }) => oldMode !== absent && scope.governs(path));
  const hiding = entries.filter(
    ({ path, newMode }) =>
      newMode === submodule &&
      !scope.governs(path) &&
      governed.some((entry) => entry.path.raw.startsWith(`${path.raw}/`)),
  );
  return hiding.map(({ path }) => ({
    code: 'change/submodule',
    severity: 'error',
    message: `this submodule takes the place of files that ${scope.id} governs, and the rule does not govern it`,
    path: printPath(path),
    line: 1,
    column: 1,
    fix: `name it among the paths of ${scope.id} by a policy change, or put the files themselves here`,
  }));
}

/** Where the target lands by rebase, every commit lands by itself: what comes and goes between would never be signed. */
export function rebaseFindings(
  entries: readonly RawEntry[],
  commits: readonly RangeCommit[],
  scopes: readonly Scope[],
  { severity, onto }: Asked,
): readonly Finding[] {
  const landing = new Set(entries.map(({ path }) => path.raw));
  const passing = commits
    .flatMap(({ touched }) => touched)
    .filter(({ path }) => !landing.has(path.raw) && scopes.some((scope) => scope.governs(path)));
  return [...new Map(passing.map(({ path }) => [path.raw, path])).values()].map((path) => ({
    ...squashFirst(onto),
    severity,
    message:
      'a commit of the range touches this governed file and another takes it back; a rebase would land both',
    path: printPath(path),
    line: 1,
    column: 1,
  }));
}

/** So many first-parent commits may one landing have: nobody looks further for where one begins and ends. */
export const longestLanding = 100;

/**
 * A landing of more first-parent commits than anybody looks through is found again by no audit, and not by who looks for the
 * approvals that an exception promised with it. A branch under an exception could be pushed as it is, unless branches are squashed.
 *
 * @param governed whether a rule governs anything of the change
 * @param excusing files of the exceptions under which it would land
 */
export function longLandingFindings(
  commits: readonly RangeCommit[],
  {
    landing,
    governed,
    excusing,
  }: {
    readonly landing: 'merge' | 'squash' | 'rebase';
    readonly governed: boolean;
    readonly excusing: readonly string[];
  },
  { severity, onto }: Asked,
): readonly Finding[] {
  if (commits.length <= longestLanding || landing === 'squash') return [];
  const many = `${commits.length} commits`;
  if (landing === 'rebase')
    return governed
      ? [
          {
            ...squashFirst(onto),
            severity,
            message: `a rebase would land ${many} one by one, and an audit finds no landing of more than ${longestLanding} again`,
          },
        ]
      : [];
  return excusing.map((path) => ({
    ...squashFirst(onto),
    severity,
    message: `${many} would land under this exception, and were they pushed one by one, nobody would find them again to see that the approvals follow: ${longestLanding} is the most`,
    path,
    line: 4,
    column: 1,
  }));
}

function squashFirst(onto: string): Pick<Finding, 'code' | 'fix'> {
  return {
    code: 'change/squash-first',
    fix: `squash the commits first: git reset --soft $(git merge-base ${shellWord(onto)} HEAD) && git commit`,
  };
}
