/** Waits until one more may begin, and tells how to say that it has ended. */
type Turns = () => Promise<() => void>;

/** At most so many at once, such as processes; who comes later waits. */
export function turnsOf(limit: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async () => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running++;
    return () => {
      const next = waiting.shift();
      if (next) next();
      else running--;
    };
  };
}
