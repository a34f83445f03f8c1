import { weakPolicy, weaknesses } from '../core/gate/weaknesses.ts';
import { countOf } from '../core/render/count-of.ts';
import type { Diagnosis, MachineChecks } from './diagnosis.ts';
import { identity, signingKey } from './doctor-person.ts';
import { CountersignError } from './errors.ts';
import { globFindings, loadPolicy } from './load-policy.ts';
import { cloneKind, fetchStep, lacksContent } from './missing-history.ts';
import { heldRecords } from './held-records.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';
import { policyBranch } from './policy-branch.ts';
import { readRefs } from './refs.ts';
import { tipName } from './revisions.ts';

/** Looks at everything that a person needs here, in the order in which it is mended. */
export async function diagnose(
  repository: Repository,
  machine: MachineChecks,
): Promise<readonly Diagnosis[]> {
  return [
    await attempt('git', () => gitVersion(repository)),
    await attempt('history', () => history(repository)),
    await attempt('policy', () => policyState(repository)),
    ...(await recordsState(repository)),
    await attempt('you', () => identity(repository, machine)),
    await attempt('key', () => signingKey(repository, machine)),
    ...(await hooks(machine)),
    await attempt('engine', async () => good('engine', await machine.engine())),
  ];
}

function good(check: string, says: string): Diagnosis {
  return { check, state: 'good', says, fix: null };
}

async function attempt(check: string, look: () => Promise<Diagnosis>): Promise<Diagnosis> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CountersignError)
      return { check, state: 'bad', says: error.message, fix: error.fix ?? null };
    return {
      check,
      state: 'bad',
      says: error instanceof Error ? error.message : String(error),
      fix: null,
    };
  }
}

async function gitVersion({ git }: Repository): Promise<Diagnosis> {
  const version = await git.text(['version']);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major > 2 || (major === 2 && minor >= 38)) return good('git', version);
  return {
    check: 'git',
    state: 'bad',
    says: `${version} is too old`,
    fix: 'install git 2.38 or newer',
  };
}

async function history({ git }: Repository): Promise<Diagnosis> {
  const { shallow, filteredFrom } = await cloneKind(git);
  if (!shallow && (filteredFrom === null || !(await lacksContent(git))))
    return good('history', 'complete');
  return {
    check: 'history',
    state: 'warning',
    says: shallow
      ? 'this clone lacks part of the history'
      : 'this clone was made with --filter and lacks content, which the gate does not fetch by itself',
    fix: await fetchStep(git),
  };
}

async function policyState({ git, files, clock }: Repository): Promise<Diagnosis> {
  const refs = await readRefs(git);
  const { ref: branch, tip } = await policyBranch(git, refs);
  const loaded = await loadPolicy(git, tip);
  if (loaded === null) {
    const written = (await files.read('.countersign/policy.yaml')) !== null;
    return {
      check: 'policy',
      state: 'warning',
      says: `${tipName(refs, branch)} has no policy: nothing is protected`,
      fix: written
        ? `land the one that is here: commit .countersign, and push it to ${branch.slice(11)}`
        : 'countersign init, then land the policy',
    };
  }
  const [error] = loaded.findings.filter(({ severity }) => severity === 'error');
  if (error)
    return {
      check: 'policy',
      state: 'bad',
      says: `${error.path}:${error.line}: ${error.message}`,
      fix: error.fix ?? null,
    };
  const says = `${countOf(loaded.policy?.rules.length ?? 0, 'rule')} on ${branch.slice(11)}, ${countOf(loaded.allowed.length, 'key')}`;
  const [dead] = loaded.keyProblems(clock.now());
  if (dead)
    return {
      check: 'policy',
      state: 'bad',
      says: `${dead.finding.path}:${dead.finding.line}: ${dead.finding.message}`,
      fix: dead.finding.fix ?? null,
    };
  const [weak] = loaded.policy ? weaknesses(loaded.policy) : [];
  const others = [
    ...loaded.findings.filter(
      ({ severity, code }) => severity === 'warning' && code !== weakPolicy,
    ),
    ...(await globFindings(git, loaded, tip)),
  ];
  const warnings = [
    ...(weak === undefined ? [] : [weak]),
    ...others.map(({ path, line, message }) => `${path}:${line}: ${message}`),
  ];
  return warnings.length === 0
    ? good('policy', says)
    : {
        check: 'policy',
        state: 'warning',
        says: [says, ...warnings].join('; '),
        fix:
          weak === undefined
            ? (others[0]?.fix ?? null)
            : 'take policy_change away once there are two policy-admins',
      };
}

/** Said where it is not well: a folder that is gone though a policy stands, and records that nobody can read. */
async function recordsState(repository: Repository): Promise<readonly Diagnosis[]> {
  const check = 'records';
  try {
    if ((await repository.files.list('.countersign')).length === 0) {
      const held = await heldRecords(repository);
      return held === null
        ? []
        : [
            {
              check,
              state: 'warning',
              says: `.countersign is gone from the working tree; ${held.holders.join(' and ')} hold${held.holders.length === 1 ? 's' : ''} a policy, and it stands`,
              fix: `git ${held.restore.join(' ')}`,
            },
          ];
    }
    const { unreadable, findings } = await indexRecords(repository);
    return unreadable.map((path) => {
      const found = findings.find(
        (finding) => finding.path === path && finding.severity === 'error',
      );
      return {
        check,
        state: 'warning',
        says: `${path}:${found?.line ?? 1}: ${found?.message ?? 'it cannot be read'}`,
        fix: found?.fix ?? null,
      };
    });
  } catch (error) {
    return [await attempt(check, () => Promise.reject(error))];
  }
}

async function hooks(machine: MachineChecks): Promise<readonly Diagnosis[]> {
  try {
    return (await machine.hooks()).map(({ name, fires, fix }) =>
      fires
        ? good(name, 'git runs it')
        : { check: name, state: 'warning', says: 'git does not run the gate here', fix },
    );
  } catch (error) {
    return [
      {
        check: 'hooks',
        state: 'bad',
        says: error instanceof Error ? error.message : String(error),
        fix: null,
      },
    ];
  }
}
