/** What a person would paste out of a printed step. */

/** One way out that a step names: its commands one after another, as a shell is given them. */
export type PrintedStep = {
  readonly commands: readonly string[];
  /**
   * `run`: it mends by itself. `look`: it only shows. `hand`: something is done by hand first or there is a placeholder
   * to fill in, so that the commands alone mend nothing; none where words say it all.
   */
  readonly kind: 'run' | 'look' | 'hand';
};

/** Commands that change nothing, or begin a record that is then written by hand. */
const looks =
  /^(git (log|status|diff|fsck|show|ls-files|rev-parse|branch --all|cat-file|worktree list)\b|countersign (check|show|list|review list|doctor|audit|verify(?! --take)|index|trail|report|approved|inbox|new (decision|evaluation|feedback)|anchors [A-Z-0-9]+$|\S+ --help)\b)/;

/** `…`, FILE, DR-… and <branch> are for the reader to fill in; `HEAD` and ids are not. */
const placeholder = /<[a-z-]+>|…|\b(FILE|PERSON|ID)\b/;

/** The ways out of a printed step. Words around the commands decide what they are; quoted words are left alone. */
export function printedSteps(fix: string): readonly PrintedStep[] {
  return outsideQuotes(fix, /(?:; |, )(?:or|else|where) |; /g)
    .map(stepOf)
    .filter(({ commands, kind }) => commands.length > 0 || kind === 'hand');
}

function stepOf(way: string): PrintedStep {
  const pieces = outsideQuotes(
    way,
    /(?<=: |^|&& |, then |, and |, |\bthen )(?=(?:git|countersign) [a-z-])/g,
  );
  const isCommand = (piece: string): boolean => /^(git|countersign) [a-z-]/.test(piece);
  const commands = pieces
    .filter(isCommand)
    .map((piece) =>
      (outsideQuotes(piece, /(?:, |: | && ?$| (?:with|says|shows|then|and|brings|in) )/g)[0] ?? '')
        .replace(/ ?&&? ?$/, '')
        .trim(),
    );
  const before = isCommand(pieces[0] ?? '') ? '' : (pieces[0] ?? '');
  const goesOn = /, then (?:land|stage|push) /.test(way);
  const between = pieces.filter(isCommand).some((piece) => /, (?:then|and) [^:]*: $/.test(piece));
  if (commands.length === 0 || placeholder.test(commands.join(' ')))
    return { commands, kind: 'hand' };
  if (/^(look|see)\b/.test(before) || commands.every((command) => looks.test(command)))
    return { commands, kind: 'look' };
  // "change the code, then measure again: …": the command is the second half of the step.
  if (/\bthen\b/.test(before) || between || goesOn) return { commands, kind: 'hand' };
  return { commands, kind: 'run' };
}

/** Whether a reader has to fill something in, or reads words alone. */
export function isFilledIn({ commands }: PrintedStep): boolean {
  return commands.length === 0 || placeholder.test(commands.join(' '));
}

/** Whether what a command complained of says that it was not understood, or that it broke. */
export function isMisunderstood(said: string): boolean {
  return /missing required argument|\(usage\/|unknown option|unknown command|not a git command|^usage: git|\n {4}at |\(internal\//.test(
    said,
  );
}

/** Splits a text where a pattern matches outside of 'single' and "double" quotes. */
function outsideQuotes(text: string, pattern: RegExp): readonly string[] {
  const quoted = [...text.matchAll(/(?<![a-z])'[^']*'|"[^"]*"/g)].map(
    ({ 0: words, index }) => [index, index + words.length] as const,
  );
  const parts: string[] = [];
  let from = 0;
  for (const { 0: words, index } of text.matchAll(pattern)) {
    if (quoted.some(([start, end]) => index > start && index < end)) continue;
    parts.push(text.slice(from, index));
    from = index + words.length;
  }
  return [...parts, text.slice(from)];
}

/** A step without what differs from one repository to the next: ids, paths, people, rules, addresses. */
export function templateOf(code: string, step: PrintedStep): string {
  const plain = step.commands
    .join(' && ')
    .replace(/"[^"]*"|'[^']*'/g, 'WORDS')
    .replace(/\bsha256:[0-9a-f]+/g, 'DIGEST')
    .replace(/\b[0-9a-f]{7,64}\b/g, 'OID')
    .replace(/\b(DR|FB|EV|RV|EX|SL)-[0-9A-Z]+/g, '$1-ID')
    .replace(/(--(?:rule|role|vouch|as|me)) \S+/g, '$1 NAME')
    .replace(/(?<= )[\w.@*-]*\/[^\s]*\.\w+/g, 'PATH');
  return `${code} ${step.kind}: ${plain}`;
}
