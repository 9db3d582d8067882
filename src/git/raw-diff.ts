/** How a file differs between two trees, or between a tree and the work tree. */
export interface TreeChange {
  /** Added, modified, deleted, renamed, or of another type (a file that became a link). */
  status: "A" | "M" | "D" | "R" | "T";
  path: string;
  /** Where a renamed file was. */
  from?: string;
  oldMode: string;
  newMode: string;
  oldOid: string | null;
  /** Null where the new side is a file of the work tree that Git has not stored. */
  newOid: string | null;
}

const nothing = /^0+$/;

/** The mode of a side without a file. */
export const NO_FILE = "000000";

/** The mode of a submodule: a repository of its own, of which Git keeps a commit and no text. */
export const SUBMODULE = "160000";

/**
 * The records of `--raw -z`. Whatever else stands between them, such as commit ids, goes to `other`;
 * `each` is called after every record.
 */
export function readRawDiff(
  out: Buffer,
  other: (word: string) => void = () => undefined,
  each: () => void = () => undefined,
): TreeChange[] {
  const changes: TreeChange[] = [];
  const words = out.toString("utf8").split("\0");
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const start = word.lastIndexOf("\n:") + 1;
    if (start > 0) other(word.slice(0, start - 1));
    const header = word.slice(start);
    if (!header.startsWith(":")) {
      if (header !== "") other(header);
      continue;
    }
    const [oldMode, newMode, oldOid, newOid, letter] = header.slice(1).split(" ");
    const status = (letter ?? "").charAt(0);
    const renamed = status === "R" || status === "C";
    const from = renamed ? words[++i] : undefined;
    const path = words[++i] ?? "";
    changes.push({
      status: status === "C" ? "A" : (status as TreeChange["status"]),
      path,
      ...(status === "R" && from !== undefined ? { from } : {}),
      oldMode: oldMode ?? "",
      newMode: newMode ?? "",
      oldOid: oidOrNull(oldOid),
      newOid: oidOrNull(newOid),
    });
    each();
  }
  return changes;
}

/** An object id; null for the zeros by which Git says that there is none. */
export function oidOrNull(oid: string | undefined): string | null {
  return oid === undefined || nothing.test(oid) ? null : oid;
}

/**
 * What differs over two steps, from what differs in each: a rename of what was renamed before is one rename, and what
 * was added and then removed is nothing.
 */
export function joinChanges(first: readonly TreeChange[], then: readonly TreeChange[]): TreeChange[] {
  const made = new Map(first.filter(({ status }) => status !== "D").map((change) => [change.path, change]));
  const gone = new Map(first.filter(({ status }) => status === "D").map((change) => [change.path, change]));
  const joined = then.flatMap((change): TreeChange[] => {
    const source = change.from ?? change.path;
    const before = (change.status === "A" ? gone : made).get(source);
    if (before === undefined) return [change];
    (change.status === "A" ? gone : made).delete(source);
    return overBoth(before, change);
  });
  return [...made.values(), ...gone.values(), ...joined];
}

function overBoth(before: TreeChange, change: TreeChange): TreeChange[] {
  const wasThere = before.status !== "A";
  const isThere = change.status !== "D";
  const { oldMode, oldOid } = before;
  const { path, newMode, newOid } = change;
  const sides = { oldMode, newMode, oldOid, newOid };
  const source = before.from ?? before.path;
  if (!wasThere) return isThere ? [{ status: "A", path, ...sides }] : [];
  if (!isThere) return [{ status: "D", path: source, ...sides }];
  if (source !== path) return [{ status: "R", path, from: source, ...sides }];
  return [{ status: oldMode.slice(0, 2) === newMode.slice(0, 2) ? "M" : "T", path, ...sides }];
}

/** The same without submodules: one that took a file's place has removed it, and the other way round. */
export function withoutSubmodules(changes: readonly TreeChange[]): TreeChange[] {
  return changes.flatMap((change): TreeChange[] => {
    const was = change.oldMode === SUBMODULE;
    const is = change.newMode === SUBMODULE;
    if (!was && !is) return [change];
    const { path, from = path, oldMode, newMode, oldOid, newOid } = change;
    if (!was && oldMode !== NO_FILE)
      return [{ status: "D", path: from, oldMode, newMode: NO_FILE, oldOid, newOid: null }];
    if (!is && newMode !== NO_FILE)
      return [{ status: "A", path, oldMode: NO_FILE, newMode, oldOid: null, newOid }];
    return [];
  });
}
