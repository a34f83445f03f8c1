import { createHash } from 'node:crypto';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SignoffState } from '../../src/core/gate/judged-signoff.ts';
import { type Case, playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { signerLines, signWith } from './kit/keys.ts';
import {
  type ModelRepo,
  type PayloadChanges,
  scoreText,
  signedText,
  type SignoffOptions,
} from './kit/model-repo.ts';
import { modelRule, policyText, policyValue } from './kit/policy.ts';

const signedByOwner = { upTo: 'owner' } as const;
const signedByBoth = { upTo: 'both' } as const;

/** After the usual change and Ada's sign-off: Ben's in some odd form. */
function oddSignoff(options: SignoffOptions): Case['play'] {
  return async (repo) => {
    await repo.signoff('ben', 'validator', options);
  };
}

const forged = (name: string, code: string, options: SignoffOptions): Case => ({
  name,
  want: ['fail', code],
  begin: signedByOwner,
  play: oddSignoff(options),
});
/** It fills nobody's place, and both its state and the finding say why. */
const worthless = (
  name: string,
  ofBen: SignoffState,
  says: string,
  options: SignoffOptions,
): Case => ({ ...forged(name, 'requirement/unmet', options), ofBen, says: [says] });

playCases('a signed file that was tampered with', [
  {
    name: 'two honest signatures',
    want: 'pass',
    byCommand: true,
    begin: signedByBoth,
    play: async () => {},
  },
  forged('a reject made an approval in the text', 'signoff/forged', {
    payload: { decision: 'reject' },
    edit: (text) => text.replace('"reject"', '"approve"'),
  }),
  forged('another person named in the text', 'signoff/forged', {
    edit: (text) => text.replace('"person":"ben"', '"person":"cy"'),
  }),
  forged('answers added after signing', 'signoff/forged', {
    payload: { answers: {} },
    edit: (text) => text.replace('"answers":{}', '"answers":{"tests-pass":{"answer":"yes"}}'),
  }),
  forged('evidence added after signing', 'signoff/forged', {
    edit: (text) =>
      text.replace('"evidence":[]', `"evidence":[{"path":"a","sha256":"${'0'.repeat(64)}"}]`),
  }),
  forged('one space more in the payload', 'signoff/forged', {
    edit: (text) => text.replace('{"repository"', '{ "repository"'),
  }),
  forged('a key of the file twice', 'signoff/malformed', {
    edit: (text) => `${text}schema: countersign/signoff@1\n`,
  }),
  forged('a second payload before the first', 'signoff/malformed', {
    edit: (text) =>
      text.replace(
        'payload: |\n',
        'payload: |\n  model-signoff@1\n  {"person":"cy"}\npayload: |\n',
      ),
  }),
  forged('a second payload after the signature', 'signoff/malformed', {
    edit: (text) => `${text}payload: |\n  model-signoff@1\n  {}\n`,
  }),
  forged('a comment', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', '# looked at it\npayload: |'),
  }),
  forged('a comment after the bar', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: | # two lines'),
  }),
  forged('a folded block', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: >'),
  }),
  forged('a block that keeps its ends', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: |+'),
  }),
  forged('a stripped block', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: |-'),
  }),
  forged('an indentation said aloud', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: |2'),
  }),
  forged('an anchor', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: &p |'),
  }),
  forged('an alias', 'signoff/malformed', { edit: (text) => `${text}again: *p\n` }),
  forged('a tag', 'signoff/malformed', {
    edit: (text) => text.replace('payload: |', 'payload: !!str |'),
  }),
  forged('a document mark', 'signoff/malformed', { edit: (text) => `---\n${text}` }),
  forged('a second document', 'signoff/malformed', {
    edit: (text) => `${text}---\nschema: countersign/signoff@1\n`,
  }),
  forged('a byte-order mark', 'signoff/malformed', { edit: (text) => `\ufeff${text}` }),
  forged('tabs', 'signoff/malformed', {
    edit: (text) => text.replace('  {"repository"', '\t{"repository"'),
  }),
  forged('an unknown key', 'signoff/malformed', { edit: (text) => `note: hello\n${text}` }),
  forged('keys in another order', 'signoff/malformed', {
    edit: (text) =>
      text
        .split('\n')
        .slice(1)
        .concat(text.split('\n')[0] ?? '')
        .join('\n'),
  }),
  forged('JSON instead of blocks', 'signoff/malformed', {
    edit: (text) => JSON.stringify({ schema: 'countersign/signoff@1', payload: text }),
  }),
  forged('a third line in the payload', 'signoff/malformed', {
    edit: (text) => text.replace('signature: |', '  {}\nsignature: |'),
  }),
  forged('an empty line in the payload', 'signoff/malformed', {
    edit: (text) => text.replace('signature: |', '\nsignature: |'),
  }),
  forged('line ends of two kinds', 'signoff/malformed', {
    edit: (text) => text.replace('\n', '\r\n'),
  }),
  forged('no line end at the end', 'signoff/malformed', { edit: (text) => text.trimEnd() }),
  forged('more than 1 MiB', 'signoff/malformed', {
    edit: (text) => `${text}${'  A\n'.repeat(300_000)}`,
  }),
  forged('nothing in it', 'signoff/malformed', { edit: () => '' }),
  {
    name: 'bytes that are not UTF-8',
    want: ['fail', 'signoff/malformed'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      repo.write(
        path,
        Buffer.from((await repo.read(path)).replace('ran them', 'ran \u00ff'), 'latin1'),
      );
      await repo.commit('x', 'ben');
    },
  },
  forged('the version of a later schema', 'signoff/malformed', {
    edit: (text) => text.replace('signoff@1', 'signoff@2'),
  }),
  forged('a signature without armour', 'signoff/forged', {
    edit: (text) => text.replace(/ {2}-----(BEGIN|END) SSH SIGNATURE-----\n/g, ''),
  }),
  forged('a signature cut short', 'signoff/forged', {
    edit: (text) => text.replace(/(PUBLIC|[A-Za-z0-9+/=]{10})\n {2}-----END/, '\n  -----END'),
  }),
  {
    name: 'a checkout that made CRLF of it',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both({ edit: (text) => text.replaceAll('\n', '\r\n') });
    },
  },
]);

