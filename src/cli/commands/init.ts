import { initialise, type InitResult } from '../../app/init.ts';
import { configuredPublicKey } from '../../node/signing-key.ts';
import { openRepository } from '../../node/repository.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { countOf } from '../../core/render/count-of.ts';
import { findingLine } from '../../core/render/check-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options,
  examples: ['countersign init'],
  run: async (context) => {
    const repository = await openRepository(context.repo, context.env);
    const result = await initialise(repository, await configuredPublicKey(repository));
    return { exit: 0, json: result, text: () => text(result) };
  },
};

function text(result: InitResult): string {
  const { written, kept, signs, owner, problems } = result;
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept ${path} as it is`),
    ...(owner === null
      ? []
      : [
          escapeTerminal(
            `the policy names ${owner.person} (${owner.email}), as git does here, as its model-owner and policy-admin`,
          ),
        ]),
    ...coverage(result),
    ...(signs ? nextSteps(problems) : keyless),
  ].join('\n');
}

function nextSteps(problems: readonly Finding[]): readonly string[] {
  if (problems.length > 0)
    return [
      ...problems.map(findingLine),
      'next: mend this before you commit it, since nothing can be judged by such a policy: countersign check --records says what is left',
    ];
  return [
    'next: read .countersign/policy.yaml, commit it to the target branch, then run: countersign hook install',
  ];
}

/** As many files are named; of more, how many they are. */
const mostNamed = 5;

/** What the new policy governs, and the code that it does not: a guard says what it does not guard. */
function coverage({ governed, ungoverned_code: left }: InitResult): readonly string[] {
  if (governed.length === 0) return [];
  const named = left.slice(0, mostNamed).join(', ');
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  return [
    `model-change governs ${governed.join(', ')}`,
    ...(left.length === 0
      ? []
      : [
          `no rule governs ${countOf(left.length, 'file')} of code: ${named}${more}. Add what decides what the model does to its paths`,
        ]),
  ].map(escapeTerminal);
}

const keyless: readonly string[] = [
  'no signing key was found, so nobody could approve anything yet, the next change of the policy least of all. Make one, name it to git, and run init again:',
  '  ssh-keygen -t ed25519',
  '  git config gpg.format ssh',
  '  git config user.signingKey ~/.ssh/id_ed25519.pub',
  '  countersign init',
];
