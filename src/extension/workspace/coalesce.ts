/** Work that is asked for often and done once: never twice at a time, and once more when it was asked for meanwhile. */
export type Coalesced = {
  /** Resolves after a run that began after this call and after a quiet time. */
  soon(): Promise<void>;
  /** Resolves after a run that began after this call. */
  now(): Promise<void>;
  dispose(): void;
};

/** @param quiet milliseconds without a further call before the work begins @param work must not throw */
export function coalesce(quiet: number, work: () => Promise<void>): Coalesced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let next: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  let disposed = false;

  const waiting = (): Promise<void> => {
    if (!next) {
      let resolve = (): void => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      next = { promise, resolve };
    }
    return next.promise;
  };
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (running || disposed || !next) return;
    const mine = next;
    next = undefined;
    running = work().finally(() => {
      running = undefined;
      mine.resolve();
      if (next && timer === undefined) void run();
    });
    await running;
  };
  return {
    soon() {
      const promise = waiting();
      clearTimeout(timer);
      timer = setTimeout(() => void run(), quiet);
      return promise;
    },
    now() {
      const promise = waiting();
      void run();
      return promise;
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      next?.resolve();
    },
  };
}
