/**
 * fast-check as the tests use it: drawn from one seed, so that `npm test` says the same of the same source each time.
 * COUNTERSIGN_DRAW_SEED is another one; `npm run test:long` takes a new one each time, and tells it.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['COUNTERSIGN_DRAW_SEED'] ?? 20_261_201) });

export { fc };
