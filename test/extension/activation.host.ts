import { strict as assert } from 'node:assert';
import { commands, extensions } from 'vscode';
import { hostCase } from './cases.ts';
import { openModel } from './open-model.ts';

type Manifest = {
  readonly enabledApiProposals?: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
};

hostCase(
  'every command of the manifest is there, and no other API than the stable one is asked for',
  async () => {
    await openModel();
    const manifest = extensions.getExtension('countersign.countersign')?.packageJSON as Manifest;
    const known = new Set(await commands.getCommands(true));
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((command) => !known.has(command));
    assert.deepEqual(missing, []);
    assert.equal(manifest.enabledApiProposals, undefined);
  },
);

hostCase('every view of the manifest can be shown', async () => {
  const manifest = extensions.getExtension('countersign.countersign')?.packageJSON as Manifest;
  const known = new Set(await commands.getCommands(true));
  for (const { id } of Object.values(manifest.contributes.views).flat())
    assert.ok(known.has(`${id}.focus`), `${id} has no focus command`);
});
