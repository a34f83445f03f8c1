/** One case that runs inside the extension host, against the folder that the editor has open. */
export type Case = { readonly name: string; readonly run: () => Promise<void> };

const cases: Case[] = [];

/** Longest time of one case, in milliseconds. */
const patience = 30_000;

/** Adds a case; they run one after another, in the order in which they were added. */
export function hostCase(name: string, run: () => Promise<void>): void {
  cases.push({ name, run });
}

/** Runs every case and tells each result as a TAP line. @throws Error naming those that failed */
export async function runCases(): Promise<void> {
  const failed: string[] = [];
  console.log(`1..${cases.length}`);
  for (const [at, { name, run }] of cases.entries()) {
    try {
      await within(run());
      console.log(`ok ${at + 1} - ${name}`);
    } catch (error) {
      failed.push(name);
      console.log(
        `not ok ${at + 1} - ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
  console.log(
    `# tests ${cases.length}\n# pass ${cases.length - failed.length}\n# fail ${failed.length}`,
  );
  if (failed.length > 0)
    throw new Error(`${failed.length} of ${cases.length} failed: ${failed.join('; ')}`);
}

async function within(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${patience} ms`)), patience);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Waits until a probe gives a value that is neither false nor empty; the editor tells no one when it has drawn. */
export async function eventually<Value>(
  what: string,
  probe: () => Value | Promise<Value>,
  patienceMs = 12_000,
): Promise<Exclude<Value, false | null | undefined>> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await probe();
    if (value) return value as Exclude<Value, false | null | undefined>;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
