import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A real browser, the one that this machine has. */
export async function openBrowser(): Promise<Browser> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (path === undefined)
    throw new Error(
      `No browser to test the page in. Debian has one: apt-get install chromium (${NAMES.join(", ")})`,
    );
  // Root, as in a container, gets no sandbox; the pages are the tests' own.
  return chromium.launch({ executablePath: path, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
