/** The variables from which git takes author and committer of the commit being made. */
const identity = new Set([
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
  'EMAIL',
]);

/** The variables that say where the user's own settings are, or are such settings: what `git -c` was told is handed on by the last. */
const settings = /^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+|PARAMETERS)$/;

/** What of the surroundings tells git who is at work, and which key is theirs. Nothing that is judged may be read by it. */
export function personVariables(
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inherited).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (identity.has(entry[0]) || settings.test(entry[0])),
    ),
  );
}
