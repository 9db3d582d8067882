import type { RebaseReport } from "./kinds/update.ts";
import { fenced } from "./markdown.ts";
import { code, cut, escaped } from "./markdown-text.ts";
import { printable } from "./printable.ts";
import { count, editionLabel, listed, passageName, possessive, quoted } from "./wording.ts";

/** What an issue or a pull request says. */
export interface ProposalText {
  readonly title: string;
  readonly body: string;
}

/** More of one text is cut: the issue is for deciding who decides, and `resolve` shows all of it. */
const MOST_OF_A_TEXT = 2_000;
/** Left free below the host's limit for what follows the decisions. */
const ROOM = 2_000;

/** The pull request for an update that merges without a decision. */
export function pullRequestText(report: RebaseReport): ProposalText {
  const { upstream, to, documents, adaptations, dropped, held } = report;
  const edition = editionLabel(to);
  const reviews = adaptations.filter(({ outcome }) => outcome === "review");
  const carried = adaptations.filter(({ outcome }) => outcome === "carried");
  const parts = [
    `All of ${escaped(possessive(upstream))} **${escaped(edition)}** merges with what was changed here: ` +
      `${count(documents.updated, "document")} updated, ${count(documents.merged, "document")} joined.`,
    ...notesPart(report),
    ...listPart(
      "Does the reason still hold? Upstream changed the text beneath.",
      reviews.map(({ title, why }) => `${escaped(title)}: ${escaped(why)}`),
    ),
    ...listPart(
      "Carried over as they are",
      carried.map(({ title }) => escaped(title)),
    ),
    ...listPart(
      "Left out",
      dropped.map(({ at, reason }) => `${code(quoted(at))}: ${escaped(reason)}`),
    ),
    ...listPart(
      "Held back",
      held.map(({ at, why }) => `${code(quoted(at))}: ${escaped(why)}`),
    ),
    "Merging this takes the edition. To look at it, or to take less of it:",
    fenced(
      [
        "leeway fetch",
        "leeway rebase --dry-run",
        'leeway rebase --only subjects/history --why "the rest comes after half-term"',
        "",
      ].join("\n"),
      "sh",
    ).trimEnd(),
  ];
  return { title: `Take ${plain(upstream)} ${plain(edition)}`, body: `${parts.join("\n\n")}\n` };
}

/**
 * The issue for an update that a person has to look at: passages changed on both sides, with all texts and reasons,
 * or files that run code.
 * @param most how many characters its body may have
 */
export function issueText(report: RebaseReport, most: number): ProposalText {
  const { upstream, to, decisions, code: files } = report;
  const edition = editionLabel(to);
  const asks = [
    ...(decisions.length > 0 ? [`${count(decisions.length, "passage")} to decide`] : []),
    ...(files.length > 0 ? [`${count(files.length, "file that runs", "files that run")} code`] : []),
  ];
  const opening = [
    `${escaped(possessive(upstream))} **${escaped(edition)}** is waiting, and Leeway does not take it by itself: ${listed(asks)}.`,
    ...notesPart(report),
  ];
  const closing = [
    ...listPart(
      "Files that run code. Look at them before you take them",
      files.map((path) => code(path)),
    ),
    ...commandsPart(report),
  ];
  const room = most - ROOM - [...opening, ...closing].join("\n\n").length;
  return {
    title: `${plain(upstream)} ${plain(edition)}: ${listed(asks)}`,
    body: `${[...opening, ...decisionParts(report, room), ...closing].join("\n\n")}\n`,
  };
}

/** As many decisions as there is room for, and how many are left. */
function decisionParts(report: RebaseReport, room: number): string[] {
  const parts: string[] = [];
  let used = 0;
  for (const [index, decision] of report.decisions.entries()) {
    const part = decisionPart(report, decision);
    used += part.length + 2;
    if (used > room) {
      const left = report.decisions.length - index;
      return [...parts, `And ${count(left, "more", "more")}: ${code("leeway rebase --dry-run")} lists them.`];
    }
    parts.push(part);
  }
  return parts;
}

function decisionPart(report: RebaseReport, decision: RebaseReport["decisions"][number]): string {
  const { at, path, title, heading, reason, base, ours, theirs } = decision;
  const document = title === path || title === "" ? "" : `${escaped(title)}: `;
  const why = report.reasons[at];
  const side = (name: string, text: string | null, none: string): string[] => [
    `**${escaped(name)}**${text === null ? `: ${none}` : ""}`,
    ...(text === null ? [] : [fenced(cut(text, MOST_OF_A_TEXT), "text").trimEnd()]),
  ];
  const hasTexts = base !== null || ours !== null || theirs !== null;
  return [
    `### ${document}${escaped(passageName(at, heading))} ${code(quoted(at))}`,
    escaped(reason),
    ...(hasTexts
      ? [
          ...side("Before", base, "not there yet"),
          ...side(report.upstream, theirs, "removed"),
          ...side(report.version, ours, "removed"),
        ]
      : []),
    ...(why === undefined ? [] : [`**Why it is different here:** ${escaped(why)}`]),
  ].join("\n\n");
}

function commandsPart({ decisions }: RebaseReport): string[] {
  const [first] = decisions;
  const steps = [
    "git pull",
    "leeway fetch",
    "leeway rebase",
    ...(first === undefined ? [] : ["leeway resolve", "leeway rebase --continue"]),
    "leeway push",
  ];
  return [
    "### What to do",
    fenced(`${steps.join("\n")}\n`, "sh").trimEnd(),
    ...(first === undefined
      ? []
      : [
          `To leave one of them as it is for now: ${code(`leeway hold ${quoted(first.at)} --why "…" --until DATE`)}`,
        ]),
    "This issue is kept up to date, and closed when the edition has been taken.",
  ];
}

function notesPart({ notes }: RebaseReport): string[] {
  return notes === null || notes.trim() === "" ? [] : [`> ${escaped(cut(notes, MOST_OF_A_TEXT))}`];
}

function listPart(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${item}`).join("\n")];
}

/** A name as it stands in a title, which is one line and no Markdown; hosts take 255 characters. */
function plain(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim().slice(0, 80);
}