playCases('a payload that is signed and odd', [
  forged('a key of the JSON twice', 'signoff/payload', {
    editJson: (json) => json.replace('{', '{"person":"cy",'),
  }),
  forged('a key twice, once by an escape', 'signoff/payload', {
    editJson: (json) => json.replace('{', '{"p\\u0065rson":"cy",'),
  }),
  forged('a key twice deep inside', 'signoff/payload', {
    editJson: (json) => json.replace('"tests-pass":', '"tests-pass":{"answer":"no"},"tests-pass":'),
  }),
  forged('an unknown key', 'signoff/payload', { payload: { weight: 2 } }),
  forged('__proto__', 'signoff/payload', {
    editJson: (json) => json.replace('{', '{"__proto__":{"role":"validator"},'),
  }),
  forged('half of a surrogate pair', 'signoff/payload', {
    editJson: (json) => json.replace('ran them', '\\ud800'),
  }),
  forged('a missing key', 'signoff/payload', {
    editJson: (json) => json.replace('"evidence":[],', ''),
  }),
  forged('a time with another zone', 'signoff/payload', {
    payload: { signed_at: '2026-11-23T06:00:00+02:00' },
  }),
  forged('a time without a zone', 'signoff/payload', {
    payload: { signed_at: '2026-11-23T06:00:00' },
  }),
  forged('a day that does not exist', 'signoff/payload', {
    payload: { signed_at: '2026-02-30T06:00:00Z' },
  }),
  forged('a decision of another name', 'signoff/payload', { payload: { decision: 'approved' } }),
  forged('a list instead of a map', 'signoff/malformed', { editJson: (json) => `[${json}]` }),
  forged('nested without end', 'signoff/payload', {
    editJson: (json) =>
      json.replace('"evidence":[]', `"evidence":${'['.repeat(40_000)}${']'.repeat(40_000)}`),
  }),
  forged('maps nested without end', 'signoff/payload', {
    editJson: (json) =>
      json.replace('"evidence":[]', `"evidence":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`),
  }),
  forged('bytes that no reader needs, signed with it', 'signoff/malformed', {
    editJson: (json) => `${json} `,
  }),
  worthless('a role that every object has', 'not-allowed', 'signoff/not-allowed', {
    payload: { role: 'constructor' },
  }),
  forged('a person whom every object has', 'signoff/payload', {
    payload: { person: '__proto__' },
    editJson: (json) => json.replace('"nonce"', '"nonce_"'),
  }),
  forged('first line of an exception', 'signoff/malformed', {
    edit: (text) => text.replace('model-signoff@1', 'model-exception@1'),
  }),
  worthless('its files are not those of its digest', 'not-allowed', 'signoff/manifest', {
    payload: { manifest: [] },
  }),
  worthless('no list of files', 'not-allowed', 'signoff/manifest', { payload: { manifest: null } }),
]);

