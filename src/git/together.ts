import type { Repository } from "./repository.ts";

/** Asks Git many things of one repository in as few processes as it can; the answers stand in order. */
export type Ask<Q, A> = (repo: Repository, questions: readonly Q[]) => Promise<readonly A[]>;

interface Moment<Q, A> {
  readonly calls: { readonly start: number; readonly questions: readonly Q[] }[];
  readonly questions: Q[];
  readonly answers: Promise<readonly A[] | Failed>;
}

/** What is asked together fails together; then everybody asks alone, so that nobody fails for another's fault. */
interface Failed {
  readonly error: unknown;
}

/**
 * Lets calls of the same moment share what they ask: whatever is asked before the event loop turns goes to Git
 * at once. So many versions that are looked at side by side need hardly more processes than one.
 */
export function together<Q, A>(ask: Ask<Q, A>): Ask<Q, A> {
  const moments = new WeakMap<Repository, Moment<Q, A>>();
  const begin = (repo: Repository): Moment<Q, A> => {
    const questions: Q[] = [];
    const answers = new Promise<void>((turned) => setImmediate(turned)).then(() => {
      moments.delete(repo);
      return ask(repo, questions).catch((error: unknown): Failed => ({ error }));
    });
    const moment = { calls: [], questions, answers };
    moments.set(repo, moment);
    return moment;
  };
  return async (repo, questions) => {
    if (questions.length === 0) return [];
    const moment = moments.get(repo) ?? begin(repo);
    const start = moment.questions.length;
    moment.questions.push(...questions);
    moment.calls.push({ start, questions });
    const answers = await moment.answers;
    if (!("error" in answers)) return answers.slice(start, start + questions.length);
    if (moment.calls.length === 1) throw answers.error;
    return ask(repo, questions);
  };
}
