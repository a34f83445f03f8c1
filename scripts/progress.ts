/** Tells what a long step is doing and how long it took; quick steps that are not announced stay silent. */

/** Prints the title at once and the seconds at the end; a step that fails says so and passes its error on. */
export async function step<Value>(title: string, work: () => Promise<Value>): Promise<Value> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.error(`${title} …`);
  try {
    const value = await work();
    console.error(`${title}: done in ${seconds()}`);
    return value;
  } catch (error) {
    console.error(`${title}: failed after ${seconds()}`);
    throw error;
  }
}
