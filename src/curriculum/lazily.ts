/** What is computed from an object when it is first asked for, and kept as long as the object is. */
export function onceFor<K extends object, T>(compute: (of: K) => T): (of: K) => T {
  const done = new WeakMap<K, { value: T }>();
  return (of) => {
    const known = done.get(of) ?? { value: compute(of) };
    done.set(of, known);
    return known.value;
  };
}

/** A value that is computed when it is first asked for, and once. */
export function lazily<T>(compute: () => T): () => T {
  let done: { value: T } | undefined;
  return () => {
    done ??= { value: compute() };
    return done.value;
  };
}
