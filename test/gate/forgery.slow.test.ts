import type { SignoffState } from '../../src/core/gate/judged-signoff.ts';
import { type Case, playCases } from './kit/cases.ts';
import type { SignoffOptions } from './kit/model-repo.ts';
import { forged, oddSignoff, signedByBoth, signedByOwner } from './kit/forged.ts';

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
