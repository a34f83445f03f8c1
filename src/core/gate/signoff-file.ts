/** The two kinds of signed record. */
export type SignedKind = 'signoff' | 'exception';

/**
 * A signed file taken apart, nothing in it believed yet. `payload` is what was signed, LF-ended whatever the checkout
 * made of it; `json` is its second line.
 */
export type SignedFile = {
  readonly payload: Uint8Array;
  readonly json: string;
  readonly signature: string;
};

export type SignedFileResult =
  | ({ readonly ok: true } & SignedFile)
  | { readonly ok: false; readonly why: string; readonly line: number };

/** First line of what is signed, by kind. */
export const payloadHeads = { signoff: 'model-signoff@1', exception: 'model-exception@1' } as const;

const largest = 1024 * 1024;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Reads a sign-off or exception by its lines, not by a YAML parser: exactly `schema`, a `payload: |` block of two lines
 * and a `signature: |` block, in this order, indented by two spaces. So that no alias, duplicate, tag or comment can make
 * two readers see two different files. Lines may all end in LF or all in CRLF.
 */
export function readSignedFile(kind: SignedKind, bytes: Uint8Array): SignedFileResult {
  if (bytes.length > largest) return refuse(1, 'it is larger than 1 MiB');
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return refuse(1, 'it is not UTF-8');
  }
  const lines = splitLines(text);
  if (lines === null) return refuse(1, 'its lines do not all end alike, in LF or in CRLF');
  const wanted = [`schema: countersign/${kind}@1`, 'payload: |', `  ${payloadHeads[kind]}`];
  const wrong = wanted.findIndex((line, index) => lines[index] !== line);
  if (wrong >= 0)
    return refuse(wrong + 1, `line ${wrong + 1} must be ${JSON.stringify(wanted[wrong])}`);
  const json = lines[3] ?? '';
  if (!json.startsWith('  {') || !json.endsWith('}'))
    return refuse(4, 'line 4 must be the payload, one JSON object indented by two spaces');
  if (lines[4] !== 'signature: |')
    return refuse(5, 'line 5 must be "signature: |": the payload has exactly two lines');
  const armour = lines.slice(5);
  const loose = armour.findIndex((line) => !line.startsWith('  ') || line.length < 3);
  if (armour.length === 0 || loose >= 0)
    return refuse(
      6 + Math.max(loose, 0),
      'the signature must be a block indented by two spaces, and nothing may follow it',
    );
  const payload = encoder.encode(`${payloadHeads[kind]}\n${json.slice(2)}\n`);
  return {
    ok: true,
    payload,
    json: json.slice(2),
    signature: armour.map((line) => `${line.slice(2)}\n`).join(''),
  };
}

function refuse(line: number, why: string): SignedFileResult {
  return { ok: false, why, line };
}

/** Lines without their ends; null where ends are mixed or the last line has none. */
function splitLines(text: string): readonly string[] | null {
  const ending = text.includes('\r') ? '\r\n' : '\n';
  const lines = text.split(ending);
  if (lines.pop() !== '') return null;
  return lines.some((line) => /[\r\n]/.test(line)) ? null : lines;
}

/** Writes a signed file as {@link readSignedFile} reads it. */
export function writeSignedFile(kind: SignedKind, json: string, signature: string): string {
  const armour = signature.trimEnd().split('\n');
  return [
    `schema: countersign/${kind}@1`,
    'payload: |',
    `  ${payloadHeads[kind]}`,
    `  ${json}`,
    'signature: |',
    ...armour.map((line) => `  ${line.trimEnd()}`),
    '',
  ].join('\n');
}

/** The bytes that are signed. */
export function payloadBytes(kind: SignedKind, json: string): Uint8Array {
  return encoder.encode(`${payloadHeads[kind]}\n${json}\n`);
}
