import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  Position,
  Selection,
  type TextEditor,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { type Answer, answeringPicks } from './answering-pick.ts';
import { hostCase } from './cases.ts';
import { git } from './model-repository.ts';
import { openModel } from './open-model.ts';

const record = '.countersign/feedback/FB-0003.yaml';

/** Links the second line of the model to FB-0003; the record's text after it. */
async function linking(before: (editor: TextEditor) => Promise<unknown>): Promise<string> {
  const { folder } = await openModel();
  const editor = await window.showTextDocument(Uri.file(join(folder, 'model/score.py')));
  editor.selection = new Selection(1, 0, 2, 0);
  const answer: Answer = async (picker) => {
    await before(editor);
    picker.activeItems = picker.items.filter((item) => 'id' in item && item.id === 'FB-0003');
    return true;
  };
  try {
    await answeringPicks(answer, () => commands.executeCommand('countersign.linkSelection'));
    return readFileSync(join(folder, record), 'utf8');
  } finally {
    await commands.executeCommand('workbench.action.closeAllEditors');
    git(folder, 'checkout', '--quiet', '--', 'model/score.py', record);
    await commands.executeCommand('countersign.refresh');
  }
}

hostCase('selected lines are linked to the record that is chosen', async () => {
  const linked = await linking(() => Promise.resolve());
  assert.match(linked, /lines: *(?:\[ ?2, 2 ?\]|\n)/);
});

hostCase('lines that moved while the question stood there are not linked', async () => {
  const { folder } = await openModel();
  const was = readFileSync(join(folder, record), 'utf8');
  const linked = await linking(async ({ document }) => {
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), '# a line of somebody else\n');
    await workspace.applyEdit(edit);
  });
  assert.equal(linked, was);
});
