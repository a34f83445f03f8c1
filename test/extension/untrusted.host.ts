import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeLens, commands, type Hover, Uri, workspace } from 'vscode';
import { hostCase } from './cases.ts';
import { openModel } from './open-model.ts';
import { traceOfGit } from './untrusted-repository.ts';

hostCase('in a folder that nobody trusts yet, records are read and the gate waits', async () => {
  const { ready } = await openModel();
  assert.equal(workspace.isTrusted, false);
  assert.deepEqual(
    ready().index.feedback.map(({ id }) => id),
    ['FB-0001', 'FB-0002', 'FB-0003'],
  );
  assert.equal(ready().gate.kind, 'untrusted');
  assert.equal(ready().repository, null);
});

hostCase('what only reads works there: hovers, lenses that lead to records', async () => {
  const { folder } = await openModel();
  const code = Uri.file(join(folder, 'model/score.py'));
  await workspace.openTextDocument(code);
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', code);
  assert.ok(
    lenses.some(
      ({ command }) => command?.title === 'Here because of 2 feedback items and decision DR-0001',
    ),
  );
  assert.ok(
    !lenses.some(({ command }) => /Run|Report/.test(command?.title ?? '')),
    'nothing that runs is offered',
  );
  const decision = Uri.file(join(folder, '.countersign/decisions/DR-0001.yaml'));
  const document = await workspace.openTextDocument(decision);
  const at = document.positionAt(document.getText().indexOf('FB-0001') + 3);
  assert.ok(
    (await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', decision, at)).length >
      0,
  );
});

hostCase('no command writes, runs or signs anything there', async () => {
  const { folder, ready } = await openModel();
  const before = readFileSync(join(folder, '.countersign/feedback/FB-0001.yaml'), 'utf8');
  // Each says why it does nothing, and waits for nobody.
  for (const command of ['triage', 'decide', 'newDecision', 'evaluate', 'installHooks'])
    void commands.executeCommand(`countersign.${command}`, 'FB-0001');
  await commands.executeCommand('countersign.refresh');
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(readFileSync(join(folder, '.countersign/feedback/FB-0001.yaml'), 'utf8'), before);
  assert.equal(ready().index.decisions.length, 1);
  assert.ok(!existsSync(join(folder, '.git/hooks/pre-commit')));
});

hostCase('git, whose configuration a stranger may have written, was never called', async () => {
  const { folder } = await openModel();
  const trace = join(folder, traceOfGit);
  assert.ok(!existsSync(trace), existsSync(trace) ? readFileSync(trace, 'utf8') : '');
});
