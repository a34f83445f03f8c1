import { type Case, playCases } from './kit/cases.ts';
import type { ModelRepo } from './kit/model-repo.ts';
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
