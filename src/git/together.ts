import type { Repository } from "./repository.ts";

/** Asks Git many things of one repository in as few processes as it can, and hands on each answer as it comes, in order. */
export type Ask<Q, A> = (
  repo: Repository,
  questions: readonly Q[],
  take: (answer: A) => void,
) => Promise<void>;

/** Answers questions about a repository, in their order. */
export type Asked<Q, A> = (repo: Repository, questions: readonly Q[]) => Promise<readonly A[]>;

/**
 * Lets calls of the same moment share what they ask: whatever is asked before the event loop turns goes to Git
 * at once, and each call goes on as soon as its own answers are there. So many versions that are looked at side by side
 * need hardly more processes than one.
 */
export function together<Q, A>(ask: Ask<Q, A>): Asked<Q, A> {
  const moments = new WeakMap<Repository, Call<Q, A>[]>();
  const begin = (repo: Repository): Call<Q, A>[] => {
    const calls: Call<Q, A>[] = [];
    moments.set(repo, calls);
    setImmediate(() => {
      moments.delete(repo);
      void answerAll(ask, repo, calls);
    });
    return calls;
  };
  return async (repo, questions) => {
    if (questions.length === 0) return [];
    const calls = moments.get(repo) ?? begin(repo);
    return new Promise((resolve, reject) => calls.push({ questions, answers: [], resolve, reject }));
  };
}

interface Call<Q, A> {
  readonly questions: readonly Q[];
  readonly answers: A[];
  readonly resolve: (answers: readonly A[]) => void;
  readonly reject: (error: unknown) => void;
}

/** What is asked together fails together; then everybody asks alone, so that nobody fails for another's fault. */
async function answerAll<Q, A>(
  ask: Ask<Q, A>,
  repo: Repository,
  calls: readonly Call<Q, A>[],
): Promise<void> {
  const open = [...calls];
  const take = (answer: A): void => {
    const [call] = open;
    if (call === undefined) return;
    call.answers.push(answer);
    if (call.answers.length < call.questions.length) return;
    open.shift();
    call.resolve(call.answers);
  };
  try {
    await ask(
      repo,
      calls.flatMap(({ questions }) => questions),
      take,
    );
    if (open.length > 0) throw new Error("Git left a question without an answer");
  } catch (error) {
    if (calls.length === 1) return open[0]?.reject(error);
    for (const call of open) void answerAll(ask, repo, [{ ...call, answers: [] }]);
  }
}
