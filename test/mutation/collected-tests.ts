/** Stands in for `node:test` while mutants run: it takes tests down instead of running them. */

type Context = {
  readonly test: (name: string, ...rest: readonly unknown[]) => Promise<void>;
  readonly skip: () => void;
  readonly diagnostic: () => void;
  readonly after: (hook: Body) => void;
};
type Body = (context: Context) => unknown;

/** What one file asks to be run. */
export type Collected = {
  readonly tests: { readonly name: string; readonly body: Body }[];
  readonly before: Body[];
  readonly after: Body[];
};

const prefix: string[] = [];
let current: Collected | null = null;

/** Takes down what a file declares while it is loaded. */
export async function collect(load: () => Promise<unknown>): Promise<Collected> {
  const collected: Collected = { tests: [], before: [], after: [] };
  current = collected;
  await load();
  current = null;
  return collected;
}

/** Runs one test as node:test would: its own tests with it. @throws what the test throws */
export async function runCollected(body: Body): Promise<void> {
  const hooks: Body[] = [];
  const context: Context = {
    test: async (_name, ...rest) => runCollected(bodyOf(rest)),
    skip: () => {},
    diagnostic: () => {},
    after: (hook) => hooks.push(hook),
  };
  try {
    await body(context);
  } finally {
    for (const hook of hooks) await hook(context);
  }
}

function bodyOf(rest: readonly unknown[]): Body {
  return (rest.find((one) => typeof one === 'function') ?? (() => {})) as Body;
}

function isSkipped(rest: readonly unknown[]): boolean {
  return rest.some(
    (one) => typeof one === 'object' && one !== null && 'skip' in one && Boolean(one.skip),
  );
}

export function test(name: string, ...rest: readonly unknown[]): void {
  if (!isSkipped(rest))
    current?.tests.push({ name: [...prefix, name].join(' › '), body: bodyOf(rest) });
}

export function describe(name: string, ...rest: readonly unknown[]): void {
  prefix.push(name);
  (bodyOf(rest) as () => void)();
  prefix.pop();
}

export const before = (hook: Body): unknown => current?.before.push(hook);
export const after = (hook: Body): unknown => current?.after.push(hook);
