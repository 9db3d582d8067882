import type { ObjectType } from "./pack.ts";
import { GitFailure, gitMissing, gitTooOld, openGit } from "./process.ts";

/** What Git knows about an object without reading it. */
export interface ObjectFacts {
  oid: string;
  type: ObjectType;
  size: number;
}

/** An object as Git stores it. */
export interface GitObject extends ObjectFacts {
  /** A part of a larger buffer: copy it if you keep it for long. */
  bytes: Buffer;
}

/** What is asked of an object: its contents, or kind and size alone. */
export type Question = "contents" | "info";

const ARGS = ["cat-file", "--batch-command", "--buffer", "-z"];

/** How a Git ends that does not know all of these. */
const USAGE = 129;

/** What is taken at once of a piece to see the head of an object that began in the last: only that object is copied. */
const HEADER = 128;

/** Milliseconds without a question after which the process is let go: what is compared between two questions takes a while. */
const PATIENCE = 1_000;

/**
 * One `git cat-file` that answers as long as questions come: who asks often would wait longer for processes to start
 * than for what they read. It keeps this process alive only while it is asked, and ends with it.
 * https://git-scm.com/docs/git-cat-file#Documentation/git-cat-file.txt---batch-command
 */
export class ObjectReader {
  readonly #git: ReturnType<typeof openGit>;
  readonly #asked: Asked[] = [];
  #stderr = "";
  #failure: Error | null = null;
  #left: Buffer[] = [];
  /** Bytes that are here, and bytes without which nothing more can be read. */
  #here = 0;
  #wanted = 1;
  #idle: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#git = openGit(folder, ARGS);
    const { stdin, stdout, stderr } = this.#git;
    stdout.on("data", (chunk: Buffer) => {
      try {
        this.#take(chunk);
      } catch (error) {
        this.#fail(error as Error);
        this.#git.kill();
      }
    });
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    // Whoever waits is told by the end of the process.
    stdin.on("error", () => undefined);
    this.#git.on("error", (error: NodeJS.ErrnoException) =>
      this.#fail(error.code === "ENOENT" ? gitMissing() : error),
    );
    this.#git.on("close", async (code) => {
      const failure = new GitFailure(ARGS, { code: code ?? -1, stderr: this.#stderr });
      this.#fail(code === USAGE ? await gitTooOld(folder).catch(() => failure) : failure);
    });
    this.#keepAlive(false);
  }

  get isOpen(): boolean {
    return this.#failure === null && this.#git.stdin.writable;
  }

  /**
   * Reads objects, in the order of their specs, and hands on each as soon as Git has unpacked it; what does not exist is
   * null.
   */
  contents(specs: readonly string[], take: (object: GitObject | null) => void): Promise<void> {
    return this.#ask("contents", specs, take as Asked["take"]);
  }

  /** Hands on kind and size of objects, in the order of their specs; null for the missing. */
  facts(specs: readonly string[], take: (facts: ObjectFacts | null) => void): Promise<void> {
    return this.#ask("info", specs, take);
  }

  #ask(command: Question, specs: readonly string[], take: Asked["take"]): Promise<void> {
    return new Promise((answer, refuse) => {
      if (this.#failure !== null) return refuse(this.#failure);
      if (specs.length === 0) return answer();
      if (this.#asked.length === 0) this.#keepAlive(true);
      clearTimeout(this.#idle);
      this.#asked.push({ command, specs, answered: 0, take, answer, refuse });
      this.#git.stdin.write(`${specs.map((spec) => `${command} ${spec}\0`).join("")}flush\0`);
    });
  }

  #take(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0; ) {
      const end = this.#here === 0 ? rest.length : Math.max(this.#wanted - this.#here, HEADER);
      this.#left.push(rest.subarray(0, end));
      this.#here += Math.min(end, rest.length);
      rest = rest.subarray(end);
      if (this.#here >= this.#wanted) this.#read();
    }
    if (this.#asked.length === 0 && this.#git.stdin.writable) this.#rest();
  }

  #read(): void {
    const out = this.#left.length === 1 ? (this.#left[0] as Buffer) : Buffer.concat(this.#left);
    let at = 0;
    this.#wanted = 1;
    for (let asked = this.#asked[0]; asked !== undefined; asked = this.#asked[0]) {
      const read = readNext(out, at, asked);
      if ("wanted" in read) {
        this.#wanted = read.wanted;
        break;
      }
      at = read.next;
      asked.take(read.object);
      if (++asked.answered < asked.specs.length) continue;
      this.#asked.shift();
      asked.answer();
    }
    const left = out.subarray(at);
    this.#left = left.length > 0 ? [left] : [];
    this.#here = left.length;
  }

  #rest(): void {
    this.#keepAlive(false);
    this.#idle = setTimeout(() => this.#git.stdin.end(), PATIENCE).unref();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { refuse } of this.#asked.splice(0)) refuse(error);
  }

  #keepAlive(wanted: boolean): void {
    const { stdin, stdout, stderr } = this.#git;
    for (const each of [this.#git, stdin, stdout, stderr] as { ref?: () => void; unref?: () => void }[])
      wanted ? each.ref?.() : each.unref?.();
  }
}

interface Asked {
  readonly command: Question;
  readonly specs: readonly string[];
  answered: number;
  /** Must not throw: others wait for what comes behind. */
  readonly take: (object: ObjectFacts | null) => void;
  readonly answer: () => void;
  readonly refuse: (error: Error) => void;
}

/** The next answer, or how many bytes it takes at least to read it. */
function readNext(
  out: Buffer,
  at: number,
  { command, specs, answered }: Asked,
): { object: ObjectFacts | null; next: number } | { wanted: number } {
  const header = readHeader(out, at, specs[answered] ?? "");
  if (header === null) return { wanted: out.length - at + 1 };
  const { facts, next } = header;
  if (facts === null || command === "info") return { object: facts, next };
  const end = next + facts.size;
  if (end + 1 > out.length) return { wanted: end + 1 - at };
  return { object: { ...facts, bytes: out.subarray(next, end) } as GitObject, next: end + 1 };
}

/** The line of an object that is there. No spec that is absent makes one: a path in it stands behind a colon. */
const THERE = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/;

/**
 * One line of `cat-file`, null where its end is not here yet. The spec comes first in the line of a missing object, and
 * may hold anything, line breaks included.
 */
function readHeader(
  out: Buffer,
  at: number,
  spec: string,
): { facts: ObjectFacts | null; next: number } | null {
  const end = out.indexOf(10, at);
  if (end < 0) return null;
  const [, oid, type, size] = THERE.exec(out.toString("latin1", at, end)) ?? [];
  if (oid && type && size)
    return { facts: { oid, type: type as ObjectType, size: Number(size) }, next: end + 1 };
  const absent = Buffer.from(`${spec} `);
  const start = out.subarray(at, at + absent.length);
  if (!start.equals(absent.subarray(0, start.length))) throw new Error("git cat-file ended early");
  const close = start.length < absent.length ? -1 : out.indexOf(10, at + absent.length);
  if (close < 0) return null;
  const word = out.toString("utf8", at + absent.length, close);
  if (/^(missing|ambiguous|submodule|excluded)/.test(word)) return { facts: null, next: close + 1 };
  throw new Error("git cat-file ended early");
}
