/** Runs a piece of work as soon as there is room for it. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Turns for work that holds something of which the machine has few, such as open files: so many at a time, in the order in
 * which they were asked for. Work inside a turn must not wait for another turn.
 */
export function takeTurns(atATime: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atATime) running += 1;
    else await new Promise<void>((start) => waiting.push(start));
    try {
      return await work();
    } finally {
      // Who waits takes over the place, so that nobody who comes now can slip in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