playCases('a signature that belongs elsewhere', [
  worthless('made for git commits', 'forged', 'signoff/forged', { namespace: 'git' }),
  worthless('made for files', 'forged', 'signoff/forged', { namespace: 'file' }),
  forged('made in a namespace that begins alike', 'signoff/forged', {
    namespace: 'model-signoff2',
  }),
  worthless('for another repository', 'not-allowed', 'signoff/elsewhere', {
    payload: { repository: 'other-model' },
  }),
  worthless('for another branch', 'not-allowed', 'signoff/elsewhere', {
    payload: { target: 'refs/heads/release/1' },
  }),
  worthless('for another rule', 'stale', 'signoff/stale', { payload: { rule: 'policy-change' } }),
  worthless('for a rule that is not there', 'not-allowed', 'signoff/unknown-rule', {
    payload: { rule: 'no-such-rule' },
  }),
  worthless('for other content', 'stale', 'signoff/stale', {
    payload: { digest: `v1:${'0'.repeat(64)}` },
  }),
  worthless('for another checklist', 'stale', 'signoff/stale', {
    payload: { checklist: `sha256:${'0'.repeat(64)}` },
  }),
  worthless('for no checklist', 'stale', 'signoff/stale', { payload: { checklist: null } }),
  worthless('in a role that the person does not have', 'not-allowed', 'signoff/not-allowed', {
    payload: { role: 'model-owner' },
  }),
  worthless('in a role that nobody has', 'not-allowed', 'signoff/not-allowed', {
    payload: { role: 'king' },
  }),
  worthless('with an unknown key', 'unknown-signer', 'signoff/unknown-signer', { key: 'mallory' }),
  worthless('with another person’s key', 'not-allowed', 'signoff/not-allowed', { key: 'cy' }),
  forged('by a person whom the policy does not know, in a file of another name', 'signoff/name', {
    key: 'mallory',
    payload: { person: 'mallory' },
  }),
  worthless('signed in the future', 'not-allowed', 'signoff/future', {
    payload: { signed_at: '2026-11-24T06:06:00Z' },
  }),
  {
    name: 'signed a little ahead of this clock',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-11-24T06:04:00Z' } });
    },
  },
  {
    name: 'signed long ago, where the rule sets no age',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { signed_at: '2020-01-01T00:00:00Z' } });
    },
  },
  {
    name: 'for this change, as a withdrawal',
    want: ['fail', 'requirement/unmet'],
    begin: signedByOwner,
    play: oddSignoff({ payload: { decision: 'withdraw' } }),
  },
]);

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

