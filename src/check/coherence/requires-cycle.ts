import type { DocumentFacts, Mention } from "../facts.ts";
import { type Curriculum, idsOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, titled } from "./material.ts";
import { compareText, isBefore } from "./teaching-order.ts";

/** Units that require each other in a ring: none of them can come first. */
export const requiresCycle: CoherenceCheck = {
  id: "requires-cycle",
  severity: "error",
  title: "Units that require each other",
  page: {
    what: "Following `requires` from a unit leads back to that unit.",
    why: "Each of these units counts on another having been taught, so whichever a school teaches first, its pupils lack what it builds on.",
    fix: "Decide which of the units comes first, and take out of its `requires` the one that follows it.",
    accept:
      "There is no order in which to teach such a ring; if the units only touch on each other, say so in `priorKnowledge` and leave `requires` for what has to come before.",
  },
  *find({ curriculum }) {
    for (const ring of requiredRings(curriculum)) {
      const { unit, mention } = weakestLink(curriculum, ring);
      const others = ring.filter(({ id }) => id !== unit.id).map(titled);
      const round = others.length === 0 ? "itself" : others.join(", ");
      yield {
        path: unit.path,
        line: mention.line,
        at: addressOf(unit, mention.key),
        about: mention.value,
        from: ring.map(({ path }) => path),
        message: `${titled(unit)} requires ${mention.value}, and that leads back here (${round}): none of them can be taught first.`,
        remedy: `Take ${mention.value} out of requires here, if ${titled(unit)} is to come first.`,
      };
    }
  },
};

/** The units that lie on a ring, ring by ring: the strongly connected parts (Tarjan 1972), without recursion. */
export function requiredRings(curriculum: Curriculum): DocumentFacts[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: DocumentFacts[] = [];
  const onStack = new Set<string>();
  const rings: DocumentFacts[][] = [];
  const enter = (unit: DocumentFacts) => {
    index.set(unit.id, index.size);
    low.set(unit.id, index.get(unit.id) ?? 0);
    stack.push(unit);
    onStack.add(unit.id);
    return { unit, left: requiredUnits(curriculum, unit) };
  };
  const lower = (id: string, to: number | undefined) => low.set(id, Math.min(low.get(id) ?? 0, to ?? 0));
  for (const start of curriculum.units) {
    if (index.has(start.id)) continue;
    const path = [enter(start)];
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const next = here.left.pop();
      if (next !== undefined && !index.has(next.id)) path.push(enter(next));
      else if (next !== undefined) {
        if (onStack.has(next.id)) lower(here.unit.id, index.get(next.id));
      } else {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) lower(above.unit.id, low.get(here.unit.id));
        if (low.get(here.unit.id) !== index.get(here.unit.id)) continue;
        const ring = stack.splice(stack.indexOf(here.unit));
        for (const { id } of ring) onStack.delete(id);
        if (ring.length > 1 || idsOf(here.unit, "requires").includes(here.unit.id)) rings.push(ring);
      }
    }
  }
  return rings;
}

function requiredUnits(curriculum: Curriculum, unit: DocumentFacts): DocumentFacts[] {
  return idsOf(unit, "requires").flatMap((id) => {
    const required = curriculum.byId.get(id);
    return required?.type === "unit" ? [required] : [];
  });
}

/** The mention to take out: of a unit that is taught before what it requires, else the last by path. */
function weakestLink(
  curriculum: Curriculum,
  ring: readonly DocumentFacts[],
): { unit: DocumentFacts; mention: Mention } {
  const inRing = new Set(ring.map(({ id }) => id));
  const links = ring.flatMap((unit) =>
    (unit.references.requires ?? [])
      .filter(({ value }) => inRing.has(value))
      .map((mention) => ({ unit, mention })),
  );
  links.sort((a, b) => compareText(a.unit.path, b.unit.path) || a.mention.line - b.mention.line);
  const againstPlan = links.find(({ unit, mention }) => {
    const [first] = curriculum.placementsOf(unit.id);
    const [required] = curriculum.placementsOf(mention.value);
    return first !== undefined && required !== undefined && isBefore(first, required) === true;
  });
  return againstPlan ?? (links.at(-1) as { unit: DocumentFacts; mention: Mention });
}
