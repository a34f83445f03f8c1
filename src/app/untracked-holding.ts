import type { Files } from './ports.ts';
import type { PathsOf } from './present-paths.ts';

/** Files read at one time, and the largest that is looked into, in bytes: what nobody added and is larger is data. */
const atOnce = 32;
const largest = 8 * 1024 * 1024;

/** One character a byte, so that any file can be searched for any text. */
const bytewise = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** The files outside the records that nobody added yet and that hold one of some texts. git would read each of them whole, whatever its size. */
export async function untrackedHolding(
  files: Pick<Files, 'read'>,
  { paths, at }: Pick<PathsOf, 'paths' | 'at'>,
  texts: readonly string[],
): Promise<readonly string[]> {
  const wanted = texts.map((text) => bytewise.decode(encoder.encode(text)));
  const untracked = [...paths].filter(
    (path) => at(path).kind === 'untracked' && !path.startsWith('.countersign/'),
  );
  const found: string[] = [];
  for (let start = 0; start < untracked.length; start += atOnce) {
    const batch = await Promise.all(
      untracked.slice(start, start + atOnce).map(async (path) => {
        const bytes = await files.read(path, largest).catch(() => null);
        const content = bytes === null ? '' : bytewise.decode(bytes);
        return wanted.some((text) => content.includes(text)) ? [path] : [];
      }),
    );
    found.push(...batch.flat());
  }
  return found;
}