playCases('signed records are only ever added', [
  {
    name: 'edited after it landed',
    want: ['fail', 'signoff/edited'],
    byCommand: true,
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      repo.write(path, `${await repo.read(path)}# note\n`);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'deleted after it landed',
    want: ['fail', 'signoff/deleted'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      await repo.git('rm', '-q', path);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'edited within the range',
    want: ['fail', 'signoff/edited'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      const text = await repo.read(path);
      repo.write(path, text.replace('"yes"', '"no"'));
      await repo.commit('edit', 'ada');
      repo.write(path, text);
      await repo.commit('and back', 'ada');
    },
  },
  {
    name: 'a reject deleted within the range',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('rm', '-q', path);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'its mode changed after it landed',
    want: ['fail', 'signoff/edited'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      await repo.git('update-index', '--chmod=+x', path);
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a reject dropped by a merge',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('switch', '-q', 'change');
      repo.write('docs/a.md', 'a');
      await repo.commit('docs', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'side']);
      await repo.git('rm', '-qf', path);
      await repo.commit('merge', 'ada');
    },
  },
  {
    name: 'a reject dropped by choosing ours',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('switch', '-q', 'change');
      repo.write('docs/a.md', 'a');
      await repo.commit('docs', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'side']);
    },
  },
  {
    name: 'a reject dropped by a merge of three',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      for (const [branch, file] of [
        ['one', 'docs/1.md'],
        ['two', 'docs/2.md'],
      ] as const) {
        await repo.git('switch', '-q', '-c', branch, 'change');
        repo.write(file, 'x');
        if (branch === 'two')
          await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
        else await repo.commit('x', 'ada');
      }
      await repo.git('switch', '-q', 'change');
      const tree = await repo.git('rev-parse', 'one^{tree}');
      const merge = await repo.gitAs('ada', [
        'commit-tree',
        tree,
        '-p',
        'change',
        '-p',
        'one',
        '-p',
        'two',
        '-m',
        'octopus',
      ]);
      await repo.git('reset', '-q', '--hard', merge);
    },
  },
  {
    name: 'a reject dropped by a merge of a history of its own',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', {
        commit: false,
        payload: { decision: 'reject' },
      });
      await repo.git('add', path);
      const tree = await repo
        .git('write-tree', `--prefix=.countersign/signoffs/`)
        .then(async (inner) => {
          const input = (mode: string, oid: string, name: string): string =>
            `${mode} tree ${oid}\t${name}\n`;
          const middle = (
            await repo.gitBytes(['mktree'], { input: input('040000', inner, 'signoffs') })
          )
            .toString()
            .trim();
          return (
            await repo.gitBytes(['mktree'], { input: input('040000', middle, '.countersign') })
          )
            .toString()
            .trim();
        });
      const root = await repo.gitAs('cy', ['commit-tree', tree, '-m', 'alone']);
      await repo.git('rm', '-qf', path);
      const merge = await repo.gitAs('ada', [
        'commit-tree',
        'HEAD^{tree}',
        '-p',
        'HEAD',
        '-p',
        root,
        '-m',
        'merge',
      ]);
      await repo.git('reset', '-q', '--hard', merge);
    },
  },
]);

/** Lands the branch, takes its change back on main, and begins another branch. */
async function rollBack(repo: ModelRepo): Promise<void> {
  await repo.land();
  await repo.git('switch', '-q', 'main');
  repo.write('model/score.py', scoreText);
  await repo.commit('roll back', 'eve');
  await repo.git('switch', '-q', '-c', 'again');
}

const later = { signed_at: '2026-11-24T01:00:00Z' };

