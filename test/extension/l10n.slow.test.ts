import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { l10nBundle } from '../../scripts/l10n.ts';

test('the bundle for translators holds every string that the extension says', async () => {
  const stored = readFileSync(new URL('../../l10n/bundle.l10n.json', import.meta.url), 'utf8');
  assert.equal(
    stored,
    await l10nBundle(),
    'it is another: node scripts/run.mjs l10n writes it anew',
  );
});
