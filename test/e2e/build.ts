import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Builds the program once before a suite that runs it as a person does, and keeps a place for what tests share. */
export default function build(): () => void {
  if (!(process.env.LEEWAY_BUILT && existsSync("dist/main.cjs")))
    execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
  const shared = mkdtempSync(join(tmpdir(), "leeway-shared-"));
  process.env.LEEWAY_SHARED = shared;
  return () => rmSync(shared, { recursive: true, force: true });
}
