import type { Socket } from "node:net";
import { GitFailure, gitMissing, keepGit } from "./process.ts";
import type { Repository } from "./repository.ts";

/** What is asked of each object: its kind and size, or its content as well. */
export type Asked = "info" | "contents";

/** Milliseconds without a question after which the process is let go. */
const PATIENCE = 100;

const readers = new WeakMap<Repository, ObjectReader>();

/**
 * What `git cat-file` answers about some objects, from a process that stays as long as questions come: to start one takes
 * longer than most answers. Null while it is busy with another question.
 * https://git-scm.com/docs/git-cat-file#Documentation/git-cat-file.txt---batch-command
 * @param specs object ids, revisions or `REV:path`, none of them empty or with a NUL
 */
export function askReader(repo: Repository, asked: Asked, specs: readonly string[]): Promise<Buffer> | null {
  const known = readers.get(repo);
  if (known?.isBusy) return null;
  const reader = known?.isOpen ? known : new ObjectReader(repo);
  readers.set(repo, reader);
  return reader.ask(asked, specs);
}

/** Ends the process of a repository, if there is one, so that nothing keeps its files open. */
export async function endReader(repo: Repository): Promise<void> {
  await readers.get(repo)?.end();
}

interface Question {
  readonly answer: (out: Buffer) => void;
  readonly fail: (error: unknown) => void;
}

class ObjectReader {
  readonly #process: ReturnType<typeof keepGit>;
  readonly #closed: Promise<void>;
  /** A name that nothing has: its answer comes after all others, and no content can foresee it. */
  readonly #last = `last-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
  readonly #lastAnswer = Buffer.from(`${this.#last} missing\n`);
  #chunks: Buffer[] = [];
  #question: Question | null = null;
  #idle: NodeJS.Timeout | undefined;
  #isOpen = true;

  constructor(repo: Repository) {
    const args = ["cat-file", "--batch-command", "--buffer", "-z"];
    this.#process = keepGit(repo.root || repo.gitDir, args);
    const { stdin, stdout, stderr } = this.#process;
    let said = "";
    let fault: NodeJS.ErrnoException | null = null;
    stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    // Why Git ended is told by its code and its words.
    stdin.on("error", () => undefined);
    stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#process.on("error", (error) => {
      fault = error;
    });
    this.#closed = new Promise((closed) => {
      this.#process.on("close", (code) => {
        this.#isOpen = false;
        const missing = fault?.code === "ENOENT" ? gitMissing() : null;
        this.#question?.fail(missing ?? new GitFailure(args, { code: code ?? -1, stderr: said }));
        this.#question = null;
        closed();
      });
    });
  }

  get isBusy(): boolean {
    return this.#question !== null;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  ask(asked: Asked, specs: readonly string[]): Promise<Buffer> {
    clearTimeout(this.#idle);
    this.#hold(true);
    const lines = [...specs.map((spec) => `${asked} ${spec}`), `info ${this.#last}`, "flush", ""];
    return new Promise((answer, fail) => {
      this.#question = { answer, fail };
      this.#process.stdin.write(lines.join("\0"));
    });
  }

  end(): Promise<void> {
    clearTimeout(this.#idle);
    this.#isOpen = false;
    this.#hold(true);
    this.#process.stdin.end();
    return this.#closed;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    const length = this.#lastAnswer.length;
    const tail = chunk.length < length ? Buffer.concat(this.#chunks) : chunk;
    if (!tail.subarray(-length).equals(this.#lastAnswer)) return;
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    const question = this.#question;
    this.#chunks = [];
    this.#question = null;
    this.#hold(false);
    this.#idle = setTimeout(() => void this.end(), PATIENCE).unref();
    question?.answer(all.subarray(0, all.length - length));
  }

  /** Whether Leeway waits for the process before it ends. */
  #hold(isHeld: boolean): void {
    const { stdin, stdout, stderr } = this.#process;
    for (const each of [this.#process, stdin as Socket, stdout as Socket, stderr as Socket]) {
      if (isHeld) each.ref();
      else each.unref();
    }
  }
}
