import { quoteAddress } from "../curriculum/address.ts";
import { lazily } from "../curriculum/lazily.ts";
import type { NextStep } from "../report/next-step.ts";
import type { Report } from "../report/report.ts";
import { type Look, lookAt } from "../version/look.ts";
import type { Context, Outcome } from "./context.ts";
import { type Io, widthOf } from "./io.ts";

/** Gathers what commands may use from the process that they run in. */
export function makeContext(io: Io, run: Context["run"], ahead: Look | null): Context {
  const now = new Date();
  const look = lazily(() => ahead ?? lookAt(io.cwd));
  return {
    io,
    cwd: io.cwd,
    get look() {
      return look();
    },
    get interactive() {
      return Boolean(io.stdin.isTTY && io.stderr.isTTY) && !io.env.CI;
    },
    now,
    today: localDay(now),
    progress: (line) => {
      if (io.stderr.isTTY) io.stderr.write(`\r\u001b[K${line}`);
    },
    run,
  };
}

function localDay(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Prints a report in the format that was asked for; its renderer alone is loaded, while the verb still works. */
export async function show(
  { io }: Context,
  running: Promise<Outcome>,
  flags: Record<string, unknown>,
): Promise<Outcome> {
  const [outcome, render] = await Promise.all([running, rendererFor(io, flags)]);
  io.stdout.write(render(withUpstream(outcome.report, flags.upstream)));
  return outcome;
}

async function rendererFor(io: Io, flags: Record<string, unknown>): Promise<(report: Report) => string> {
  const { format } = flags;
  if (flags.json || format === "json") return (await import("../report/json.ts")).renderJson;
  if (flags.markdown || format === "markdown") return (await import("../report/markdown.ts")).renderMarkdown;
  const [{ renderText }, style, finding] = await Promise.all([
    import("../report/text/render.ts"),
    import("../report/text/style.ts").then(({ makeStyle }) => makeStyle(coloured(io))),
    format === "github"
      ? import("../report/github.ts").then(({ renderGithub }) => renderGithub)
      : format === "sarif"
        ? import("../report/sarif.ts").then(({ renderSarif }) => renderSarif)
        : null,
  ]);
  const text = (report: Report): string => renderText(report, { width: widthOf(io), style });
  return (report) => (finding !== null && report.kind === "check" ? finding(report) : text(report));
}

/** An upstream that was named for one command is named in the next steps that need it as well. */
function withUpstream(report: Report, upstream: unknown): Report {
  if (typeof upstream !== "string") return report;
  const again = /^leeway (?:diff|drift|explain|rebase)\b(?!.* --(?:continue|abort)\b)/;
  const next = report.next.map(([command, purpose]): NextStep => {
    return [again.test(command) ? `${command} --upstream ${quoteAddress(upstream)}` : command, purpose];
  });
  return { ...report, next };
}

/** https://no-color.org and the FORCE_COLOR of Node's own streams. */
function coloured(io: Io): boolean {
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR && io.env.FORCE_COLOR !== "0") return true;
  return Boolean(io.stdout.isTTY) && io.env.TERM !== "dumb";
}
