import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { program } from '../cli/program.ts';
import { keyFile } from './kit/keys.ts';
import { as, freshFolder, ModelRepo, raisedText } from './kit/model-repo.ts';
import { must, run } from './kit/processes.ts';

/** A file with somebody's identity and key, as `~/.gitconfig` has it. */
async function settingsOf(who: string): Promise<string> {
  const file = join(await freshFolder(), '.gitconfig');
  writeFileSync(
    file,
    `[user]\n\tname = ${who}\n\temail = ${who}@example.org\n\tsigningKey = ${await keyFile(who)}.pub\n[gpg]\n\tformat = ssh\n[countersign]\n\ttarget = nowhere\n[core]\n\tworktree = /nowhere\n[i18n]\n\tcommitEncoding = UTF-16\n`,
  );
  return file;
}

/** Each way in which git can be told who is at work. */
const tellings: readonly (readonly [
  name: string,
  variables: (who: string) => Promise<Record<string, string>>,
])[] = [
  ['GIT_CONFIG_GLOBAL', async (who) => ({ GIT_CONFIG_GLOBAL: await settingsOf(who) })],
  [
    'GIT_CONFIG_SYSTEM',
    async (who) => ({
      GIT_CONFIG_SYSTEM: await settingsOf(who),
      GIT_CONFIG_NOSYSTEM: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
    }),
  ],
  [
    'GIT_CONFIG_COUNT',
    async (who) => ({
      GIT_CONFIG_COUNT: '5',
      GIT_CONFIG_KEY_0: 'user.email',
      GIT_CONFIG_VALUE_0: `${who}@example.org`,
      GIT_CONFIG_KEY_1: 'user.name',
      GIT_CONFIG_VALUE_1: who,
      GIT_CONFIG_KEY_2: 'user.signingKey',
      GIT_CONFIG_VALUE_2: `${await keyFile(who)}.pub`,
      GIT_CONFIG_KEY_3: 'countersign.target',
      GIT_CONFIG_VALUE_3: 'nowhere',
      GIT_CONFIG_KEY_4: 'i18n.commitEncoding',
      GIT_CONFIG_VALUE_4: 'UTF-16',
    }),
  ],
  [
    'GIT_CONFIG_PARAMETERS',
    async (who) => ({
      GIT_CONFIG_PARAMETERS: `'user.email'='${who}@example.org' 'user.name'='${who}'`,
    }),
  ],
  [
    'XDG_CONFIG_HOME',
    async (who) => {
      const folder = await freshFolder();
      mkdirSync(join(folder, 'git'));
      writeFileSync(
        join(folder, 'git/config'),
        `[user]\n\tname = ${who}\n\temail = ${who}@example.org\n\tsigningKey = ${await keyFile(who)}.pub\n[gpg]\n\tformat = ssh\n`,
      );
      return { XDG_CONFIG_HOME: folder, HOME: folder };
    },
  ],
  ['GIT_AUTHOR_EMAIL', async (who) => as(who)],
];

/** Those that name no key here. */
const keyless = new Set(['GIT_CONFIG_PARAMETERS', 'GIT_AUTHOR_EMAIL']);

describe('who is at work by the variables', () => {
  let repo: ModelRepo;
  let home: string;
  before(async () => {
    repo = await ModelRepo.make();
    repo.write('model/score.py', raisedText);
    await repo.git('add', '-A');
    await repo.signoff('ada', 'model-owner', { head: 'index', commit: false });
    await repo.signoff('ben', 'validator', { head: 'index', commit: false });
    await repo.git('add', '-A');
    home = (await settingsOf('ada')).replace('/.gitconfig', '');
    writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = ada\n\temail = ada@example.org\n');
  });

  const checked = async (variables: Readonly<Record<string, string>>) => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      [program, 'check', '--staged', '--now', '2026-11-24T06:00:00Z', '--json'],
      { cwd: repo.dir, env: { HOME: home, ...variables } },
    );
    const said = JSON.parse(stdout.toString('utf8')) as {
      readonly verdict: string;
      readonly authors: readonly { readonly email: string }[];
    };
    return { code, said, stderr };
  };

  for (const [name, variables] of tellings)
    test(`the commit’s author is whom git takes by ${name}`, async () => {
      const asBen = await checked(await variables('ben'));
      assert.deepEqual(
        [asBen.said.verdict, asBen.said.authors?.map(({ email }) => email)],
        ['fail', ['ben@example.org']],
        asBen.stderr,
      );
      const asAda = await checked(await variables('ada'));
      assert.equal(asAda.said.verdict, 'pass', asAda.stderr);
    });

  test('a repository that settings of the surroundings alone trust or move is judged as it is', async () => {
    const file = join(await freshFolder(), 'settings');
    writeFileSync(
      file,
      `[user]\n\tname = ada\n\temail = ada@example.org\n[core]\n\tbare = true\n\tfileMode = false\n[extensions]\n\tobjectFormat = sha256\n[merge]\n\tdefault = union\n[diff]\n\texternal = /bin/true\n`,
    );
    const { said, stderr } = await checked({ GIT_CONFIG_GLOBAL: file });
    assert.equal(said.verdict, 'pass', stderr);
  });

  for (const [name, variables] of tellings.filter(([telling]) => !keyless.has(telling)))
    test(`the name and key that sign are those of ${name}`, async () => {
      const answers = join(await freshFolder(), 'answers.yaml');
      writeFileSync(answers, 'tests-pass: {answer: yes, note: ran them}\n');
      const given = await variables('ben');
      const { code, stdout, stderr } = await run(
        process.execPath,
        [program, 'sign', '--staged', '--role', 'validator', '--answers', answers, '--print'],
        { cwd: repo.dir, env: { HOME: home, ...given } },
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout.toString('utf8'), /"person":"ben"/);
      const doctor = await run(process.execPath, [program, 'doctor'], {
        cwd: repo.dir,
        env: { HOME: home, ...given },
      });
      assert.match(doctor.stdout.toString('utf8'), /✓ you: ben \(ben@example\.org\)/);
    });
});

test('git’s own word about an owner leads to a step that works', async () => {
  // Only root can give a folder away.
  if (process.getuid?.() !== 0) return;
  const repo = await ModelRepo.make({ upTo: 'both' });
  await must('chown', ['-R', '65534:65534', repo.dir]);
  const home = await freshFolder();
  const settings = join(home, 'elsewhere');
  writeFileSync(settings, '');
  const ask = () =>
    run(process.execPath, [program, 'check', '--range', 'main...HEAD'], {
      cwd: join(repo.dir, 'model'),
      env: { HOME: home, GIT_CONFIG_GLOBAL: settings },
    });
  const refused = await ask();
  assert.equal(refused.code, 2, refused.stderr);
  const [step = 'false'] =
    /git config --file .*$/m.exec(`${refused.stdout}${refused.stderr}`) ?? [];
  await must('sh', ['-c', step], { env: { HOME: home, GIT_CONFIG_GLOBAL: settings } });
  const again = await ask();
  assert.equal(again.code, 0, again.stderr);
  rmSync(home, { recursive: true });
});
