import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

let made: string | undefined;

/** PATH with a `countersign` that runs the built command line at the time of `COUNTERSIGN_STEP_TIME`, and signs with the answers of `COUNTERSIGN_STEP_ANSWERS`. */
export function pathOfSteps(): string {
  made ??= makeProgram();
  return `${join(made, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
}

/** An editor that leaves a text as it is, and writes a message where there is none. */
export function editorOfSteps(): string {
  made ??= makeProgram();
  return join(made, 'bin', 'editor');
}

function makeProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-step-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'bin'));
  const clock = join(folder, 'clock.mjs');
  writeFileSync(clock, clockText);
  const program = join(folder, 'bin', 'countersign');
  writeFileSync(
    program,
    `#!/bin/sh
case "$1 $*" in
  sign\\ *--exception*|sign\\ *--withdraw*|sign\\ *--via*) ;;
  sign\\ *) [ -z "$COUNTERSIGN_STEP_ANSWERS" ] || set -- "$@" --answers "$COUNTERSIGN_STEP_ANSWERS" ;;
esac
exec '${process.execPath}' --import 'file://${clock}' '${cli}' "$@"
`,
  );
  const editor = join(folder, 'bin', 'editor');
  writeFileSync(editor, '#!/bin/sh\ngrep -q "^[^#]" "$1" || echo step > "$1"\n');
  for (const file of [program, editor]) chmodSync(file, 0o755);
  return folder;
}

/** A clock that begins at the time of the scenario, so that what is signed now is signed when the scenario is judged. */
const clockText = `const at = process.env.COUNTERSIGN_STEP_TIME;
if (at) {
  const Real = Date;
  const shift = new Real(at).getTime() - Real.now();
  globalThis.Date = class Date extends Real {
    constructor(...args) {
      if (args.length === 0) super(Real.now() + shift);
      else super(...args);
    }
    static now() { return Real.now() + shift; }
  };
}
`;
