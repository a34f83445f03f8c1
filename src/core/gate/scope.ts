import picomatch from 'picomatch';
import { foldedPaths, foldGlob } from './fold-path.ts';
import { expandBraces, globReach, matchesShortNames } from './glob-reach.ts';
import { plainGlob } from './plain-glob.ts';
import { settingsFiles } from './settings-files.ts';
import { isRecordPath } from './signoff-path.ts';
import type { RawPath } from './raw-path.ts';

/** The rules that hold in every repository with a policy, whatever it says. */
export const policyChange = 'policy-change';
export const repositorySettings = 'repository-settings';

/** Decides which paths a rule governs. */
export type Scope = {
  readonly id: string;
  readonly governs: (path: RawPath) => boolean;
  /** Whether a folder may stand in for another: every file that the rule would govern below the one it governs below the other too. */
  readonly covers: (folder: string, by: string | null) => boolean;
};

const options = { posix: true, dot: true, nobrace: false, strictSlashes: false } as const;

/** With a star or two an expression is the fastest; with each more, a path made for that takes its length times longer. */
const isStarry = (pattern: string): boolean => pattern.split(/\*+/).length > 3;

/** A glob as a test of whole paths in time that its stars do not multiply. */
function starry(pattern: string): (text: string) => boolean {
  const plain = plainGlob(pattern);
  const library = compiled([pattern]);
  return plain === null ? library : (text) => plain(text) ?? library(text);
}

/** Globs as one test of whole paths. Dot-all: a line feed in a name must not let the name escape. */
function compiled(patterns: readonly string[]): (text: string) => boolean {
  const names = new Set(patterns);
  const sources = patterns.map((pattern) => picomatch.makeRe(pattern, options).source);
  const expression = new RegExp(sources.map((source) => `(?:${source})`).join('|'), 's');
  return (text) => names.has(text) || expression.test(text);
}

/** Whether a path matches one of the globs, as it stands. */
export function matchesAny(patterns: readonly string[]): (text: string) => boolean {
  const few = patterns.filter((pattern) => !isStarry(pattern));
  const tests = patterns.filter(isStarry).map(starry);
  if (few.length > 0) tests.unshift(compiled(few));
  return (text) => tests.some((test) => test(text));
}

/** Whether a path matches one of the globs, as it stands or where it is the same file as one that does, by its short name too. */
function matchesFolded(patterns: readonly string[]): (text: string) => boolean {
  const exact = matchesAny(patterns);
  // A group is folded choice by choice: a name may end within it.
  const plain = [...new Set(patterns.flatMap(expandBraces).map(foldGlob))];
  const same = plain.length === patterns.length && plain.every((one, at) => one === patterns[at]);
  const folded = same ? exact : matchesAny(plain);
  const apart = plain.map((one) => one.normalize('NFD'));
  const decomposed = apart.every((one, at) => one === plain[at]) ? folded : matchesAny(apart);
  const shortened = matchesShortNames(patterns);
  const matches = (other: string, text: string): boolean => {
    if ((!same || other !== text) && folded(other)) return true;
    // A letter and its accent may stand on either side of a star, or be one letter for a "?".
    const letters = other.normalize('NFD');
    return (
      ((other !== letters || decomposed !== folded) && decomposed(letters)) || shortened(other)
    );
  };
  return (text) => exact(text) || foldedPaths(text).some((other) => matches(other, text));
}

type Reach = ReturnType<typeof globReach>;

/**
 * The scope of a rule of the policy. A path that is not UTF-8 is in every scope; `except` takes out only what it names
 * to the letter; sign-offs and exceptions themselves are in none, or nobody could sign without moving what is signed.
 */
export function ruleScope(rule: {
  readonly id: string;
  readonly paths: readonly string[];
  readonly except?: readonly string[] | undefined;
}): Scope {
  const inside = matchesFolded(rule.paths);
  const outside = matchesAny(rule.except ?? []);
  let reach: readonly [Reach, Reach] | undefined;
  return {
    id: rule.id,
    covers: (folder, by) => {
      // Few changes touch a link.
      reach ??= [globReach(rule.paths, true), globReach(rule.except ?? [], false)];
      const [paths, except] = reach;
      return (
        isWithin(paths(folder), by === null ? new Set() : paths(by)) &&
        isWithin(by === null ? new Set() : except(by), except(folder))
      );
    },
    governs: ({ text }) => text === null || (!isRecordPath(text) && inside(text) && !outside(text)),
  };
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((one) => all.has(one));
}

const policyFiles = [
  '.countersign/policy.yaml',
  '.countersign/allowed_signers',
  '.countersign/revoked_keys',
  '.countersign/checklists/**',
];

let policyScope: Scope | undefined;

/** What the gate itself is judged by. Made once, when it is first asked for. */
export function policyChangeScope(): Scope {
  policyScope ??= ruleScope({ id: policyChange, paths: policyFiles });
  return policyScope;
}

/** What changes what a checkout makes of the same blobs, or what checks it; less what a rule of the policy governs. */
export function repositorySettingsScope(rules: readonly Scope[]): Scope {
  const inside = ruleScope({ id: repositorySettings, paths: settingsFiles });
  // A link where settings could lie brings any of them in, whoever else governs a part of them.
  return {
    ...inside,
    governs: (path) => inside.governs(path) && !rules.some((rule) => rule.governs(path)),
  };
}
