/**
 * A function of bytes that nobody changes, worked out once for each array: a session of git hands out the same array for
 * the same object, so that what thousands of landings share is looked at once.
 */
export function perBytes<Value>(work: (bytes: Uint8Array) => Value): (bytes: Uint8Array) => Value {
  const known = new WeakMap<Uint8Array, { readonly value: Value }>();
  return (bytes) => {
    const found = known.get(bytes);
    if (found) return found.value;
    const value = work(bytes);
    known.set(bytes, { value });
    return value;
  };
}
