import type { Document } from "../curriculum/document.ts";
import { type AppliedRule, conflict, type Labels, type Part } from "./conflict.ts";
import { growsAtEnd, mergeNode, sameContent } from "./content.ts";
import { mergeGap } from "./gap.ts";
import { foldLists } from "./lists.ts";
import { alignDocuments, type Node, type Runs } from "./nodes.ts";
import { mergeOrder, type Stretch } from "./order.ts";
import { joinText, mergeTexts } from "./parts.ts";
import { Room } from "./room.ts";

/** A merge by passages, not yet judged. */
export interface PassageMerge {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
}

/**
 * Three-way merge of a document by its passages: each is taken from the side that changed it, merged by
 * lines where both did; passages follow the side that reordered them, insertions keep their neighbours.
 * `null` where the two sides are not built alike, so that passages cannot be put side by side.
 */
export function mergePassages(
  base: Document,
  ours: Document,
  theirs: Document,
  labels: Labels,
): PassageMerge | null {
  const runs = foldLists(alignDocuments(base, ours, theirs));
  if (fences(runs.ours) !== fences(runs.theirs)) return null;
  return new Weaver(runs, labels).weave();
}

/** Fields without the fences around them are lesson text: sides must agree on these. */
function fences(run: readonly Node[]): string {
  const found = run.filter((node) => node.rank === "fence" && node.id.includes("---"));
  return found.map((node) => node.id).join(" ");
}

class Weaver {
  readonly #labels: Labels;
  readonly #base: Map<string, Node>;
  readonly #ours: Map<string, Node>;
  readonly #theirs: Map<string, Node>;
  readonly #stretches: readonly Stretch[];
  /** What only one side has and the result keeps, by the node of both sides that it follows. */
  readonly #afterOurs: Map<string, Node[]>;
  readonly #afterTheirs: Map<string, Node[]>;
  readonly #oursRun: readonly Node[];
  readonly #theirsRun: readonly Node[];
  readonly #baseRun: readonly Node[];
  readonly #room: Room;
  readonly #rules: AppliedRule[] = [];

  constructor(runs: Runs, labels: Labels) {
    this.#labels = labels;
    this.#baseRun = runs.base;
    this.#oursRun = runs.ours;
    this.#theirsRun = runs.theirs;
    this.#base = byId(runs.base);
    this.#ours = byId(runs.ours);
    this.#theirs = byId(runs.theirs);
    this.#stretches = mergeOrder(runs.base, runs.ours, runs.theirs);
    this.#afterOurs = this.#onlyHere(runs.ours, this.#theirs);
    this.#afterTheirs = this.#onlyHere(runs.theirs, this.#ours);
    this.#room = new Room([runs.base, runs.ours, runs.theirs]);
  }

