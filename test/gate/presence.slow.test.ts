import { playCases } from './kit/cases.ts';
import { HardwareKey } from './kit/hardware-key.ts';
import { signerLines } from './kit/keys.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';
import { others } from './kit/honest.ts';

const bensKey = new HardwareKey();
const siteKey = new HardwareKey('https://example.org');

/** A repository in which Ben signs with hardware. */
const withHardware =
  (presence: 'touch' | 'verify', key = bensKey) =>
  async () => ({
    policy: policyWithRule({ require: [{ role: 'validator', count: 1, presence }] }),
    signers: (await signerLines(others)) + key.line('ben@example.org'),
  });

/** Ben's sign-off by hardware that says these flags. */
const touched =
  (flags: number, key = bensKey) =>
  async (repo: ModelRepo) => {
    await repo.change();
    await repo.signoff('ada', 'author');
    const edit = (text: string): string => {
      const [head = '', json = ''] = text
        .split('\n')
        .slice(2, 4)
        .map((line) => line.slice(2));
      const armoured = key
        .sign(`${head}\n${json}\n`, flags)
        .split('\n')
        .map((line) => (line === '' ? '' : `  ${line}`))
        .join('\n');
      return text.replace(/signature: \|\n[^]*$/, `signature: |\n${armoured}`);
    };
    await repo.signoff('ben', 'validator', { edit });
  };

playCases('presence in front of a hardware key', [
  {
    name: 'touched',
    want: 'pass',
    begin: withHardware('touch'),
    byCommand: true,
    play: touched(1),
  },
  {
    name: 'not touched',
    want: ['fail', 'requirement/unmet'],
    begin: withHardware('touch'),
    play: touched(0),
  },
  {
    name: 'verified where a touch is enough',
    want: 'pass',
    begin: withHardware('touch'),
    play: touched(5),
  },
  {
    name: 'touched where it has to know who',
    want: ['fail', 'requirement/unmet'],
    begin: withHardware('verify'),
    play: touched(1),
  },
  { name: 'verified', want: 'pass', begin: withHardware('verify'), play: touched(5) },
  {
    name: 'verified and not touched',
    want: ['fail', 'requirement/unmet'],
    begin: withHardware('verify'),
    play: touched(4),
  },
  {
    name: 'the key of a web site',
    want: ['undecidable', 'policy/unreadable'],
    begin: withHardware('touch', siteKey),
    play: touched(1, siteKey),
  },
  {
    name: 'a key in a file',
    want: ['fail', 'requirement/unmet'],
    begin: async () => ({
      policy: policyWithRule({ require: [{ role: 'validator', count: 1, presence: 'touch' }] }),
    }),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'author');
      await repo.signoff('ben', 'validator');
    },
  },
]);