/** A change that brings a rule over the docs with the first of them: only the policy that it brings knows who signs for these. */
async function bringDocsRule(repo: ModelRepo, signers: string): Promise<void> {
  repo.scopes['docs'] = (path) => path.startsWith('docs/');
  repo.write(
    '.countersign/policy.yaml',
    policyText(
      policyValue({
        rules: [
          modelRule,
          { id: 'docs', paths: ['docs/**'], require: [{ role: 'validator', count: 1 }] },
        ],
      }),
    ),
  );
  repo.write('.countersign/allowed_signers', signers);
  repo.write('docs/use.md', 'how to use it\n');
  await repo.commit('a rule over the docs', 'ada');
}

/** Such a change, with the key that signs for the docs where that is not Ben's old one, landed without Ben's sign-off for the docs, was rolled back, and is brought again with it. */
const docsRuleAgain =
  ({ key, payload }: SignoffOptions): Case['play'] =>
  async (repo) => {
    const signers =
      (await repo.read('.countersign/allowed_signers')) +
      (key ? (await signerLines([key])).replace(`${key}@`, 'ben@') : '');
    await bringDocsRule(repo, signers);
    const path = await repo.signoff('ben', 'validator', {
      rule: 'docs',
      commit: false,
      ...(key ? { key } : {}),
      payload: { checklist: null, answers: {}, ...payload },
    });
    const text = await repo.read(path);
    unlinkSync(join(repo.dir, path));
    const before = await repo.git('rev-parse', 'main');
    await repo.land();
    await repo.git('switch', '-q', 'main');
    await repo.git('rm', '-q', 'docs/use.md');
    await repo.git(
      'checkout',
      '-q',
      before,
      '--',
      '.countersign/policy.yaml',
      '.countersign/allowed_signers',
    );
    await repo.commit('roll back', 'eve');
    await repo.git('switch', '-q', '-c', 'again');
    await bringDocsRule(repo, signers);
    await repo.admins({ payload: { ...later, checklist: null, answers: {} } });
    repo.write(path, text);
    await repo.commit('again', 'ada');
  };

/** Bytes that are no UTF-8: every rule governs such a path, and no command line can name it. */
const unnamed = Buffer.from('model/\xff.py', 'latin1');

/** A file with such a name landed without Ben's sign-off, was rolled back, and is brought again with it. */
const unnamedAgain =
  (payload: PayloadChanges): Case['play'] =>
  async (repo) => {
    repo.write(unnamed, 'x = 1\n');
    await repo.commit('a file', 'ada');
    const landed = await repo.git('rev-parse', 'HEAD^{tree}');
    const path = await repo.signoff('ben', 'validator', { commit: false, payload });
    const text = await repo.read(path);
    unlinkSync(join(repo.dir, path));
    await repo.land();
    await repo.gitAs('eve', ['revert', '--no-edit', 'HEAD']);
    await repo.git('branch', '-f', 'main', 'HEAD');
    await repo.git('read-tree', '-m', '-u', landed);
    await repo.commit('again', 'ada');
    await repo.signoff('ada', 'model-owner', { payload: later });
    await repo.admins({ payload: { ...later, checklist: null, answers: {} } });
    await repo.signoff('eve', 'policy-admin', {
      rule: 'repository-settings',
      payload: { ...later, checklist: null, answers: {} },
    });
    repo.write(path, text);
    await repo.commit('again', 'ada');
  };

/** All is taken off the target by a commit whose date is put back to before the signatures, and is brought again as it was. */
const takenOffYesterday: Case['play'] = async (repo) => {
  repo.write('model/new.py', 'x = 1\n');
  await repo.commit('a new file', 'ada', { GIT_COMMITTER_DATE: '2026-11-22T00:00:00Z' });
  await repo.both();
  const before = await repo.git('rev-parse', 'main');
  await repo.land();
  const landed = await repo.git('rev-parse', 'main');
  const back = await repo.gitAs(
    'eve',
    ['commit-tree', `${before}^{tree}`, '-p', landed, '-m', 'roll back'],
    { GIT_COMMITTER_DATE: '2026-11-20T00:00:00Z' },
  );
  await repo.git('branch', '-f', 'main', back);
  await repo.git('reset', '-q', '--soft', 'main');
  await repo.commit('again', 'ada');
};

