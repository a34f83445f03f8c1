import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { type CodeLens, commands, ConfigurationTarget, Uri, workspace } from 'vscode';
import { hostCase } from './cases.ts';
import { openModel } from './open-model.ts';

async function lensTitles(folder: string): Promise<readonly (readonly [number, string])[]> {
  const uri = Uri.file(join(folder, 'model/score.py'));
  await workspace.openTextDocument(uri);
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return lenses.flatMap(({ command, range }) =>
    command?.command === 'countersign.openBehind'
      ? [[range.start.line + 1, command.title] as const]
      : [],
  );
}

hostCase('anchored lines say why they are here, and stop where the setting says so', async () => {
  const { folder } = await openModel();
  assert.deepEqual(await lensTitles(folder), [
    [4, 'Here because of 2 feedback items and decision DR-0001'],
    [6, 'Here because of feedback FB-0001'],
  ]);
  const settings = workspace.getConfiguration('countersign');
  await settings.update('codeLens.enabled', false, ConfigurationTarget.Global);
  assert.deepEqual(await lensTitles(folder), []);
  await settings.update('codeLens.enabled', undefined, ConfigurationTarget.Global);
});
