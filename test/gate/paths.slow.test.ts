import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { type ModelRepo, raisedText } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

const nfc = 'mod\u00e8le';
const nfd = 'mode\u0300le';

/** A file at an odd path, by Ada; the gate must see it, and must pass it once it is signed. */
function odd(
  name: string,
  path: string | Buffer,
  options: Partial<Case> & { readonly inScope?: (path: string) => boolean } = {},
): readonly Case[] {
  const { inScope, ...rest } = options;
  const add = async (repo: ModelRepo): Promise<void> => {
    if (inScope) repo.scopes['model-change'] = inScope;
    repo.write(path, 'x = 1\n');
    await repo.commit('odd', 'ada');
  };
  return [
    { name: `${name}, unsigned`, want: ['fail', 'requirement/unmet'], ...rest, play: add },
    {
      name: `${name}, signed`,
      want: 'pass',
      ...rest,
      play: async (repo) => {
        await add(repo);
        await repo.both();
      },
    },
  ];
}

const everywhere = (path: string): boolean => !path.startsWith('.countersign/signoffs/');
/** A name that is not UTF-8 is in the scope of every rule, also of the policy's own. */
const notText = (name: string, path: Buffer): readonly Case[] => [
  {
    name: `${name}, signed for one rule`,
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(path, 'x = 1\n');
      await repo.commit('odd', 'ada');
      await repo.both();
    },
  },
  {
    name: `${name}, signed for every rule`,
    want: 'pass',
    play: async (repo) => {
      repo.write(path, 'x = 1\n');
      await repo.commit('odd', 'ada');
      await repo.both();
      await repo.admins();
    },
  },
];

playCases('odd names of files', [
  ...odd('a line feed', 'model/a\nb.py', { byCommand: true }),
  ...odd('quotes', `model/a"b'c.py`),
  ...odd('a backslash', 'model/a\\b.py'),
  ...odd('a leading dash', 'model/-rf'),
  ...odd('a leading dash of an option', 'model/--output=x'),
  ...odd('a name that every object has', 'model/__proto__'),
  ...odd('constructor', 'model/constructor'),
  ...odd('a hidden file', 'model/.hidden'),
  ...odd('a hidden folder', 'model/.d/x.py'),
  ...odd('a tab', 'model/a\tb.py'),
  ...odd('a carriage return', 'model/a\rb.py'),
  ...odd('an escape', 'model/\u001b[31mred.py'),
  ...odd('spaces', 'model/ a .py'),
  ...odd('a star', 'model/*.py'),
  ...odd('brackets', 'model/[a].py'),
  ...odd('an exclamation mark', 'model/!a.py'),
  ...odd('a hash', 'model/#a.py'),
  ...odd('a colon', 'model/:(top)a.py'),
  ...odd('a line separator', 'model/a\u2028b.py'),
  ...odd('direction marks', 'model/a\u202eyp.py'),
  ...odd('a name of 255 bytes', `model/${'a'.repeat(255)}`),
  ...odd('an emoji', 'model/\u{1f600}.py'),
  ...odd('letters composed, by a rule of letters apart', `${nfc}/a.py`, {
    begin: { policy: policyWithRule({ paths: [`${nfd}/**`] }) },
    inScope: (path) => path.startsWith(nfc),
  }),
  ...odd('letters apart, by a rule of letters composed', `${nfd}/a.py`, {
    begin: { policy: policyWithRule({ paths: [`${nfc}/**`] }) },
    inScope: (path) => path.startsWith(nfd),
  }),
  ...odd('other case', 'Model/score.py', { inScope: (path) => path.startsWith('Model/') }),
  ...odd('other case of a rule', 'model/score2.py', {
    begin: { policy: policyWithRule({ paths: ['MODEL/**'] }) },
    inScope: (path) => path === 'model/score2.py',
  }),
  ...odd('a short name of a governed folder', 'MODEL-~1/score.py', {
    begin: { policy: policyWithRule({ paths: ['model-weights/**'] }) },
    inScope: (path) => path.startsWith('MODEL-~1/'),
  }),
  ...odd('a short name of a governed file', 'model/SCORE-~2.PY', {
    begin: { policy: policyWithRule({ paths: ['model/score-function.py'] }) },
    inScope: (path) => path.endsWith('.PY'),
  }),
  {
    name: 'a short name of the attributes, unsigned',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('GITATT~1', '* text\n');
      await repo.commit('odd', 'ada');
    },
  },
  {
    name: 'what looks short and is of nothing governed',
    want: 'pass',
    play: async (repo) => {
      repo.write('docs/notes~1.txt', 'x\n');
      await repo.commit('odd', 'ada');
    },
  },
  ...odd('a long s', 'model/\u017fcore2.py', {
    begin: { policy: policyWithRule({ paths: ['model/score2.py'] }) },
    inScope: (path) => path === 'model/\u017fcore2.py',
  }),
  ...odd('a Kelvin sign', '\u212aernel/a.py', {
    begin: { policy: policyWithRule({ paths: ['kernel/**'] }) },
    inScope: (path) => path.endsWith('ernel/a.py'),
  }),
  ...odd('a sharp s', 'stra\u00dfe/a.py', {
    begin: { policy: policyWithRule({ paths: ['STRASSE/**'] }) },
    inScope: (path) => path === 'stra\u00dfe/a.py',
  }),
  ...odd('a character that some systems leave out', 'mod\u200cel/a.py', {
    inScope: (path) => path === 'mod\u200cel/a.py',
  }),
  ...odd('a dot that some systems leave out', 'model./a.py', {
    inScope: (path) => path === 'model./a.py',
  }),
  ...odd('a space that some systems leave out', 'model /a.py', {
    inScope: (path) => path === 'model /a.py',
  }),
  ...odd('an exempt ending in capitals', 'model/a.MD', {
    inScope: (path) => path === 'model/a.MD',
  }),
  ...notText('bytes that are no text', Buffer.from([0x64, 0x6f, 0x63, 0x73, 0x2f, 0xff, 0xfe])),
  ...notText('half a surrogate pair', Buffer.from([0x64, 0x2f, 0xed, 0xa0, 0x80])),
]);

