import type { Repository } from "../git/repository.ts";
import type { NextStep } from "../report/next-step.ts";
import { type Home, homeOf } from "../version/home.ts";

/** How a version gets a home of its own, where it has none. */
export const TO_A_HOME: Readonly<Record<Exclude<Home["kind"], "own">, NextStep>> = {
  none: ["git remote add origin URL", "give this version a home of its own, then leeway push"],
  upstreams: [
    "git remote set-url origin URL",
    "origin is upstream's home: give this version one of its own, then leeway push",
  ],
};

/** The step that sends work home, or first gives it one. */
export async function homeward(repo: Repository, purpose = "send this version home"): Promise<NextStep> {
  const { kind } = await homeOf(repo);
  return kind === "own" ? ["leeway push", purpose] : TO_A_HOME[kind];
}
