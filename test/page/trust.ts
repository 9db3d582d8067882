import type { AdaptationSummary } from "../../src/adaptation/summary.ts";
import { wordEdits } from "../../src/compare/word-edits.ts";
import { type Figures, statusFrom } from "../../src/drift/figures.ts";
import type { Hotspot, Seen, Survey, SurveyedDifference, SurveyedVersion } from "../../src/trust/survey.ts";
import { type Edit, PASSAGES, type SourcePassage } from "./passages.ts";
import { type Place, REGIONS } from "./places.ts";

const ON = "2027-01-28T09:12:00Z";
const AUTUMN = { commit: "1f3c0a9d12".padEnd(40, "0"), edition: "2026-27-autumn" };
const SPRING = { commit: "77ab01c3fe".padEnd(40, "0"), edition: "2026-27-spring" };
const CORE = { words: 21_430, passages: 412 };

/** An edit that a school made. */
interface Made {
  readonly passage: SourcePassage;
  readonly edit: Edit;
  readonly local: string | null;
  readonly why: string | null;
  readonly words: number;
}

/** Numbers that look like chance and are the same every time (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A trust of sixty versions below a centre, as a survey of it: five regions, and schools of each sort of standing. */
export function madeTrust(): Survey {
  const chance = chances(60);
  const made = new Map<string, Made[]>();
  const versions: SurveyedVersion[] = [centre()];
  for (const region of REGIONS) {
    const own: Place = { ...(region.places[0] as Place), id: region.id, name: region.name };
    versions.push(versionOf(own, { layer: "region", upstream: CENTRE, region: region.id, depth: 1 }));
    for (const place of region.places)
      versions.push(versionOf(place, { layer: "school", upstream: region, region: region.id, depth: 2 }));
  }
  const alone = {
    id: "sixth-form",
    name: "Harbour Sixth Form",
    town: "Harwich",
    work: "the ferries",
    water: "the Stour",
    faith: "the Electric Palace chapel",
  };
  versions.push(versionOf(alone, { layer: "school", upstream: CENTRE, region: alone.id, depth: 1 }));
  const count = (state: Seen["state"]): number =>
    versions.filter(({ seen, depth }) => depth > 0 && seen.state === state).length;
  return {
    root: { id: CENTRE.id, name: CENTRE.name, edition: SPRING.edition },
    on: ON,
    versions,
    hotspots: hotspotsOf(made),
    invitations: PASSAGES.flatMap(({ at, document, invites }) => {
      if (invites === undefined) return [];
      const takenUpBy = [...made].flatMap(([id, edits]) =>
        edits.some((each) => each.passage.at === at && each.edit.kind === "replace") ? [id] : [],
      );
      return [{ at, document, keep: invites.keep, ideas: invites.ideas, takenUpBy }];
    }),
    untouched: { passages: CORE.passages - PASSAGES.length, of: CORE.passages },
    counts: {
      checked: count("checked"),
      unchanged: count("unchanged"),
      unreachable: count("unreachable"),
      skipped: count("skipped"),
    },
  };

  function versionOf(
    place: Place,
    where: { layer: string; upstream: { id: string; name: string }; region: string; depth: number },
  ): SurveyedVersion {
    const { upstream, ...rest } = where;
    const seen = seenOf(place.id);
    const edits = chance() < 0.2 ? [] : editsOf(place, chance);
    if (seen.state === "checked" || seen.state === "unchanged") made.set(place.id, edits);
    const waits = chance() < 0.3;
    const lost = place.id === "forest-edge";
    const unknown = seen.state === "skipped" || (seen.state === "unreachable" && seen.on === null);
    const figures = lost ? null : figuresOf(edits, waits, chance);
    return {
      ...rest,
      id: place.id,
      name: place.name,
      upstream: upstream.id,
      seen,
      drift: unknown
        ? null
        : {
            id: place.id,
            name: place.name,
            layer: where.layer,
            against: { id: upstream.id, name: upstream.name },
            base: lost ? null : waits ? AUTUMN : SPRING,
            target: lost ? null : SPRING,
            status: figures === null ? "no-starting-point" : statusFrom(figures),
            figures,
            passages: [],
            why: lost ? "the commit that it says it builds on was never published by South region" : null,
            remedies: [],
            olderNext: false,
          },
      subjects: unknown || lost ? [] : subjectsOf(edits, waits),
      adaptations: unknown || lost ? [] : edits.flatMap((each, index) => adaptationOf(place, each, index)),
      largest:
        unknown || lost
          ? []
          : edits
              .map(differenceOf)
              .sort((a, b) => b.words - a.words)
              .slice(0, 5),
      due: unknown || lost ? [] : dueOf(edits, chance),
    };
  }
}

const CENTRE = { id: "harbour", name: "Harbour Learning Trust" };

function centre(): SurveyedVersion {
  return {
    ...CENTRE,
    layer: "central",
    upstream: null,
    region: null,
    depth: 0,
    seen: { state: "checked", on: ON },
    drift: {
      ...CENTRE,
      layer: "central",
      against: null,
      base: null,
      target: null,
      status: "source",
      figures: null,
      passages: [],
      why: null,
      remedies: [],
      olderNext: false,
    },
    subjects: [],
    adaptations: [],
    largest: [],
    due: [],
  };
}

function seenOf(id: string): Seen {
  if (id === "wrekin-view")
    return {
      state: "unreachable",
      on: "2026-10-03T08:00:00Z",
      why: "its host did not answer within 20 seconds",
    };
  if (id === "wye-valley") return { state: "unreachable", on: null, why: "its host asks for a password" };
  if (id === "stour-valley") return { state: "skipped", why: "a second entry of the list has the same id" };
  return { state: id.length % 3 === 0 ? "unchanged" : "checked", on: ON };
}

