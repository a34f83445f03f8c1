import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { parsePayload, type SignoffPayload, signoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import type { ResultFile, SignoffFile } from '../core/graph/build-graph.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import {
  alteredResultFinding,
  replaceResult,
  restoreResult,
} from '../core/reports/altered-result.ts';
import type { FileEntry, Files } from './ports.ts';

/** What came of records: stored results and sign-offs, by what they say of themselves; findings of results that are not what was measured. */
export type OutcomeFiles = {
  readonly results: readonly ResultFile[];
  readonly signoffs: readonly SignoffFile[];
  readonly findings: readonly Finding[];
};

/** Reads the results and sign-offs among some files. Of a result nothing but its name is verified here, of a sign-off nothing: the gate, `verify` and the report do that. */
export async function readOutcomes(
  files: Pick<Files, 'read'>,
  entries: readonly FileEntry[],
): Promise<OutcomeFiles> {
  const ofKind = (wanted: string): readonly string[] =>
    entries
      .filter(({ path, kind }) => kind === 'file' && kindOfPath(path) === wanted)
      .map(({ path }) => path);
  const results = await Promise.all(ofKind('result').map((path) => readResult(files, path)));
  const signoffs = await Promise.all(ofKind('signoff').map((path) => readSignoff(files, path)));
  return {
    results: results.map(({ file }) => file),
    signoffs: signoffs.flat(),
    findings: results.flatMap(({ finding }) => finding ?? []),
  };
}

/** What a result says of itself: its verdict, and how often its labels were looked at, which orders the results of an evaluation. */
async function readResult(
  files: Pick<Files, 'read'>,
  path: string,
): Promise<{ readonly file: ResultFile; readonly finding: Finding | null }> {
  const bytes = (await files.read(path).catch(() => null)) ?? new Uint8Array();
  const text = new TextDecoder().decode(bytes);
  const finding = alteredResultFinding(
    path,
    sha256Hex(bytes),
    `${restoreResult(path)}; where no commit has it: ${replaceResult(path)}`,
  );
  const file = {
    path,
    evaluation: path.split('/')[2] ?? '',
    verdict: /"verdict": ?"(pass|fail|undecided)"/.exec(text.slice(0, 400))?.[1] ?? null,
    altered: finding !== null,
    looks: Number(/"looks": ?(\d+)/.exec(text)?.[1] ?? 0),
  };
  return { file, finding };
}

/** What a sign-off says of itself; a broken one is for `verify` and the gate to tell. */
async function readSignoff(
  files: Pick<Files, 'read'>,
  path: string,
): Promise<readonly SignoffFile[]> {
  const read = readSignedFile(
    'signoff',
    (await files.read(path).catch(() => null)) ?? new Uint8Array(),
  );
  const parsed = read.ok ? parsePayload<SignoffPayload>(signoffPayload, read.json) : null;
  if (!parsed?.ok) return [];
  const { person, role, decision, rule, digest, signed_at, evidence, manifest } = parsed.value;
  const rejects =
    decision === 'reject' && evidence.length === 0
      ? (manifest ?? []).flatMap(([file]) => (typeof file === 'string' ? [file] : []))
      : [];
  return [
    {
      path,
      person,
      says: `${person} as ${role}: ${decision} ${rule} ${digest.slice(3, 15)}, ${signed_at.slice(0, 10)}`,
      evidence: evidence.map((item) => item.path),
      rejects,
    },
  ];
}
