import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRepository } from '../../src/node/repository.ts';
import { git } from '../extension/model-repository.ts';

const rows: readonly {
  readonly name: string;
  readonly make: (folder: string) => void;
  readonly code: string;
  readonly message: RegExp;
}[] = [
  {
    name: 'a folder without git',
    make: () => {},
    code: 'repository/none',
    message: /is not inside a git repository$/,
  },
  {
    name: 'a bare repository',
    make: (folder) => void git(folder, 'init', '--quiet', '--bare'),
    code: 'repository/bare',
    message: /is not inside a working tree$/,
  },
  {
    name: 'a configuration that git cannot read',
    make: (folder) => {
      git(folder, 'init', '--quiet');
      writeFileSync(join(folder, '.git', 'config'), '[core\n');
    },
    code: 'git/failed',
    message: /bad config line 1/,
  },
];

for (const { name, make, code, message } of rows) {
  test(`not opened: ${name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-open-'));
    try {
      make(folder);
      await assert.rejects(openRepository(folder), { code, message });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('a bare repository with a working tree beside it says where that is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-open-'));
  try {
    git(folder, 'init', '--quiet', '--initial-branch=main', 'model');
    const model = join(folder, 'model');
    git(
      model,
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@example.org',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message=Start',
    );
    git(folder, 'clone', '--quiet', '--bare', 'model', 'bare.git');
    git(join(folder, 'bare.git'), 'worktree', 'add', '--quiet', join(folder, 'tree'));
    await assert.rejects(openRepository(join(folder, 'bare.git')), {
      code: 'repository/bare',
      fix: /in one of its working trees: cd \S+\/tree$/,
    });
    assert.equal((await openRepository(join(folder, 'tree'))).top.endsWith('/tree'), true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
