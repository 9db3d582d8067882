/** A value that is computed when it is first asked for, and once. */
export function lazily<T>(compute: () => T): () => T {
  let done: { value: T } | undefined;
  return () => {
    done ??= { value: compute() };
    return done.value;
  };
}
