import { foldPath } from './fold-path.ts';

/** The folder of sign-offs, `<rule>/<person>.<hex12>.<hex4>.yaml`, and of emergency exceptions, `<EX-id>.yaml`. */
export const signoffFolder = '.countersign/signoffs/';
export const exceptionFolder = '.countersign/exceptions/';
export const reviewFolder = '.countersign/reviews/';

const signoff = /^\.countersign\/signoffs\/([^/]+)\/([^/]+)\.([0-9a-f]{12})\.([0-9a-f]{4})\.yaml$/;
const exception = /^\.countersign\/exceptions\/(EX-[0-9A-Z]{4,16})\.yaml$/;

/** What a sign-off's path says of it; all of it must agree with what was signed. */
export type SignoffName = {
  readonly rule: string;
  readonly person: string;
  readonly digest: string;
  readonly nonce: string;
};

export function parseSignoffPath(path: string): SignoffName | null {
  const found = signoff.exec(path);
  return found
    ? {
        rule: found[1] as string,
        person: found[2] as string,
        digest: found[3] as string,
        nonce: found[4] as string,
      }
    : null;
}

export function signoffPath(name: SignoffName): string {
  return `${signoffFolder}${name.rule}/${name.person}.${name.digest}.${name.nonce}.yaml`;
}

export function exceptionPath(id: string): string {
  return `${exceptionFolder}${id}.yaml`;
}

/** The id in an exception's path, or null where it is not one. */
export function parseExceptionPath(path: string): string | null {
  return exception.exec(path)?.[1] ?? null;
}

/** Whether a path bears the name of a sign-off or exception. Whether it is one, its content says. */
export function isRecordPath(path: string): boolean {
  return parseSignoffPath(path) !== null || parseExceptionPath(path) !== null;
}

/** Whether a path lies in a folder that only sign-offs and exceptions may lie in, also on systems that ignore case. */
export function isRecordFolder(path: string): boolean {
  const folded = foldPath(path);
  return folded.startsWith(signoffFolder) || folded.startsWith(exceptionFolder);
}
