import type { Readable, Writable } from "node:stream";

/** Everything that Leeway is given from outside; a test gives its own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

/**
 * How many columns a page may take: the terminal's or COLUMNS, 40 at least, below which nothing can be laid out, and
 * 100 at most; 80 where neither says anything of use.
 */
export function widthOf({ stdout, env }: Io): number {
  const columns = stdout.columns ?? Number(env.COLUMNS);
  return Number.isFinite(columns) && columns > 0 ? Math.min(Math.max(columns, 40), 100) : 80;
}
