/** Does what may fail without harm. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What is left behind is cleared away some other time.
  }
}
