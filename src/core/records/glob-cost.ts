/**
 * What makes a glob slow on a path that is made for it. `ways` is in how many ways choices can be made in its groups, `stars`
 * how many stars stand in one name at most, `folders` how many `**` there are; of alternatives the most counts.
 */
export type GlobCost = { readonly ways: number; readonly stars: number; readonly folders: number };

/** A group that is open. `sum` is all that it holds, where it turns out never to be closed. */
type Group = {
  readonly opener: string;
  readonly before: GlobCost;
  readonly choices: GlobCost;
  readonly sum: GlobCost;
};

const nothing: GlobCost = { ways: 1, stars: 0, folders: 0 };

/** An escaped character, a class, a run of stars, the beginning of a group, its parts and its end; what is left is letters. */
const tokens = /\\[^]|\[[^\]]*\]|\*+|[?!@]?\(|[{}|,)/]/g;

const separators: Readonly<Record<string, string>> = { '{': ',', '(': '|' };
const ends: Readonly<Record<string, string>> = { '{': '}', '(': ')' };

/** Adds up what a glob of at most a thousand characters costs: for longer ones it would take time itself. */
export function globCost(glob: string): GlobCost {
  const groups: Group[] = [];
  let here = nothing;
  let stars = 0;
  for (const [token] of glob.matchAll(tokens)) {
    const group = groups.at(-1);
    const opener = token.replace(/^[?!@]/, '');
    if (opener in ends) {
      // A group that may be left out offers one way more; one that must not match takes anything else, as a star does.
      const choices = { ...nothing, ways: token === '?(' ? 1 : 0, stars: token === '!(' ? 1 : 0 };
      groups.push({ opener, before: here, choices, sum: choices });
      here = nothing;
    } else if (token.startsWith('*'))
      here = then(here, { ways: 1, stars: 1, folders: token.length > 1 ? 1 : 0 });
    else if (group !== undefined && token === separators[group.opener]) {
      groups[groups.length - 1] = withChoice(group, here);
      here = nothing;
    } else if (group !== undefined && token === ends[group.opener]) {
      groups.pop();
      here = then(group.before, withChoice(group, here).choices);
    } else if (token === '/' && group === undefined) {
      stars = Math.max(stars, here.stars);
      here = { ...here, stars: 0 };
    }
  }
  for (const { before, sum } of groups.reverse())
    here = then(before, then({ ...sum, ways: Math.max(1, sum.ways) }, here));
  return { ...here, stars: Math.max(stars, here.stars) };
}

function then(first: GlobCost, second: GlobCost): GlobCost {
  return {
    ways: first.ways * second.ways,
    stars: first.stars + second.stars,
    folders: first.folders + second.folders,
  };
}

function withChoice(group: Group, choice: GlobCost): Group {
  const { choices, sum } = group;
  return {
    ...group,
    choices: {
      ways: choices.ways + choice.ways,
      stars: Math.max(choices.stars, choice.stars),
      folders: Math.max(choices.folders, choice.folders),
    },
    sum: then({ ...sum, ways: Math.max(1, sum.ways) }, choice),
  };
}
