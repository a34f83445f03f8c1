import { l10n } from 'vscode';
import type { BehindAnchor } from '../workspace/record-index.ts';

/** How unsure the lines of an anchor are, in a few words: "lines rewritten; was 3–4". */
export function doubtText({ state, was: { lines } }: BehindAnchor): string {
  const was = lines[0] === lines[1] ? `${lines[0]}` : `${lines[0]}–${lines[1]}`;
  switch (state) {
    case 'changed':
      return l10n.t('Lines rewritten; was {0}', was);
    case 'lost':
      return l10n.t('Lines lost; was {0}', was);
    default:
      return l10n.t('Not proved');
  }
}
