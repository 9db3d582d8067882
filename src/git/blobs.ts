import type { Repository } from "./repository.ts";

/**
 * Reads any number of blobs in one process and hands on each as soon as Git has unpacked it, so that Git goes on while
 * something is made of it.
 * @param take called once for every id, in order, with bytes that are good for this call alone; null for the missing
 */
export async function eachBlob(
  repo: Repository,
  oids: readonly string[],
  take: (bytes: Buffer | null, index: number) => void,
): Promise<void> {
  if (oids.length === 0) return;
  let index = 0;
  let fault: { error: unknown } | undefined;
  const read = blobReader((bytes) => take(bytes, index++));
  await repo.run(["cat-file", "--batch", "--buffer"], {
    input: `${oids.join("\n")}\n`,
    output: (piece) => {
      if (fault !== undefined) return;
      try {
        read(piece);
      } catch (error) {
        fault = { error };
      }
    },
  });
  if (fault !== undefined) throw fault.error;
  if (index !== oids.length) throw new Error("git cat-file ended early");
}

/** Finds the blobs in what `cat-file --batch` prints, however it is cut into pieces. */
function blobReader(take: (bytes: Buffer | null) => void): (piece: Buffer) => void {
  let begun: Buffer[] = [];
  let there = 0;
  /** Until so many bytes are there, nothing more can be told of what has begun. */
  let wanted = 0;
  const readOn = (out: Buffer): void => {
    let at = 0;
    for (let end = out.indexOf(LINE_FEED); end >= 0; end = out.indexOf(LINE_FEED, at)) {
      const header = out.toString("latin1", at, end);
      const size = header.endsWith(" missing") ? null : Number(header.slice(header.lastIndexOf(" ")));
      const next = end + 1 + (size === null ? 0 : size + 1);
      wanted = next - at;
      if (next > out.length) break;
      take(size !== null && header.includes(" blob ") ? out.subarray(end + 1, next - 1) : null);
      at = next;
      wanted = 0;
    }
    begun = at < out.length ? [out.subarray(at)] : [];
    there = out.length - at;
  };
  return (piece) => {
    if (there === 0) return readOn(piece);
    begun.push(piece);
    there += piece.length;
    if (there < wanted) return;
    // Only what was cut is joined, not all that came with its end.
    const joined = Buffer.concat(begun, wanted || there);
    const rest = piece.subarray(piece.length - (there - joined.length));
    readOn(joined);
    if (there === 0 && rest.length > 0) readOn(rest);
  };
}

const LINE_FEED = 10;
