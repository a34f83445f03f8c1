import type { AbortSignalLike, Engine } from './ports.ts';

/** The engine with every question under one signal: whichever is running when it is given ends, and none begins after it. */
export function stoppableEngine(engine: Engine, signal: AbortSignalLike | undefined): Engine {
  return {
    ...engine,
    aggregate: (sql, options) => engine.aggregate(sql, { signal, ...options }),
  };
}
