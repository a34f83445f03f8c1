import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  type DocumentLink,
  type Hover,
  languages,
  type Location,
  type MarkdownString,
  Position,
  Uri,
  workspace,
} from 'vscode';
import { eventually, hostCase } from './cases.ts';
import { write } from './model-repository.ts';
import { openModel } from './open-model.ts';

hostCase('records are read into the views', async () => {
  const { ready } = await openModel();
  assert.deepEqual(
    ready().index.feedback.map(({ id }) => id),
    ['FB-0001', 'FB-0002', 'FB-0003'],
  );
  assert.deepEqual(
    ready().index.decisions.map(({ id }) => id),
    ['DR-0001'],
  );
});

hostCase(
  'a record that another program breaks is in the Problems panel at its line, and leaves it when mended',
  async () => {
    const { folder, ready } = await openModel();
    const path = '.countersign/feedback/FB-0009.yaml';
    const uri = Uri.file(join(folder, path));
    write(
      folder,
      path,
      'schema: countersign/feedback@1\nid: FB-0009\ntitle: One\ntitle: Two\nchannel: survey\nobserved_at: unknown\nstatus: new\n',
    );
    const found = await eventually('a diagnostic', () =>
      languages.getDiagnostics(uri).find(({ source }) => source === 'countersign'),
    );
    assert.equal((found.code as { value: string }).value, 'record/duplicate-key');
    assert.equal(found.range.start.line, 3);
    assert.ok(ready().index.feedback.length === 3, 'a broken record hides no other');
    write(
      folder,
      path,
      'schema: countersign/feedback@1\nid: FB-0009\ntitle: One\nchannel: survey\nobserved_at: unknown\nstatus: new\n',
    );
    await eventually(
      'no diagnostic any more',
      () => languages.getDiagnostics(uri).length === 0 && ready().index.feedback.length === 4,
    );
    rmSync(join(folder, path));
    await eventually('the record is gone', () => ready().index.feedback.length === 3);
  },
);

hostCase('what is typed counts before it is saved', async () => {
  const { folder, ready } = await openModel();
  const document = await workspace.openTextDocument(
    Uri.file(join(folder, '.countersign/feedback/FB-0002.yaml')),
  );
  const { WorkspaceEdit } = await import('vscode');
  const edit = new WorkspaceEdit();
  const line = document
    .getText()
    .split('\n')
    .findIndex((text) => text.startsWith('status:'));
  edit.replace(document.uri, document.lineAt(line).range, 'status: accepted');
  await workspace.applyEdit(edit);
  await eventually(
    'the unsaved status',
    () => ready().index.feedback.find(({ id }) => id === 'FB-0002')?.value.status === 'accepted',
  );
  await commands.executeCommand('workbench.action.files.revert');
  if (document.isDirty) {
    const back = new WorkspaceEdit();
    back.replace(document.uri, document.lineAt(line).range, 'status: new  # as told');
    await workspace.applyEdit(back);
    await document.save();
  }
  await eventually(
    'the saved status',
    () => ready().index.feedback.find(({ id }) => id === 'FB-0002')?.value.status === 'new',
  );
});

hostCase('an id leads to its record: hover, definition, references, links', async () => {
  const { folder } = await openModel();
  const decision = Uri.file(join(folder, '.countersign/decisions/DR-0001.yaml'));
  const document = await workspace.openTextDocument(decision);
  const at = document.positionAt(document.getText().indexOf('FB-0001') + 3);
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    decision,
    at,
  );
  const text = hovers
    .flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value))
    .join('\n');
  assert.match(text, /Tips&nbsp;are&nbsp;not&nbsp;counted|Tips are not counted/);
  const [definition] = await commands.executeCommand<Location[]>(
    'vscode.executeDefinitionProvider',
    decision,
    at,
  );
  assert.ok(definition?.uri.path.endsWith('.countersign/feedback/FB-0001.yaml'));
  const references = await commands.executeCommand<Location[]>(
    'vscode.executeReferenceProvider',
    decision,
    at,
  );
  assert.deepEqual(references.map(({ uri }) => uri.path.split('/').at(-1)).sort(), [
    'DR-0001.yaml',
    'FB-0001.yaml',
  ]);
  const links = await commands.executeCommand<DocumentLink[]>(
    'vscode.executeLinkProvider',
    decision,
  );
  assert.ok(links.some(({ target }) => target?.path.endsWith('FB-0002.yaml')));
  assert.ok(
    links.some(({ target }) => target?.path.endsWith('model/score.py') && target.fragment === 'L4'),
  );
  assert.equal(
    (
      await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        decision,
        new Position(0, 2),
      )
    ).length,
    0,
  );
});
