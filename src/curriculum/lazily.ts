/**
 * What is computed from an object when it is first asked for, and kept as long as the object is; what else is handed
 * over only helps. In the object itself: what a `WeakMap` that has grown old holds, V8 keeps until it next looks through
 * all memory.
 */
export function onceFor<K extends object, A extends readonly unknown[], T>(
  compute: (of: K, ...help: A) => T,
): (of: K, ...help: A) => T {
  const kept = Symbol(compute.name);
  return (of: K & { [kept]?: { value: T } }, ...help) => {
    const known = of[kept];
    if (known !== undefined) return known.value;
    const value = compute(of, ...help);
    Object.defineProperty(of, kept, { value: { value } });
    return value;
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