  weave(): PassageMerge {
    this.#gap("", "");
    for (const stretch of this.#stretches) {
      if (stretch.order === null || this.#straysIn(stretch)) this.#undecided(stretch);
      else {
        if (stretch.mover !== null) this.#rules.push({ at: this.#at(stretch.ids[0] ?? ""), rule: "order" });
        for (const id of stretch.order) {
          if (this.#bothGoOn(id)) this.#withWhatFollows(id);
          else {
            this.#node(id);
            this.#gap(id, id);
          }
        }
      }
    }
    return { parts: joinText(this.#room.parts), rules: this.#rules };
  }

  /** Nodes of a side that the other side has not: added ones, and removed ones that this side changed. */
  #onlyHere(run: readonly Node[], other: ReadonlyMap<string, Node>): Map<string, Node[]> {
    const after = new Map<string, Node[]>();
    let anchor = "";
    for (const node of run) {
      if (other.has(node.id)) {
        anchor = node.id;
        continue;
      }
      const base = this.#base.get(node.id);
      if (base && sameContent(base, node)) continue;
      const list = after.get(anchor);
      if (list) list.push(node);
      else after.set(anchor, [node]);
    }
    return after;
  }

  #node(id: string): void {
    const ours = this.#ours.get(id);
    const theirs = this.#theirs.get(id);
    if (!ours || !theirs) return;
    const base = this.#base.get(id);
    if (base) {
      const merged = mergeNode(base, ours, theirs, this.#labels);
      this.#rules.push(...merged.rules);
      this.#room.add(merged.parts, [id], ours.rank);
    } else if (sameContent(ours, theirs)) {
      this.#rules.push({ at: ours.at, rule: "added alike" });
      this.#room.add([theirs.text], [id], ours.rank);
    } else {
      const texts = { base: "", ours: ours.text, theirs: theirs.text };
      this.#room.add(mergeTexts(ours.at, texts, this.#labels, { kind: "added-added" }), [id], ours.rank);
    }
  }

  #gap(afterOurs: string, afterTheirs: string): void {
    const ours = this.#afterOurs.get(afterOurs) ?? [];
    const theirs = this.#afterTheirs.get(afterTheirs) ?? [];
    for (const piece of mergeGap(ours, theirs, this.#base, this.#labels)) {
      this.#rules.push(...piece.rules);
      this.#room.add(piece.parts, piece.ids, piece.rank);
    }
  }

  /** One side wrote on at the end of a section and the other put a section behind it: both stand in one place. */
  #bothGoOn(id: string): boolean {
    const [base, ours, theirs] = [this.#base.get(id), this.#ours.get(id), this.#theirs.get(id)];
    if (!base || !ours || !theirs || ours.rank !== "section") return false;
    const follows = (after: ReadonlyMap<string, Node[]>): boolean =>
      (after.get(id) ?? []).some((node) => node.rank === "section" && !this.#base.has(node.id));
    return (
      (follows(this.#afterOurs) && growsAtEnd(base, theirs)) ||
      (follows(this.#afterTheirs) && growsAtEnd(base, ours))
    );
  }

  #withWhatFollows(id: string): void {
    const run = (node: Node | undefined, after: readonly Node[] = []): readonly Node[] =>
      node ? [node, ...after] : after;
    const ours = run(this.#ours.get(id), this.#afterOurs.get(id));
    const theirs = run(this.#theirs.get(id), this.#afterTheirs.get(id));
    const ids = [...new Set([...ours, ...theirs].map((node) => node.id))];
    const base = this.#baseRun.filter((node) => ids.includes(node.id));
    const texts = { base: textOf(base), ours: textOf(ours), theirs: textOf(theirs) };
    this.#room.add(mergeTexts(this.#at(id), texts, this.#labels), ids, "section");
  }

  /**
   * Whether a new section of one side followed a section that the other side moved away from its neighbour:
   * which of the two it belongs to is not for a merge to say, unless it stands beneath the first.
   */
  #straysIn(stretch: Stretch): boolean {
    if (stretch.mover === null || stretch.order === null) return false;
    const [after, run] =
      stretch.mover === "ours" ? [this.#afterTheirs, this.#theirsRun] : [this.#afterOurs, this.#oursRun];
    const kept = run.filter((node) => this.#ours.has(node.id) && this.#theirs.has(node.id));
    const next = new Map(kept.map((node, i) => [node.id, kept[i + 1]?.id]));
    return stretch.order.some((id, i) =>
      (after.get(id) ?? []).some((node) => {
        const anchor = this.#ours.get(id);
        const beneath = node.rank === "section" && anchor?.rank === "section" && node.depth > anchor.depth;
        const stays = next.get(id) === stretch.order?.[i + 1];
        return node.rank === "section" && !beneath && !stays;
      }),
    );
  }

  /** Both sides reordered: the whole stretch as each side has it. */
  #undecided(stretch: Stretch): void {
    const ids = new Set(stretch.ids);
    const ours = between(this.#oursRun, ids);
    const theirs = between(this.#theirsRun, ids);
    const base = between(this.#baseRun, ids);
    const at = this.#at(stretch.ids[0] ?? "");
    const texts = { base: textOf(base) || null, ours: textOf(ours), theirs: textOf(theirs) };
    const added = stretch.ids.find((id) => !this.#base.has(id));
    const { ours: here, theirs: there } = this.#labels;
    const told =
      added === undefined
        ? { kind: "order" as const }
        : {
            kind: "added-added" as const,
            reason: `${here} and ${there} each added "${this.#at(added)}", in different places.`,
          };
    this.#room.add([conflict(at, texts, this.#labels, told)], stretch.ids, ours[0]?.rank ?? "field");
    this.#gap(ours.at(-1)?.id ?? "", theirs.at(-1)?.id ?? "");
  }

  #at(id: string): string {
    return (this.#ours.get(id) ?? this.#theirs.get(id))?.at ?? "";
  }
}

function byId(nodes: readonly Node[]): Map<string, Node> {
  return new Map(nodes.map((node) => [node.id, node]));
}

/** The run from the first to the last of these nodes, with whatever stands between them. */
function between(run: readonly Node[], ids: ReadonlySet<string>): readonly Node[] {
  const first = run.findIndex((node) => ids.has(node.id));
  const last = run.findLastIndex((node) => ids.has(node.id));
  return first < 0 ? [] : run.slice(first, last + 1);
}

function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => node.text).join("");
}