playCases('an approval serves once', [
  {
    name: 'signatures of before a rollback whose date was put back',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/landed'],
    byCommand: true,
    play: takenOffYesterday,
  },
  {
    name: 'a signature of before the landing for a name that is not UTF-8',
    want: ['fail', 'requirement/unmet'],
    play: unnamedAgain({}),
  },
  {
    name: 'a signature of after the rollback for a name that is not UTF-8',
    want: 'pass',
    play: unnamedAgain(later),
  },
  {
    name: 'the first signatures for a name that is not UTF-8, beside a file that was not there once',
    want: 'pass',
    play: async (repo) => {
      unlinkSync(join(repo.dir, 'model/score.py'));
      repo.write(unnamed, 'x = 1\n');
      await repo.commit('another file', 'ada');
      await repo.both();
      await repo.admins({ payload: { checklist: null, answers: {} } });
    },
  },
  {
    name: 'a signature of before the landing under a rule that the change brings',
    want: ['fail', 'requirement/unmet'],
    play: docsRuleAgain({}),
  },
  {
    name: 'a signature of before the landing by a key and under a rule that the change brings',
    want: ['fail', 'requirement/unmet'],
    play: docsRuleAgain({ key: 'mallory' }),
  },
  {
    name: 'a signature of after the rollback by a key and under a rule that the change brings',
    want: 'pass',
    play: docsRuleAgain({ key: 'mallory', payload: later }),
  },
  {
    name: 'a signature of after the rollback under a rule that the change brings',
    want: 'pass',
    play: docsRuleAgain({ payload: later }),
  },
  {
    name: 'old signatures after a rollback',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
    },
  },
  {
    name: 'new signatures after a rollback',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
      await repo.both({ payload: { signed_at: '2026-11-24T01:00:00Z' } });
    },
  },
  {
    name: 'signatures of before the landing that did not land with it',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const text = await repo.read(path);
      unlinkSync(join(repo.dir, path));
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      repo.write(path, text);
      await repo.commit('again', 'ada');
    },
  },
  {
    name: 'signatures of before the landing that CI counted and nobody took in',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      const signoffs = [{ path, mode: '100644', bytes }];
      assertJudged(await judge(repo, { signoffs }), 'pass');
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      return { signoffs };
    },
  },
  {
    name: 'signatures of after the rollback that CI counts',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => {
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      const path = await repo.signoff('ben', 'validator', {
        commit: false,
        payload: { signed_at: '2026-11-24T01:00:00Z' },
      });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'old signatures given again from outside',
    want: ['fail', 'requirement/unmet'],
    says: ['signoff/landed'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      const bytes = Buffer.from(await repo.read(path));
      await rollBack(repo);
      await repo.change();
      await repo.signoff('ada', 'model-owner', { payload: { signed_at: '2026-11-24T01:00:00Z' } });
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'a sign-off from a folder that CI filled',
    want: 'pass',
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', { commit: false });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
  {
    name: 'a forged sign-off from a folder that CI filled',
    want: ['fail', 'signoff/forged'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', {
        commit: false,
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      const bytes = Buffer.from(await repo.read(path));
      unlinkSync(join(repo.dir, path));
      return { signoffs: [{ path, mode: '100644', bytes }] };
    },
  },
]);

/** After the usual change and both signatures: a file of Mallory's among the sign-offs, whose key nobody knows. */
const beside = (name: string, want: Case['want'], options: SignoffOptions): Case => ({
  name,
  want,
  begin: { upTo: 'both' },
  play: async (repo) => {
    await repo.signoff('cy', 'validator', { key: 'mallory', committer: 'ada', ...options });
  },
});

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