async function link(repo: ModelRepo, path: string, target: string): Promise<void> {
  repo.write(`${path}.folder`, '');
  symlinkSync(target, join(repo.dir, path));
  await repo.git('rm', '-q', '--cached', '--ignore-unmatch', `${path}.folder`);
  await repo.git('clean', '-qf', `${path}.folder`);
  await repo.commit('link', 'ada');
}

playCases('links', [
  {
    name: 'to a file of the same rule',
    want: 'pass',
    play: async (repo) => {
      await link(repo, 'model/alias.py', 'score.py');
      await repo.both();
    },
  },
  {
    name: 'to a file that no rule governs',
    want: ['fail', 'change/symlink'],
    byCommand: true,
    play: async (repo) => {
      repo.write('scratch/score.py', 'x\n');
      await link(repo, 'model/alias.py', '../scratch/score.py');
      await repo.both();
    },
  },
  {
    name: 'to an exempt file of the same folder',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('model/code.md', 'x\n');
      await link(repo, 'model/alias.py', 'code.md');
      await repo.both();
    },
  },
  {
    name: 'out of the repository',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'model/alias.py', '../../outside.py');
      await repo.both();
    },
  },
  {
    name: 'to an absolute path',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'model/alias.py', '/etc/hostname');
      await repo.both();
    },
  },
  {
    name: 'into the folder of git',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(repo, 'model/alias.py', '../.git/config');
      await repo.both();
    },
  },
  {
    name: 'into the folder of git in capitals',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(repo, 'model/alias.py', '../.GIT/config');
      await repo.both();
    },
  },
  {
    name: 'among the sign-offs',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(
        repo,
        'model/alias.py',
        '../.countersign/signoffs/model-change/ada.000000000000.0000.yaml',
      );
      await repo.both();
    },
  },
  {
    name: 'swapped for a file',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.git('rm', '-q', 'model/score.py');
      await link(repo, 'model/score.py', 'other.py');
    },
  },
  {
    name: 'in place of a governed folder',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['model/*.py'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^model\/[^/]*\.py$/.test(path);
      repo.write('other/score.py', 'x\n');
      await repo.git('rm', '-rq', 'model');
      symlinkSync('other', join(repo.dir, 'model'));
      await repo.commit('link', 'ada');
      await repo.both();
    },
  },
  {
    name: 'where governed files could come to lie',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['services/*/model.py'] }) },
    play: async (repo) => {
      repo.write('scratch/model.py', 'x\n');
      await link(repo, 'services/new', '../scratch');
    },
  },
  {
    name: 'between folders that one rule governs alike',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['**/*.py'] }) },
    play: async (repo) => {
      repo.write('docs/v2/a.md', 'x\n');
      await link(repo, 'docs/latest', 'v2');
    },
  },
  {
    name: 'between folders of which one is exempt',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**/*.py'], except: ['scratch/**'] }) },
    play: async (repo) => {
      repo.write('scratch/v2/a.md', 'x\n');
      await link(repo, 'latest', 'scratch/v2');
    },
  },
  {
    name: 'that no rule governs',
    want: 'pass',
    play: async (repo) => {
      await link(repo, 'docs/alias', '../README.md');
    },
  },
  {
    name: 'to the newest of several folders',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      repo.write('model/v1/score.py', 'x\n');
      await link(repo, 'model/latest', 'v1');
      await link(repo, 'model/alias.py', 'latest/score.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link to its own folder',
    want: ['fail', 'change/symlink'],
    byCommand: true,
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/b', '.');
      await link(repo, 'model/alias.py', 'b/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link to the folder above',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/sub/up', '..');
      await link(repo, 'model/alias.py', 'sub/up/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link in other letters',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/b', '.');
      await link(repo, 'model/alias.py', 'B/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'through a link that no rule governs',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'shared', 'model');
      await link(repo, 'model/alias.py', '../shared/score.py');
      await repo.both();
    },
  },
  {
    name: 'that landed, once a folder on its way becomes a link',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('model/b/x.py', 'x\n');
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/alias.py', 'b/../scratch/evil.py');
      await repo.both();
      assertJudged(await judge(repo), 'pass');
      await repo.land();
      await repo.git('rm', '-rq', 'model/b');
      await link(repo, 'model/b', '.');
      await repo.both();
    },
  },
]);

async function submodule(repo: ModelRepo, path: string, oid: string, who = 'ada'): Promise<void> {
  // Without its folder the next commit of everything would take it away again.
  mkdirSync(join(repo.dir, path), { recursive: true });
  await repo.git('update-index', '--add', '--cacheinfo', `160000,${oid},${path}`);
  await repo.gitAs(who, ['commit', '-qm', 'module']);
}

playCases('submodules and pointers', [
  {
    name: 'a submodule in a governed folder',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
    },
  },
  {
    name: 'a submodule in a governed folder, signed',
    want: 'pass',
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
    },
  },
  {
    name: 'a submodule moved on',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
      await submodule(repo, 'model/sub', 'a'.repeat(40));
    },
  },
  {
    name: 'a submodule moved on that settings tell git to ignore',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
      await repo.git('config', 'submodule.sub.ignore', 'all');
      await repo.git('config', 'submodule.sub.path', 'model/sub');
      repo.write(
        '.gitmodules',
        '[submodule "sub"]\n\tpath = model/sub\n\turl = x\n\tignore = all\n',
      );
      await repo.git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},model/sub`);
      const tree = await repo.git('write-tree');
      await repo.git(
        'reset',
        '-q',
        '--soft',
        await repo.gitAs('ada', ['commit-tree', tree, '-p', 'HEAD', '-m', 'x']),
      );
      await repo.git('config', 'diff.ignoreSubmodules', 'all');
    },
  },
  {
    name: 'a submodule in place of a governed folder',
    want: ['fail', 'change/submodule'],
    begin: { policy: policyWithRule({ paths: ['model/*.py'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^model\/[^/]*\.py$/.test(path);
      await repo.git('rm', '-rq', 'model');
      await submodule(repo, 'model', await repo.git('rev-parse', 'main'));
      await repo.git('reset', '-q', '--hard');
      await repo.both();
    },
  },
  {
    name: 'a pointer to a large file',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('weights', 'ada');
      await repo.both();
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:5d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('others', 'ada');
    },
  },
  {
    name: 'a pointer to a large file, signed as it is',
    want: 'pass',
    play: async (repo) => {
      await repo.git('config', 'filter.lfs.clean', 'cat');
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('weights', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a pointer to data',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['data/*.dvc'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^data\/[^/]*\.dvc$/.test(path);
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: a304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
      await repo.both();
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: b304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
    },
  },
  {
    name: 'a pointer to data, signed as it is',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['data/*.dvc'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^data\/[^/]*\.dvc$/.test(path);
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: a304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a file that became binary',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      repo.write('model/score.py', Buffer.from([...Buffer.from(raisedText), 0]));
      await repo.commit('binary', 'ada');
    },
  },
]);

playCases('globs', [
  {
    name: 'a rule of everything',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.write('anything', 'x\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a rule of everything, signed',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = everywhere;
      repo.write('anything', 'x\n');
      await repo.commit('x', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a single star stays in its folder',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['model/*'] }) },
    play: async (repo) => {
      repo.write('model/deep/x.py', 'x\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'braces',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['{params,config}.yaml'] }) },
    play: async (repo) => {
      repo.write('config.yaml', 'x: 1\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a file to the letter',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['params.yaml'] }) },
    play: async (repo) => {
      repo.write('params.yaml', 'x: 1\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a glob that begins with a mark of exclusion',
    want: ['undecidable', 'policy/unreadable'],
    begin: { policy: policyWithRule({ paths: ['!docs/**'] }) },
    play: async (repo) => {
      await repo.change();
    },
  },
]);
