/** Packs what is built into a VSIX for this platform: what runs, what it needs to be read, and nothing else. */
import { createWriteStream, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { buildAll, hostBundle } from './build.ts';

const root = new URL('..', import.meta.url).pathname;

type Manifest = {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly publisher: string;
  readonly description: string;
  readonly engines: { readonly vscode: string };
  readonly categories: readonly string[];
};

/** Everything of the project that the editor reads. */
const shipped = [
  'dist/**',
  'media/**',
  'l10n/**',
  'package.nls*.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Of a library's package only what runs, and its licence. */
const libraryFiles =
  /(?:\.(?:c|m)?js|\.node|\.so(?:\.\d+)*|\.dylib|\.dll|\/package\.json|\/licen[cs]e[^/]*)$/i;

/** Entries say the same time in every build, so that the same files make the same bytes. */
const mtime = new Date(Date.UTC(2000, 0, 1));

/**
 * Writes the VSIX of what is in `dist/`.
 *
 * @returns the names of the files inside, as the archive names them
 */
export async function packExtension(file: string): Promise<readonly string[]> {
  const {
    devDependencies: _,
    scripts: __,
    ...manifest
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest &
    Readonly<Record<string, unknown>>;
  const paths = [
    ...filesOf(root, shipped),
    ...libraries(await unbundled()).flatMap((folder) =>
      filesOf(root, [`${folder}/**`]).filter((path) => libraryFiles.test(path)),
    ),
  ];
  const zip = new ZipFile();
  const entry = { mtime, mode: 0o100644 };
  zip.addBuffer(Buffer.from(contentTypes(paths)), '[Content_Types].xml', entry);
  zip.addBuffer(Buffer.from(vsixManifest(manifest)), 'extension.vsixmanifest', entry);
  zip.addBuffer(
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    'extension/package.json',
    entry,
  );
  for (const path of paths)
    zip.addFile(
      join(root, path),
      `extension/${path}`,
      path.endsWith('.sh') ? { ...entry, mode: 0o100755 } : entry,
    );
  zip.end();
  mkdirSync(dirname(file), { recursive: true });
  await finished(zip.outputStream.pipe(createWriteStream(file)));
  return ['extension/package.json', ...paths.map((path) => `extension/${path}`)];
}

function filesOf(folder: string, patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

/** The packages that the bundles ask for by name when they run; the editor brings its own. */
async function unbundled(): Promise<readonly string[]> {
  return ((await hostBundle()).external ?? []).filter((name) => name !== 'vscode');
}

/** Folders of packages and of all that they need, as far as it is installed: of native parts that is this platform's. */
function libraries(names: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const add = (name: string): void => {
    const folder = `node_modules/${name}`;
    const file = join(root, folder, 'package.json');
    if (folders.has(folder) || !existsSync(file)) return;
    folders.add(folder);
    const needs = JSON.parse(readFileSync(file, 'utf8')) as Needs;
    for (const needed of Object.keys({ ...needs.dependencies, ...needs.optionalDependencies }))
      add(needed);
  };
  names.forEach(add);
  return [...folders];
}

type Needs = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

function contentTypes(paths: readonly string[]): string {
  const extensions = new Set(
    paths
      .map((path) => /\.([^./]+)$/.exec(path)?.[1])
      .filter((extension) => extension !== undefined),
  );
  const defaults = [...extensions, 'vsixmanifest'].map(
    (extension) =>
      `<Default Extension=".${extension}" ContentType="${extension === 'json' ? 'application/json' : 'application/octet-stream'}"/>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join('')}</Types>\n`;
}

function vsixManifest({
  name,
  displayName,
  version,
  publisher,
  description,
  engines,
  categories,
}: Manifest): string {
  const libc = existsSync('/etc/alpine-release') ? 'alpine' : process.platform;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}" TargetPlatform="${libc}-${process.arch}"/>
    <DisplayName>${displayName}</DisplayName>
    <Description xml:space="preserve">${description}</Description>
    <Categories>${categories.join(',')}</Categories>
    <License>extension/LICENSE</License>
    <Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}"/></Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

if (import.meta.main) {
  await buildAll();
  const file = join(root, `countersign-${process.platform}-${process.arch}.vsix`);
  await packExtension(file);
  console.log(file);
}
