import { createHash } from 'node:crypto';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { signWith } from './kit/keys.ts';
import { type ModelRepo, signedText } from './kit/model-repo.ts';
import { beside, oddSignoff, signedByBoth, signedByOwner } from './kit/forged.ts';

async function copyOf(repo: ModelRepo, path: string, to: string, who = 'ada'): Promise<void> {
  repo.write(to, await repo.read(path));
  await repo.commit('copy', who);
}

const bensFolder = '.countersign/signoffs/model-change';

playCases('a file at the wrong place', [
  {
    name: 'a copy under another name',
    want: ['fail', 'signoff/copy'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await copyOf(repo, path, path.replace(/....\.yaml$/, 'abcd.yaml'));
    },
  },
  {
    name: 'a copy under another person’s name',
    want: ['fail', 'signoff/name'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await copyOf(repo, path, path.replace('/ben.', '/cy.'));
    },
  },
  {
    name: 'a copy in another rule’s folder',
    want: ['fail', 'signoff/name'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await copyOf(repo, path, path.replace('model-change', 'policy-change'));
    },
  },
  {
    name: 'a renamed sign-off',
    want: ['fail', 'signoff/deleted'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.git('mv', path, path.replace('/ben.', '/cy.'));
      await repo.commit('rename', 'ada');
    },
  },
  {
    name: 'a copy of a landed sign-off',
    want: ['fail', 'signoff/copy'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      await copyOf(repo, path, path.replace(/....\.yaml$/, 'abcd.yaml'));
    },
  },
  {
    name: 'a name with another digest',
    want: ['fail', 'signoff/name'],
    begin: signedByOwner,
    play: oddSignoff({ path: `${bensFolder}/ben.000000000000.abcd.yaml` }),
  },
  {
    name: 'code that bears the name of a sign-off',
    want: ['fail', 'signoff/malformed'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write(`${bensFolder}/ben.000000000000.0000.yaml`, 'import os\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'code among the sign-offs',
    want: ['fail', 'signoff/stray'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write(`${bensFolder}/load.py`, 'import os\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'code in a folder that is theirs where case does not count',
    want: ['fail', 'signoff/stray'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('.countersign/SIGNOFFS/load.py', 'import os\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'code among the exceptions',
    want: ['fail', 'signoff/stray'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('.countersign/exceptions/load.py', 'import os\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a sign-off that may be run',
    want: ['fail', 'signoff/mode'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      await repo.git('add', '-A');
      await repo.git('update-index', '--chmod=+x', path);
      await repo.gitAs('ben', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a link at the place of a sign-off',
    want: ['fail', 'signoff/mode'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      repo.write('docs/ben.yaml', await repo.read(path));
      unlinkSync(join(repo.dir, path));
      symlinkSync('../../../docs/ben.yaml', join(repo.dir, path));
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a submodule at the place of a sign-off',
    want: ['fail', 'signoff/stray'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `160000,${await repo.git('rev-parse', 'HEAD')},${bensFolder}/ben.000000000000.0000.yaml`,
      );
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a sign-off in the working tree only',
    want: ['fail', 'requirement/unmet'],
    begin: signedByOwner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { commit: false });
    },
  },
  {
    name: 'a sign-off that is staged only',
    want: ['fail', 'requirement/unmet'],
    begin: signedByOwner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { commit: false });
      await repo.git('add', '-A');
    },
  },
]);

playCases('a file among the sign-offs whose key is nobody’s', [
  beside('a sign-off', ['pass', 'signoff/unknown-signer'], {}),
  beside('no JSON at all', ['fail', 'signoff/payload'], {
    editJson: () => '{ import os; os.system("x") }',
  }),
  beside('no payload of a sign-off', ['fail', 'signoff/payload'], {
    payload: { code: 'print(1)' },
  }),
  beside('a name that does not agree', ['fail', 'signoff/name'], {
    path: `.countersign/signoffs/model-change/cy.${'0'.repeat(12)}.0000.yaml`,
  }),
  {
    name: 'an exception',
    want: ['fail', 'exception/unknown-signer'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.exception('eve', {}, { key: 'mallory' });
    },
  },
]);

playCases('a signature over bytes that only look alike', [
  {
    name: 'a payload signed without its last line feed',
    want: ['fail', 'signoff/forged'],
    begin: signedByOwner,
    play: async (repo) => {
      const payload = await repo.payload('ben', 'validator');
      const bytes = `model-signoff@1\n${JSON.stringify(payload)}`;
      const text = await signedText('signoff', payload, 'ben');
      const signature = (await signWith('ben', bytes, 'model-signoff')).replace(/^(?=.)/gm, '  ');
      await repo.signoff('ben', 'validator', {
        payload,
        edit: () => text.replace(/signature: \|\n[^]*$/, `signature: |\n${signature}`),
      });
    },
  },
  {
    name: 'a digest that is right with capital letters',
    want: ['fail', 'signoff/payload'],
    begin: signedByOwner,
    play: async (repo) => {
      const digest = String((await repo.payload('ben', 'validator'))['digest']);
      await repo.signoff('ben', 'validator', {
        payload: { digest: digest.toUpperCase().replace('V1', 'v1') },
        path: `${bensFolder}/ben.${digest.slice(3, 15)}.abcd.yaml`,
      });
    },
  },
  {
    name: 'the digest of a checklist that was edited on the branch',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      repo.write(
        '.countersign/checklists/model-change.yaml',
        (await repo.read('.countersign/checklists/model-change.yaml')).replace(
          'must: true',
          'must: false',
        ),
      );
      await repo.commit('easier', 'ada');
      const checklist = `sha256:${createHash('sha256')
        .update(await repo.read('.countersign/checklists/model-change.yaml'))
        .digest('hex')}`;
      await repo.both({ payload: { checklist } });
    },
  },
]);