function editsOf(place: Place, chance: () => number): Made[] {
  const primary = place.name.includes("Primary");
  const fitting = PASSAGES.filter(({ subject }) =>
    primary ? !["computing", "history"].includes(subject) : subject !== "primary-history",
  );
  return fitting.flatMap((passage): Made[] => {
    if (chance() > (passage.locked ? 0.05 : 0.27)) return [];
    const edit = passage.edits[Math.floor(chance() * chance() * passage.edits.length)] as Edit;
    const local = edit.text(place);
    const words = wordEdits(passage.base, local ?? "").edits;
    const unexplained = passage.locked || chance() < 0.09;
    return [{ passage, edit, local, words, why: unexplained ? null : edit.why(place) }];
  });
}

function figuresOf(edits: readonly Made[], waits: boolean, chance: () => number): Figures {
  const words = (list: readonly Made[]): number => list.reduce((sum, each) => sum + each.words, 0);
  const missing = edits.filter(({ why, passage }) => why === null && !passage.locked);
  const locked = edits.filter(({ passage }) => passage.locked);
  const conflicts = waits && edits.length > 3 && chance() < 0.5 ? 1 : 0;
  const of = CORE.words + words(edits);
  return {
    diverged: {
      passages: edits.length,
      words: words(edits),
      of,
      order: edits.some(({ edit }) => edit.kind === "reorder") ? 0.012 : 0,
      structure: edits.some(({ local }) => local === null) ? 1 / CORE.passages : 0,
    },
    undeclared: { passages: missing.length, words: words(missing), of },
    breaches: { count: locked.length, passages: locked.map(({ passage }) => passage.at) },
    behind: waits
      ? {
          passages: 7,
          words: 95,
          of: CORE.words + 80,
          editions: 1,
          oldest: "2027-01-12T09:00:00Z",
          held: conflicts,
        }
      : { passages: 0, words: 0, of: CORE.words + 80, editions: 0, oldest: null, held: 0 },
    contested: { conflicts, reviews: waits ? 1 : 0, passages: [] },
  };
}

function subjectsOf(edits: readonly Made[], waits: boolean): SurveyedVersion["subjects"] {
  const all = [...new Set(PASSAGES.map(({ subject }) => subject))];
  return all.flatMap((subject) => {
    const own = edits.filter(({ passage }) => passage.subject === subject);
    const behind = waits && (subject === "history" || subject === "science") ? 3 : 0;
    if (own.length + behind === 0) return [];
    return [
      {
        subject,
        passages: own.length,
        words: own.reduce((sum, each) => sum + each.words, 0),
        undeclared: own.filter(({ why, passage }) => why === null && !passage.locked).length,
        breaches: own.filter(({ passage }) => passage.locked).length,
        behind,
        conflicts: 0,
      },
    ];
  });
}

function adaptationOf({ id }: Place, { passage, edit, why }: Made, index: number): AdaptationSummary[] {
  if (why === null) return [];
  const upstream =
    edit.kind === "correct"
      ? (["offer", "taken: 2026-27-spring", "offered: https://git.example.org/harbour/issues/114", "offer"][
          (id.length + index) % 4
        ] ?? "offer")
      : edit.title.startsWith("The heating") && id.length % 2 === 0
        ? "declined: The table stays for schools that print it; the strips are in the resource pack."
        : "not-needed";
  return [
    {
      id: `${id}/${passage.at.replace(/[^a-z\d]+/g, "-")}`,
      title: edit.title,
      kind: edit.kind,
      for: edit.for,
      why,
      status: (id.length + index) % 7 === 0 ? "trial" : "active",
      upstream,
      reviewBy: index === 0 ? "2027-07-31" : null,
      passages: [passage.at],
      by: null,
    },
  ];
}

function differenceOf({ passage, local, words, why }: Made): SurveyedDifference {
  const { at, document, name, base } = passage;
  return {
    at,
    document,
    name,
    words,
    base,
    local,
    why,
    undeclared: why === null,
    figure: passage.locked ? "breaches" : why === null ? "undeclared" : "diverged",
  };
}

function dueOf(edits: readonly Made[], chance: () => number): SurveyedVersion["due"] {
  return edits
    .filter(() => chance() < 0.35)
    .map(({ passage, edit }, index) => {
      const month = 1 + Math.floor(chance() * 9);
      const on = `2027-${String(month).padStart(2, "0")}-${String(8 + index * 3).padStart(2, "0")}`;
      const held = edit.kind === "retime";
      return {
        on,
        what: held ? "the hold on spring's sequence ends" : `does the reason still hold? ${edit.title}`,
        at: passage.at,
      };
    })
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

function hotspotsOf(made: ReadonlyMap<string, readonly Made[]>): Hotspot[] {
  return PASSAGES.flatMap(({ at, document, name, subject, base }): Hotspot[] => {
    const here = [...made].flatMap(([version, edits]) =>
      edits.filter(({ passage }) => passage.at === at).map((each) => ({ version, ...each })),
    );
    if (here.length < 2) return [];
    const byText = new Map<string | null, typeof here>();
    for (const each of here) byText.set(each.local, [...(byText.get(each.local) ?? []), each]);
    const groups = [...byText.values()]
      .sort((a, b) => b.length - a.length)
      .map((group) => ({
        versions: group.map(({ version }) => version),
        text: group[0]?.local ?? null,
        words: group[0]?.words ?? 0,
        reasons: group.flatMap(({ version, why }) => (why === null ? [] : [{ version, why }])),
      }));
    return [{ at, document, name, subject, base, groups, versions: here.length }];
  }).sort((a, b) => b.versions - a.versions);
}
