import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Builds the program once before a suite that runs it as a person does. */
export default function build(): void {
  if (process.env.LEEWAY_BUILT && existsSync("dist/main.cjs")) return;
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}
