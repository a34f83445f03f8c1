import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import { asking, listed } from './kit/asking.ts';

const byDecision = asking({ kind: 'decision', status: ['accepted'], covers: 'changed-files' });

playCases('a decision behind the change', [
  {
    name: 'there, accepted and listed',
    want: 'pass',
    begin: byDecision,
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'absent',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'only proposed',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: listed('status: proposed\n'),
  },
  {
    name: 'over another file',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: listed('governs: [docs/**]\n'),
  },
  {
    name: 'over the file by a glob',
    want: 'pass',
    begin: byDecision,
    play: listed('governs: [model/**]\n'),
  },
  {
    name: 'over the file by a glob that would never end',
    want: ['fail', 'record/glob'],
    begin: byDecision,
    play: async (repo) => {
      repo.write(`model/${'a'.repeat(60)}!`, 'x\n');
      await listed('governs: ["model/+(*)b"]\n')(repo);
    },
  },
  {
    name: 'over one of two files',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: async (repo) => {
      repo.write('model/more.py', 'x\n');
      await listed('')(repo);
    },
  },
  {
    name: 'listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both();
    },
  },
  {
    name: 'listed by the author alone',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'listed by the independent approval alone',
    want: 'pass',
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'changed after it was signed',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await listed('')(repo);
      await put(repo, { [decisionPath]: decided('consequences: none\n') });
    },
  },
  {
    name: 'signed under another name',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both({
        payload: { evidence: [{ path: 'docs/other.md', sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'as a link',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      repo.write('docs/DR-WHY001.yaml', decided());
      const oid = (
        await repo.gitBytes(['hash-object', '-w', '--stdin'], {
          input: '../../docs/DR-WHY001.yaml',
        })
      )
        .toString()
        .trim();
      await repo.git('update-index', '--add', '--cacheinfo', `120000,${oid},${decisionPath}`);
      await repo.gitAs('ada', ['commit', '-qm', 'link']);
      await repo.both();
    },
  },
  {
    name: 'excused by an exception',
    want: 'pass-with-exception',
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.exception('eve');
    },
  },
]);

playCases('an agent and its evidence', [
  {
    name: 'two persons list it',
    want: 'pass',
    begin: async () => ({
      ...byDecision,
      signers: await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay']),
    }),
    play: async (repo) => {
      await repo.change('agent');
      await put(repo, { [decisionPath]: decided() }, 'agent');
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'one of two lists it',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change('agent');
      await put(repo, { [decisionPath]: decided() }, 'agent');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
]);
