/** Which branch and which remote hold the policy, in clones as people have them; each step that is printed is followed. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { keyFile } from './kit/keys.ts';
import { as, freshFolder, ModelRepo, raisedText } from './kit/model-repo.ts';
import { policyText, policyValue } from './kit/policy.ts';
import { must, run } from './kit/processes.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

type Answer = { readonly code: number; readonly said: string };

/** A clone of somebody's, and what they type in it. */
class Clone {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  static async of(source: string, ...options: string[]): Promise<Clone> {
    const dir = join(await mkdtemp(join(folder, 'c-')), 'c');
    await must('git', ['clone', '-q', ...options, source, dir]);
    const clone = new Clone(dir);
    await clone.is('ada');
    return clone;
  }

  async is(who: string): Promise<void> {
    for (const [key, value] of [
      ['user.name', who],
      ['user.email', `${who}@example.org`],
      ['gpg.format', 'ssh'],
      ['user.signingKey', await keyFile(who)],
    ] as const)
      await this.git('config', key, value);
  }

  async git(...args: string[]): Promise<string> {
    return (await must('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd: this.dir }))
      .toString()
      .trim();
  }

  async edits(path: string, text: string): Promise<void> {
    writeFileSync(join(this.dir, path), text);
    await this.git('add', '-A');
    await this.git('commit', '-qm', `edit ${path}`);
  }

  async asks(...args: string[]): Promise<Answer> {
    return answer(await run(process.execPath, [program, ...args], { cwd: this.dir }));
  }

  /** The pre-push hook, told what git would tell it. */
  async asksHook(input: string): Promise<string> {
    const args = [program, 'hook', 'run', 'pre-push', '--json', 'origin', hosted];
    return (await run(process.execPath, args, { cwd: this.dir, input })).stdout.toString();
  }

  /** git with the hooks on. */
  async types(...args: string[]): Promise<Answer> {
    return answer(await run('git', args, { cwd: this.dir }));
  }

  /** Follows the commands of a printed step, as a person would paste them. */
  async follows({ said }: Answer, step: RegExp): Promise<void> {
    const [command] = step.exec(said) ?? assert.fail(said);
    await must('sh', ['-c', command], { cwd: this.dir });
  }
}

function codesOf(json: string): readonly string[] {
  const { checks } = JSON.parse(json) as {
    readonly checks: readonly { readonly findings: readonly { readonly code: string }[] }[];
  };
  return checks.flatMap(({ findings }) => findings.map(({ code }) => code));
}

function answer({ code, stdout, stderr }: Awaited<ReturnType<typeof run>>): Answer {
  return { code, said: `${stdout.toString()}${stderr}` };
}

let folder: string;
/** main with a policy, and `change`, which both signed and which has not landed. */
let signed: ModelRepo;
/** A bare copy of it. */
let hosted: string;
/** main → trunk: the policy names trunk, and another change was signed and landed there since. */
let renamed: string;

async function bare(from: string): Promise<string> {
  const dir = join(await mkdtemp(join(folder, 'b-')), 'hosted.git');
  await must('git', ['clone', '-q', '--bare', from, dir]);
  await must('git', ['symbolic-ref', 'HEAD', 'refs/heads/main'], { cwd: dir });
  return dir;
}

const at = (dir: string, ...args: string[]): Promise<Buffer> => must('git', args, { cwd: dir });

before(async () => {
  folder = await freshFolder();
  signed = await ModelRepo.make({ upTo: 'both' });
  hosted = await bare(signed.dir);
  const moving = await ModelRepo.make();
  moving.write('.countersign/policy.yaml', policyText(policyValue({ targets: ['trunk'] })));
  await moving.commit('the policy moves to trunk', 'ada');
  await moving.admins();
  renamed = await bare(moving.dir);
  await at(renamed, 'branch', '-q', '-m', 'change', 'trunk');
});

const setHead = /git remote set-head origin --auto/;
const setTarget = /git config countersign\.target [\w/]+/;

describe('a branch that is no target is not read as what landed', () => {
  const commands = [
    ['audit'],
    ['approved', 'model/score.py'],
    ['export', 'vsa'],
    ['verify'],
    ['check'],
    ['inbox'],
    ['sign', '--range', 'HEAD~1...HEAD', '--role', 'validator'],
  ];

  test('where the remote names it, under whatever name the remote has', async () => {
    const colleague = await bare(signed.dir);
    await at(colleague, 'symbolic-ref', 'HEAD', 'refs/heads/change');
    for (const options of [[], ['-o', 'company']]) {
      const clone = await Clone.of(colleague, ...options);
      for (const command of commands) {
        const asked = await clone.asks(...command);
        assert.equal(asked.code, 2, `${command.join(' ')}: ${asked.said}`);
        assert.match(asked.said, /policy\/branch/);
        assert.doesNotMatch(asked.said, /first in the policy/);
      }
      const doctor = await clone.asks('doctor');
      assert.match(doctor.said, /names main as its first target.*countersign\.target main/s);
      await clone.follows(doctor, setTarget);
      assert.equal((await clone.asks('audit')).code, 0);
      assert.equal((await clone.asks('approved', 'model/score.py')).code, 1);
    }
  });

  test('where it is asked for by name, or by a setting', async () => {
    const clone = await Clone.of(hosted);
    const named = await clone.asks('audit', '--target', 'change');
    assert.deepEqual([named.code, /policy\/branch/.test(named.said)], [2, true], named.said);
    assert.equal((await clone.asks('audit')).code, 0);
    await clone.git('config', 'countersign.target', 'change');
    const set = await clone.asks('approved', 'model/score.py');
    assert.equal(set.code, 2);
    await clone.follows(set, setTarget);
    assert.equal((await clone.asks('approved', 'model/score.py')).code, 1);
  });

  test('where it alone was fetched', async () => {
    const clone = await Clone.of(`file://${hosted}`, '--single-branch', '-b', 'change');
    const asked = await clone.asks('audit');
    assert.equal(asked.code, 2, asked.said);
    await clone.follows(asked, /git fetch origin '[^']+'/);
    await clone.git('remote', 'set-head', 'origin', '--auto');
    assert.equal((await clone.asks('audit')).code, 0);
  });
});

describe('a target that is not the policy branch does not stand in for it', () => {
  test('where it is another target than the policy branch', async () => {
    const release = await bare(signed.dir);
    await at(release, 'branch', '-q', '-m', 'change', 'release/1');
    await at(release, 'symbolic-ref', 'HEAD', 'refs/heads/release/1');
    for (const options of [[], ['--single-branch']]) {
      const clone = await Clone.of(`file://${release}`, ...options);
      const asked = await clone.asks('approved', 'model/score.py');
      assert.equal(asked.code, 2, asked.said);
      assert.match(asked.said, setTarget);
    }
  });

  test('where it calls itself the policy branch, by an edit that nobody signed', async () => {
    const clone = await Clone.of(hosted, '-b', 'change');
    await clone.edits('.countersign/policy.yaml', policyText(policyValue({ targets: ['change'] })));
    await clone.git('config', 'countersign.target', 'change');
    await clone.git('update-ref', 'refs/remotes/origin/change', 'HEAD');
    const asked = await clone.asks('approved', 'model/score.py');
    assert.equal(asked.code, 2, asked.said);
    await clone.follows(asked, setTarget);
    assert.equal((await clone.asks('approved', 'model/score.py')).code, 1);
  });

  test('a target that was renamed reads on', async () => {
    const clone = await Clone.of(renamed, '-b', 'trunk');
    await clone.git('remote', 'set-head', 'origin', 'trunk');
    const audit = await clone.asks('audit', '--json');
    assert.equal(audit.code, 0, audit.said);
  });
});

/** master has no policy; main goes on from it with one, and is the default branch now. */
const forgotten = async (): Promise<Clone> => {
  const up = await bare(signed.dir);
  const text = async (...args: string[]): Promise<string> =>
    (await must('git', args, { cwd: up, env: as('eve') })).toString().trim();
  const readme = await text('rev-parse', 'main:README.md');
  const tree = (
    await must('git', ['mktree'], { cwd: up, input: `100644 blob ${readme}\tREADME.md\n` })
  )
    .toString()
    .trim();
  const old = await text('commit-tree', tree, '-m', 'old');
  const now = await text('commit-tree', 'main^{tree}', '-p', old, '-m', 'policy');
  await at(up, 'update-ref', 'refs/heads/master', old);
  await at(up, 'symbolic-ref', 'HEAD', 'refs/heads/master');
  await at(up, 'update-ref', '-d', 'refs/heads/change');
  await at(up, 'update-ref', '-d', 'refs/heads/main');
  const clone = await Clone.of(up);
  await at(up, 'branch', '-q', '-m', 'master', 'main');
  await at(up, 'update-ref', 'refs/heads/main', now);
  await clone.git('fetch', '-q');
  await clone.git('switch', '-q', '-c', 'change', 'origin/main');
  await clone.edits('model/score.py', raisedText);
  return clone;
};

describe('a clone that does not know that the default branch was renamed', () => {
  test('is refused by check, hooks, audit and doctor, and the step settles it', async () => {
    const clone = await forgotten();
    assert.equal((await clone.asks('hook', 'install')).code, 0);
    for (const command of [['check'], ['check', '--range', 'origin/main...HEAD'], ['audit']]) {
      const asked = await clone.asks(...command);
      assert.equal(asked.code, 2, `${command.join(' ')}: ${asked.said}`);
      assert.match(asked.said, setHead);
    }
    assert.notEqual((await clone.types('commit', '--allow-empty', '-qm', 'more')).code, 0);
    const doctor = await clone.asks('doctor');
    assert.match(doctor.said, setHead);
    await clone.follows(doctor, setHead);
    const judged = await clone.asks('check', '--range', 'origin/main...HEAD');
    assert.match(judged.said, /requirement\/unmet/);
    assert.equal((await clone.asks('audit')).code, 0);
  });

  test('has a push to the new one judged by the policy that stands there', async () => {
    const clone = await forgotten();
    await clone.asks('hook', 'install');
    const pushed = await clone.types('push', 'origin', 'HEAD:main');
    assert.notEqual(pushed.code, 0);
    assert.match(pushed.said, /the push to main: fail: .*sign --range origin\/main\.\.\.HEAD/);
  });

  test('is told so where the old one was pruned and stands here alone', async () => {
    const up = await bare(renamed);
    const clone = await Clone.of(up);
    await at(up, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
    await at(up, 'branch', '-q', '-D', 'main');
    await clone.git('fetch', '-q', '--prune');
    await clone.git('switch', '-q', '-c', 'change', 'origin/trunk');
    await clone.edits('model/score.py', raisedText);
    for (const command of [['check'], ['audit'], ['sign', '--role', 'validator']]) {
      const asked = await clone.asks(...command);
      assert.equal(asked.code, 2, asked.said);
      assert.match(asked.said, setHead);
    }
    // The remote’s HEAD may not even be there to dangle.
    await clone.git('symbolic-ref', '-d', 'refs/remotes/origin/HEAD');
    for (const head of ['change', 'main']) {
      await clone.git('switch', '-q', head);
      const asked = await clone.asks('check', '--range', 'main...HEAD');
      assert.equal(asked.code, 2, `${head}: ${asked.said}`);
      assert.match(asked.said, setHead);
    }
    await clone.git('switch', '-q', 'change');
    await clone.git('remote', 'set-head', 'origin', '--auto');
    const judged = await clone.asks('check', '--range', 'origin/trunk...HEAD');
    assert.match(judged.said, /requirement\/unmet/);
    const stale = await clone.asks('check', '--range', 'main...HEAD');
    assert.match(stale.said, /countersign check --range origin\/trunk\.\.\.HEAD/);
  });
});

describe('the base that was judged is the one that is named', () => {
  test('a fork beside what it was made of', async () => {
    const fork = await bare(hosted);
    const up = await bare(hosted);
    const elsewhere = await Clone.of(up);
    await elsewhere.edits('README.md', '# moved\n');
    await elsewhere.git('push', '-q', 'origin', 'main');
    const clone = await Clone.of(fork);
    await clone.git('remote', 'add', '-f', 'upstream', up);
    await clone.git('switch', '-q', '-c', 'work', '--no-track', 'upstream/main');
    await clone.edits('model/score.py', raisedText);
    await clone.asks('hook', 'install');
    const refused = await clone.types('push', 'upstream', 'HEAD:main');
    assert.notEqual(refused.code, 0);
    const [, range = ''] = /sign --range (\S+)/.exec(refused.said) ?? [];
    assert.equal(range, 'upstream/main...HEAD');
    // By its address, where no branch of it is known by a name of its own.
    const address = await clone.types('push', `${up}/`, 'HEAD:main');
    const [, byId = ''] = /sign --range (\S+)/.exec(address.said) ?? [];
    assert.equal(byId, `${await clone.git('rev-parse', 'upstream/main')}...HEAD`);
    const answers = join(folder, 'answers.yaml');
    writeFileSync(answers, 'tests-pass: {answer: yes, note: ran them}\n');
    for (const [who, role] of [
      ['ada', 'model-owner'],
      ['ben', 'validator'],
    ] as const) {
      await clone.is(who);
      const step = ['sign', '--range', range, '--rule', 'model-change', '--as', who];
      const done = await clone.asks(...step, '--role', role, '--answers', answers);
      assert.equal(done.code, 0, done.said);
      await clone.git('commit', '-qm', `sign-off of ${who}`);
    }
    const pushed = await clone.types('push', 'upstream', 'HEAD:main');
    assert.equal(pushed.code, 0, pushed.said);
  });
});

describe('the remote that is meant is the one that is read', () => {
  test('the remote is the one that is pushed to, or the one that is set', async () => {
    const clone = await Clone.of(hosted);
    await clone.git('remote', 'add', '-f', 'upstream', hosted);
    await clone.git('switch', '-q', '-c', 'work');
    await clone.edits('model/score.py', raisedText);
    const base = async (): Promise<string | undefined> => {
      const tip = await clone.git('rev-parse', 'main');
      const asked = await clone.asks('check', '--range', `${tip}...HEAD`);
      return /sign --range (\S+)\.\.\.HEAD/.exec(asked.said)?.[1];
    };
    assert.equal(await base(), 'origin/main');
    for (const key of ['branch.work.remote', 'remote.pushDefault', 'branch.work.pushRemote']) {
      await clone.git('config', key, 'upstream');
      assert.equal(await base(), 'upstream/main', key);
      await clone.git('config', '--unset', key);
    }
    await clone.git('config', 'countersign.remote', 'upstream');
    assert.equal(await base(), 'upstream/main');
    await clone.git('remote', 'rename', 'upstream', 'gone');
    const asked = await clone.asks('check');
    assert.equal(asked.code, 2);
    await clone.follows(asked, /git config --unset countersign\.remote/);
    assert.equal(await base(), 'origin/main');
  });

  test('two remotes of other names, and nothing says which', async () => {
    const clone = await Clone.of(hosted, '-o', 'a');
    await clone.git('remote', 'add', '-f', 'b', hosted);
    await clone.git('switch', '-q', '-c', 'work');
    assert.equal((await clone.asks('audit')).code, 0, 'the one that was cloned says so');
    await clone.git('remote', 'set-head', 'a', '--delete');
    const asked = await clone.asks('check');
    assert.equal(asked.code, 2);
    await clone.follows(asked, /git config countersign\.remote a/);
    assert.equal((await clone.asks('check')).code, 0);
  });
});

describe('clones that say enough are judged as before', () => {
  const passes = async (clone: Clone, range: string): Promise<void> => {
    const asked = await clone.asks('check', '--range', range);
    assert.equal(asked.code, 0, asked.said);
    assert.match(asked.said, /pass/);
    const audit = await clone.asks('audit');
    assert.equal(audit.code, 0, audit.said);
  };

  test('a fresh one, one of another remote’s name, one without a remote', async () => {
    await passes(await Clone.of(hosted, '-b', 'change'), 'origin/main...HEAD');
    await passes(await Clone.of(hosted, '-b', 'change', '-o', 'company'), 'company/main...HEAD');
    await passes(new Clone(signed.dir), 'main...HEAD');
  });

  test('a job of CI: detached, fetched into, no remote that says which branch is the default one', async () => {
    const clone = await Clone.of(hosted);
    await clone.git('remote', 'set-head', 'origin', '--delete');
    await clone.git('switch', '-q', '--detach', 'origin/change');
    await clone.git('branch', '-q', '-D', 'main');
    await passes(clone, 'origin/main...HEAD');
    await clone.git('config', '--remove-section', 'remote.origin');
    for (const name of ['main', 'change'])
      await clone.git('fetch', '-q', hosted, `+${name}:refs/remotes/origin/${name}`);
    await passes(clone, 'origin/main...HEAD');
  });

  test('the first policy of a repository', async () => {
    const clone = await Clone.of(hosted);
    await clone.git('switch', '-q', '--orphan', 'fresh');
    await clone.edits('README.md', '# fresh\n');
    const up = join(await mkdtemp(join(folder, 'f-')), 'up.git');
    await at(folder, 'init', '-q', '--bare', '-b', 'main', up);
    await clone.git('push', '-q', up, 'fresh:main');
    const fresh = await Clone.of(up);
    await fresh.git('switch', '-q', '-c', 'policy');
    await fresh.git('fetch', '-q', hosted, 'main');
    await fresh.git('checkout', '-q', 'FETCH_HEAD', '--', '.countersign');
    await fresh.git('commit', '-qm', 'policy');
    const asked = await fresh.asks('check', '--range', 'main...HEAD');
    assert.deepEqual([asked.code, /policy\/first/.test(asked.said)], [0, true], asked.said);
    await fresh.git('config', 'push.default', 'upstream');
    await fresh.asks('hook', 'install');
    const pushed = await fresh.types('push', 'origin', 'HEAD:main');
    assert.equal(pushed.code, 0, pushed.said);
  });

  test('a policy that moves to a branch which is not there yet', async () => {
    const clone = await Clone.of(renamed, '-b', 'trunk');
    await clone.git('branch', '-q', '-m', 'change');
    await clone.git('branch', '-q', '-dr', 'origin/trunk');
    await clone.git('remote', 'set-head', 'origin', 'main');
    const asked = await clone.asks('check', '--range', 'origin/main...HEAD');
    assert.equal(asked.code, 0, asked.said);
  });
});

describe('what was not fetched', () => {
  test('a shallow checkout of one branch is told the fetch that brings the rest', async () => {
    const clone = await Clone.of(`file://${hosted}`, '--depth=1', '-b', 'change');
    for (const command of [['check'], ['check', '--target', 'main']]) {
      const asked = await clone.asks(...command);
      assert.equal(asked.code, 2, asked.said);
      assert.match(asked.said, /git fetch --unshallow origin '\+refs\/heads\//);
    }
    await clone.follows(await clone.asks('check'), /git fetch --unshallow origin '[^']+'/);
    const asked = await clone.asks('check', '--range', 'origin/main...HEAD');
    assert.equal(asked.code, 0, asked.said);
  });
});

describe('pushes that are no push to a branch of work', () => {
  let clone: Clone;
  before(async () => {
    clone = await Clone.of(await bare(hosted));
    await clone.git('switch', '-q', '-c', 'work');
    await clone.edits('model/score.py', raisedText);
    await clone.asks('hook', 'install');
  });

  test('a change that is sent to review is judged for its branch, as far as its author can', async () => {
    const sent = await clone.types('push', 'origin', 'HEAD:refs/for/main');
    assert.match(sent.said, /not judged here/);
    const landed = await clone.types('push', 'origin', 'HEAD:refs/for/main%submit');
    assert.notEqual(landed.code, 0);
    assert.match(landed.said, /the push to refs\/for\/main%submit: fail/);
  });

  test('a ref that is no branch is said not to be judged; a tag is nobody’s business', async () => {
    const odd = await clone.types('push', 'origin', 'HEAD:refs/odd/main');
    assert.equal(odd.code, 0, odd.said);
    assert.match(odd.said, /is no branch: what is pushed there was not judged/);
    const json = await clone.asksHook(
      `HEAD ${await clone.git('rev-parse', 'HEAD')} refs/odd/main ${'0'.repeat(40)}\n`,
    );
    assert.deepEqual(codesOf(json), ['push/not-judged']);
    const tag = await clone.types('push', 'origin', 'HEAD:refs/tags/v1');
    assert.deepEqual([tag.code, /judged/.test(tag.said)], [0, false], tag.said);
  });

  test('forty branches at one commit are one question', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `HEAD:refs/heads/b${index}`);
    writeFileSync(join(clone.dir, '.countersign/decisions.yaml'), 'x: 1\n');
    await clone.edits('.countersign/policy.yaml', 'rules: [\n');
    const pushed = await clone.types('push', 'origin', ...names);
    assert.notEqual(pushed.code, 0);
    assert.match(pushed.said, /the push to b0 and to 39 more branches: fail/);
    assert.equal(pushed.said.match(/: fail: /g)?.length, 1);
  });
});
