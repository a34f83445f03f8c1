import { matchesAny } from './scope.ts';

/** What a starting policy governs of a repository's files, and the code that it leaves out. */
export type GovernedProposal = {
  readonly globs: readonly string[];
  /** Paths of code that no glob governs: whoever reads the policy has to hear of them. */
  readonly ungovernedCode: readonly string[];
};

const code =
  /\.(?:py|pyx|pyi|ipynb|r|rmd|qmd|jl|scala|java|kt|cs|c|cc|cpp|cu|h|hpp|go|rs|rb|js|mjs|ts|tsx|sql|sh|lua|m|stan|do|sas)$/i;
const data = /\.(?:csv|tsv|jsonl?|ndjson|parquet|arrow|feather|xml|txt|npz|npy|h5)(?:\.gz)?$/i;

/** Folders and files that look at a model, describe it or build it, and do not decide what it does. */
const besides =
  /^(?:\.|(?:tests?|docs?|examples?|demos?|bench(?:marks?)?|ci|tools|third_party|vendor|node_modules|site|build|dist)(?:\/|$)|(?:setup|conftest|noxfile|tasks|fabfile|test_[^/]*|[^/]*_test)\.py$)/i;

/** Folders that hold models or settings, whatever is in them. */
const ofModels = /^(?:models?|weights|checkpoints|conf|configs?|params)$/i;
const ofData = /^data(?:sets?)?$/i;

/** Files that decide by themselves, wherever they are: parameters, pipelines, pointers to data, weights. */
const deciding: readonly string[] = [
  'params.yaml',
  'dvc.yaml',
  'dvc.lock',
  'MLproject',
  '**/params.yaml',
  '**/dvc.yaml',
  '**/dvc.lock',
  '**/MLproject',
  '**/*.dvc',
  '**/*.{safetensors,onnx,pkl,joblib,pt,pth,keras,gguf,ubj,cbm}',
];

/** As many files at the top are named one by one; more are a pattern. */
const mostNamed = 12;

/**
 * Proposes which files of a repository a policy should govern: every folder with code but those of tests, documents and the
 * like, folders of models, settings and data, code at the top, and files that decide wherever they lie. A glob that would
 * match nothing is not among them: it would only look like protection.
 */
export function proposeGoverned(paths: readonly string[]): GovernedProposal {
  const files = paths.filter((path) => !path.startsWith('.countersign/'));
  const globs = [...folderGlobs(files), ...topGlobs(files)];
  for (const glob of deciding) {
    const left = files.filter((path) => !besides.test(path) && !matchesAny(globs)(path));
    if (left.some(matchesAny([glob]))) globs.push(glob);
  }
  const chosen = globs.length > 0 ? globs : ['model/**', 'src/**'];
  const governs = matchesAny(chosen);
  return {
    globs: chosen,
    ungovernedCode: files.filter((path) => code.test(path) && !governs(path)).toSorted(),
  };
}

function folderGlobs(files: readonly string[]): string[] {
  const inside = new Map<string, string[]>();
  for (const path of files.filter((one) => one.includes('/'))) {
    const folder = path.slice(0, path.indexOf('/'));
    const there = inside.get(folder);
    if (there) there.push(path);
    else inside.set(folder, [path]);
  }
  const decides = ([folder, paths]: readonly [string, readonly string[]]): boolean =>
    !besides.test(folder) &&
    (ofModels.test(folder) ||
      paths.some((path) => code.test(path)) ||
      (ofData.test(folder) && paths.some((path) => data.test(path))));
  return [...inside]
    .filter(decides)
    .map(([folder]) => `${plain(folder)}/**`)
    .toSorted();
}

function topGlobs(files: readonly string[]): readonly string[] {
  const top = files.filter((path) => !path.includes('/') && code.test(path) && !besides.test(path));
  if (top.length <= mostNamed) return top.map(plain).toSorted();
  const endings = top.map((path) => path.slice(path.lastIndexOf('.')));
  return [...new Set(endings)].map((ending) => `*${plain(ending)}`).toSorted();
}

/** A name as a glob that stands for it: what has a meaning in globs is any one character. */
function plain(name: string): string {
  return name.replace(/[*?[\]{}()!+@|\\]/g, '?');
}
