/** ASCII case folding: other letters of an e-mail's local part are different letters. */
export function foldEmail(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Whether an e-mail matches a pattern in which only `*` is special: any characters, none included. Case folds as in
 * `foldEmail`. Linear in the pattern's parts, so that no pattern can make a check hang.
 */
export function matchesEmailPattern(pattern: string, email: string): boolean {
  const parts = foldEmail(pattern).split('*');
  const folded = foldEmail(email);
  const [first = ''] = parts;
  if (parts.length === 1) return folded === first;
  const last = parts.at(-1) ?? '';
  if (
    !folded.startsWith(first) ||
    !folded.endsWith(last) ||
    folded.length < first.length + last.length
  )
    return false;
  let from = first.length;
  const end = folded.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = folded.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
