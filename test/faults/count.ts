import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import build from "../e2e/build.ts";

function tally(): string {
  return join(process.env.LEEWAY_SHARED ?? "", "faults");
}

/** Notes what became of one fault. */
export function noteFault(survived: boolean): void {
  appendFileSync(tally(), survived ? "+" : "-");
}

/** Builds the program as for other suites, and at the end prints how many faults there were and how they ended. */
export default function setUp(): () => void {
  const tearDown = build();
  return () => {
    const all = existsSync(tally()) ? readFileSync(tally(), "utf8") : "";
    const survived = all.replaceAll("-", "").length;
    process.stdout.write(`\n${all.length} faults, ${survived} survived\n`);
    tearDown();
  };
}
