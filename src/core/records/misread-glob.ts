/** What a glob says otherwise than it reads, and how what was meant is written. */
export type Misread = { readonly says: string; readonly write: string };

/**
 * Whether a glob means something else than it reads to people who know shells, git or regular expressions. Such a guard
 * guards less than whoever wrote it believes. Null where it means what it reads.
 */
export function misreadGlob(glob: string): Misread | null {
  for (const { pattern, says, outside } of forms) {
    const found = pattern.exec(outside ? outsideGroups(glob) : glob);
    if (found) return says(found, glob);
  }
  return null;
}

type Form = {
  readonly pattern: RegExp;
  /** Whether groups such as `@(a|b)` are left out of account. */
  readonly outside?: true;
  readonly says: (found: RegExpExecArray, glob: string) => Misread;
};

/** More numbers than this are better said by a star. */
const mostNumbers = 50;

const forms: readonly Form[] = [
  {
    pattern: /\{(-?\w+)\.\.(-?\w+)(?:\.\.-?\d+)?\}/,
    says: ([range = '', first = '', last = ''], glob) => ({
      says: `has the range ${range}, of which only single characters are tried here`,
      write: `write ${glob.replace(range, () => listed(first, last))}`,
    }),
  },
  {
    pattern: /\[[^\]]*\d-\d{2,}[^\]]*\]/,
    says: ([range = ''], glob) => {
      const [, first = '', last = ''] = /(\d+)-(\d+)/.exec(range) ?? [];
      return {
        says: `has ${range}, which stands for one character and not for a range of numbers`,
        write: `write ${glob.replace(range, () => listed(first, last))}`,
      };
    },
  },
  {
    pattern: /\[[^\]]*\[[:.=]/,
    says: (_, glob) => ({
      says: 'names a class of characters in brackets, which is not read as one here',
      write: `write the characters: ${glob.replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)}`,
    }),
  },
  {
    pattern: /\{([^{},]*)\}/,
    says: ([group = '', inside = ''], glob) => ({
      says: `has ${group}, braces around one choice alone, which stand for themselves in some tools and not in others`,
      write: `write ${glob.replace(group, () => inside)}, or "?" for each brace where they belong to the name`,
    }),
  },
  {
    pattern: /(?:^|[^?*+@!])\(/,
    says: (_, glob) => ({
      says: 'has parentheses that would be read as a group and not as a part of the name',
      write: `write "?" for each of them: ${bare(glob)}`,
    }),
  },
  {
    pattern: /\|/,
    outside: true,
    says: (_, glob) => ({
      says: 'has a "|" outside of a group',
      write: `write two globs, or ${choices(glob)}`,
    }),
  },
  {
    pattern: /(?:[^/*]\*{2,}|\*{2,}[^/*]|\*{3,})/,
    says: (_, glob) => ({
      says: 'has "**" beside other characters, where it reaches into no folder',
      write: `write ${glob.replace(/\*{2,}(?=[^/*])/g, '**/*').replace(/(?<=[^/*])\*{2,}/g, '*/**')}`,
    }),
  },
];

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  xdigit: '0-9a-fA-F',
  word: 'a-zA-Z0-9_',
};

/** `{1,2,3}` for the numbers from 1 to 3; a star where they are too many, or no numbers. */
function listed(first: string, last: string): string {
  const [from, to] = [Number(first), Number(last)];
  if (/^[a-z]$/i.test(first) && /^[a-z]$/i.test(last)) return `[${first}-${last}]`;
  if (!Number.isInteger(from) || !Number.isInteger(to) || Math.abs(to - from) >= mostNumbers)
    return '*';
  const width = /^0\d/.test(first) ? first.length : 0;
  const step = from <= to ? 1 : -1;
  const numbers = Array.from({ length: Math.abs(to - from) + 1 }, (_, index) =>
    String(from + index * step).padStart(width, '0'),
  );
  return numbers.length === 1 ? (numbers[0] as string) : `{${numbers.join(',')}}`;
}

/** Parentheses that belong to a name as `?`; those of a group stay. */
function bare(glob: string): string {
  const open: boolean[] = [];
  return [...glob]
    .map((letter, index) => {
      if (letter === '(') open.push(/[?*+@!]/.test(glob[index - 1] ?? ''));
      else if (letter !== ')') return letter;
      const isGroup = letter === '(' ? open.at(-1) : open.pop();
      return isGroup ? letter : '?';
    })
    .join('');
}

/** A glob without its groups `@(…)` and its like. */
function outsideGroups(glob: string): string {
  return glob.replace(/[?*+@!]\([^()]*\)/g, '');
}

/** `model/a|model/b` as `{model/a,model/b}`. */
function choices(glob: string): string {
  return `{${glob.split('|').join(',')}}`;
}
