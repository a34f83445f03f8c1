import { playCases } from './kit/cases.ts';
import { keyFile, signerLines } from './kit/keys.ts';
import { type ModelRepo, raisedText } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';

const people = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];

/** A repository whose commits have to be signed, with keys that may sign them. */
const signed = async (options = 'namespaces="model-signoff,git"') => ({
  policy: policyValue({ identity: 'signed' }),
  signers: await signerLines(people, options),
});

/** Commits everything as somebody, signed with somebody's key. */
async function commitSigned(
  repo: ModelRepo,
  message: string,
  who: string,
  key: string,
): Promise<void> {
  await repo.git('add', '-A');
  await repo.gitAs(who, [
    '-c',
    'gpg.format=ssh',
    '-c',
    `user.signingKey=${await keyFile(key)}`,
    'commit',
    '-q',
    '-S',
    '-m',
    message,
  ]);
}

async function change(repo: ModelRepo, who: string, key: string): Promise<void> {
  repo.write('model/score.py', raisedText);
  await commitSigned(repo, 'raise the bar', who, key);
}

playCases('commits that have to be signed', [
  {
    name: 'signed by its author',
    want: 'pass',
    begin: () => signed(),
    byCommand: true,
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.both();
    },
  },
  {
    name: 'not signed',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a commit in another’s name, signed with one’s own key, and approved by oneself',
    want: ['fail', 'requirement/unmet'],
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'ben');
      await repo.both();
    },
  },
  {
    name: 'a commit in another’s name, signed with one’s own key, and approved by a third',
    want: 'pass',
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'cy');
      await repo.both();
    },
  },
  {
    name: 'signed with a key that nobody knows',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'mallory');
      await repo.both();
    },
  },
  {
    name: 'signed with a key for sign-offs only',
    want: ['fail', 'author/unsigned'],
    begin: () => signed('namespaces="model-signoff"'),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.both();
    },
  },
  {
    name: 'signed with a key that is good no more',
    want: ['fail', 'author/unsigned'],
    begin: async () => {
      const { policy } = await signed();
      return {
        policy,
        signers:
          (await signerLines(
            ['ada'],
            'namespaces="model-signoff,git",valid-before="20261101000000Z"',
          )) + (await signerLines(['ben', 'cy', 'dee', 'eve', 'fay'])),
      };
    },
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.both();
    },
  },
  {
    name: 'signed with a key that was revoked',
    want: ['fail', 'author/unsigned'],
    begin: async () => ({
      ...(await signed()),
      files: { '.countersign/revoked_keys': (await signerLines(['cy'])).replace(/^\S+ \S+ /, '') },
    }),
    play: async (repo) => {
      await change(repo, 'ada', 'cy');
      await repo.both();
    },
  },
  {
    name: 'an agent’s commit signed by nobody',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await repo.change('agent');
      await repo.both();
    },
  },
  {
    name: 'an agent’s commit signed by who let it work',
    want: 'pass',
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'agent', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a signature of another commit',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      const text = (await repo.gitBytes(['cat-file', 'commit', 'HEAD'])).toString('latin1');
      const oid = (
        await repo.gitBytes(['hash-object', '-t', 'commit', '-w', '--stdin'], {
          input: Buffer.from(text.replace('raise the bar', 'raise the car'), 'latin1'),
        })
      )
        .toString()
        .trim();
      await repo.git('reset', '-q', '--hard', oid);
      await repo.both();
    },
  },
  {
    name: 'two signatures in one commit',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      const text = (await repo.gitBytes(['cat-file', 'commit', 'HEAD'])).toString('latin1');
      const header = /gpgsig (?:[^\n]*\n )*[^\n]*\n/.exec(text)?.[0] ?? '';
      const oid = (
        await repo.gitBytes(['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], {
          input: Buffer.from(text.replace(header, header + header), 'latin1'),
        })
      )
        .toString()
        .trim();
      await repo.git('reset', '-q', '--hard', oid);
      await repo.both();
    },
  },
  {
    name: 'an unsigned commit of what no rule governs',
    want: 'pass',
    begin: () => signed(),
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      await change(repo, 'ada', 'ada');
      await repo.both();
    },
  },
  {
    name: 'an unsigned commit of sign-offs',
    want: 'pass',
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.both({ committer: 'mallory' });
    },
  },
  {
    name: 'an unsigned merge that changes the model',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'main']);
      repo.write('model/score.py', `${raisedText}# more\n`);
      await repo.commit('merge', 'ada');
      await repo.both();
    },
  },
  {
    name: 'an unsigned commit under an exception',
    want: ['fail', 'author/unsigned'],
    begin: () => signed(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'a repository of SHA-256',
    want: 'pass',
    begin: async () => ({ ...(await signed()), objectFormat: 'sha256' }),
    play: async (repo) => {
      await change(repo, 'ada', 'ada');
      await repo.both();
    },
  },
  {
    name: 'what is staged has no signature yet',
    want: 'pass',
    begin: () => signed(),
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.signoff('ada', 'model-owner', { head: 'index', commit: false });
      await repo.signoff('ben', 'validator', { head: 'index', commit: false });
      await repo.git('add', '-A');
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      return { staged: true };
    },
  },
]);
