import { initialise, type InitResult } from '../../app/init.ts';
import { configuredPublicKey } from '../../node/signing-key.ts';
import { openRepository } from '../../node/repository.ts';
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

function text({ written, kept, signs, owner, problems }: InitResult): string {
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
    ...(signs && problems.length > 0
      ? [
          ...problems.map(findingLine),
          'next: mend this before you commit it, since nothing can be judged by such a policy: countersign check --records says what is left',
        ]
      : signs
        ? [
            'next: read .countersign/policy.yaml, commit it to the target branch, then run: countersign hook install',
          ]
        : keyless),
  ].join('\n');
}

const keyless: readonly string[] = [
  'no signing key was found, so nobody could approve anything yet, the next change of the policy least of all. Make one, name it to git, and run init again:',
  '  ssh-keygen -t ed25519',
  '  git config gpg.format ssh',
  '  git config user.signingKey ~/.ssh/id_ed25519.pub',
  '  countersign init',
];
