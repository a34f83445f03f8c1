import {
  either,
  flag,
  type Form,
  letters,
  listOf,
  mapOf,
  object as closed,
  oneOf,
  text,
  whole,
} from './plain-forms.ts';
import { type Beside, canBeMet, type Person, type PlainPolicy } from './plain-seats.ts';

/** Keys that begin with `x-` are a team's own. */
const object = (
  must: Readonly<Record<string, Form>>,
  may: Readonly<Record<string, Form>> = {},
): Form => closed(must, may, (name) => name.startsWith('x-'));

const slug = letters(/[A-Za-z0-9][A-Za-z0-9_-]{0,63}/);
const risk = oneOf('low', 'medium', 'high', 'critical');
export const phase = oneOf('explore', 'exploit');
const channels = listOf(
  oneOf('transcript', 'log', 'survey', 'annotation', 'review', 'issue', 'monitor'),
);
const uses = oneOf('training', 'evaluation', 'analysis');
export const places = whole(1, 20);
const graded = { from_risk: risk, phase };
const evidence = either(
  object(
    { kind: oneOf('decision') },
    {
      ...graded,
      status: listOf(
        oneOf(
          'proposed',
          'in-review',
          'accepted',
          'rejected',
          'shipped',
          'rolled-back',
          'superseded',
        ),
        1,
      ),
      covers: oneOf('changed-files'),
    },
  ),
  object(
    { kind: oneOf('result') },
    {
      ...graded,
      verdict: oneOf('pass', 'fail', 'undecided'),
      max_age_days: whole(1),
      verify: oneOf('recompute'),
    },
  ),
  object({ kind: oneOf('feedback') }, { ...graded, count: whole(1), scope: listOf(uses, 1) }),
  object({ kind: oneOf('rollback') }, { ...graded, rehearsed_within_days: whole(1) }),
  object(
    { kind: oneOf('rollout'), kinds: listOf(oneOf('full', 'toggle', 'adapter', 'shadow'), 1) },
    graded,
  ),
  object({ kind: oneOf('review', 'escalation') }, graded),
);
const requirement = object(
  { role: slug },
  {
    ...graded,
    count: places,
    independent: flag,
    presence: oneOf('touch', 'verify'),
    accept: listOf(oneOf('key', 'forge'), 1),
  },
);
const form = object(
  {
    schema: oneOf('countersign/policy@1'),
    repository: slug,
    targets: listOf(text, 1),
    roles: mapOf(slug, listOf(slug)),
    people: mapOf(
      slug,
      object(
        { emails: listOf(text, 1) },
        { name: text, principals: listOf(text, 1), forge: mapOf(() => true, text) },
      ),
    ),
    rules: listOf(
      object(
        { id: slug, paths: listOf(text, 1), require: listOf(requirement, 0, 20) },
        {
          except: listOf(text),
          checklist: slug,
          evidence: listOf(evidence),
          max_age_days: whole(1),
          up_to_date: flag,
        },
      ),
      0,
      500,
    ),
  },
  {
    landing: oneOf('merge', 'squash', 'rebase'),
    identity: oneOf('claimed', 'signed'),
    agents: listOf(text, 0, 500),
    platforms: listOf(text, 0, 500),
    attestors: listOf(object({ forge: text, principal: text })),
    stages: mapOf(slug, oneOf('off', 'records', 'author', 'all')),
    exceptions: object(
      { role: slug, max_days: whole(1), follow_up_days: whole(1) },
      { count: places },
    ),
    policy_change: object({}, { count: places }),
    repository_settings: oneOf('on', 'off'),
    privacy: object(
      {},
      {
        min_cell: whole(0),
        consent_required: channels,
        consent_scope: listOf(uses),
        private_text: channels,
        cohort: listOf(text),
      },
    ),
  },
);

/** Whether a policy may hold, by a plain reading of its page: its form, whose name is whose, and whether people could ever meet it. */
export function mayHold(value: unknown, beside: Beside): boolean {
  if (!form(value)) return false;
  const policy = value as PlainPolicy;
  return (
    namesAreClear(policy) &&
    globsAreClear(policy) &&
    rulesAreClear(policy, beside) &&
    canBeMet(policy, beside)
  );
}

const small = (word: string): string =>
  word.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));

/** Whether a star pattern fits, by trying every length of each star. */
function fits(pattern: string, word: string): boolean {
  if (pattern === '') return word === '';
  if (pattern[0] === '*')
    return Array.from({ length: word.length + 1 }, (_, taken) => taken).some((taken) =>
      fits(pattern.slice(1), word.slice(taken)),
    );
  return pattern[0] === word[0] && fits(pattern.slice(1), word.slice(1));
}

function namesAreClear({
  people,
  agents = [],
  platforms = [],
  attestors = [],
}: PlainPolicy): boolean {
  const machine = (name: string): boolean =>
    [...agents, ...platforms].some((pattern) => fits(small(pattern), small(name)));
  const persons = Object.entries(people);
  const pairs = persons.flatMap(([a, one]) =>
    persons.filter(([b]) => a < b).map(([, other]) => [one, other] as const),
  );
  const meet = (some: readonly string[] = [], others: readonly string[] = []): boolean =>
    some.some((a) => others.some((b) => small(a) === small(b)));
  const logins = ({ forge = {} }: Person): readonly string[] =>
    Object.entries(forge).map(([name, login]) => `${login} on ${name}`);
  return (
    !pairs.some(
      ([a, b]) =>
        meet(a.emails, b.emails) || meet(a.principals, b.principals) || meet(logins(a), logins(b)),
    ) &&
    !persons.some(
      ([, { emails, principals = [] }]) =>
        [...emails, ...principals].some(machine) ||
        attestors.some(({ principal }) => meet([principal], principals)),
    )
  );
}

function globsAreClear({ targets, rules }: PlainPolicy): boolean {
  const globs = [...targets, ...rules.flatMap(({ paths, except = [] }) => [...paths, ...except])];
  const clear = (glob: string): boolean =>
    glob.length <= 1000 &&
    glob.trim() === glob &&
    !/[!\\]/.test(glob) &&
    glob.split('/').every((name) => !['', '.', '..'].includes(name)) &&
    glob.split('[').length === glob.split(']').length;
  return (
    globs.every(clear) &&
    !/[*?[\]{}()!+@\\]/.test(targets[0] ?? '') &&
    !targets.some((target) => target.startsWith('refs/'))
  );
}

function rulesAreClear(
  { rules, roles, people, stages = {}, exceptions }: PlainPolicy,
  { checklists }: Beside,
): boolean {
  const ids = rules.map(({ id }) => small(id));
  const asked = [
    ...rules.flatMap(({ require }) => require.map(({ role }) => role)),
    'policy-admin',
    ...(exceptions ? [exceptions.role] : []),
  ];
  return (
    new Set(ids).size === ids.length &&
    !ids.includes('policy-change') &&
    !ids.includes('repository-settings') &&
    rules.every(({ checklist }) => checklist === undefined || checklists.has(checklist)) &&
    Object.keys(stages).every((stage) =>
      ['pre-commit', 'pre-merge-commit', 'pre-push', 'ci'].includes(stage),
    ) &&
    (stages['ci'] ?? 'all') === 'all' &&
    !Object.hasOwn(roles, 'author') &&
    Object.values(roles)
      .flat()
      .every((person) => Object.hasOwn(people, person)) &&
    asked.every((role) => Object.hasOwn(roles, role))
  );
}
