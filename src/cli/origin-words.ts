import { shortId } from "../git/names.ts";
import { count, listed, number, percent } from "../report/wording.ts";
import type { Joined } from "../version/join/join.ts";
import type { Origin } from "../version/join/nearest.ts";
import type { Nearness } from "../version/join/nearness.ts";

/** Why a commit counts as the one that a copy was made from, and what speaks against others, a sentence a line. */
export function originWords({ origin, nearness, upstream }: Joined): string[] {
  const files = filesWords(nearness);
  if (origin === null) return ["You named this state yourself.", files];
  const how =
    origin.by === "history"
      ? `This copy shares its history with ${upstream.name} up to that state.`
      : `Of ${count(origin.looked, "state")} that ${upstream.name} ever had, this copy is nearest to that one.`;
  return [how, files, ...alikeWords(origin), ...nextWords(origin)];
}

function filesWords(nearness: Nearness): string {
  const { files, same, moved, near, share, rewritten, onlyHere, onlyThere } = nearness;
  if (same === files && onlyThere === 0)
    return `All ${number(files)} files here are exactly as they were then.`;
  const parts = [
    `${number(same)} ${same === 1 ? "is" : "are"} exactly as then`,
    ...(moved > 0 ? [`${number(moved)} ${moved === 1 ? "stands" : "stand"} at another place`] : []),
    ...(near > 0
      ? [`${number(near)} ${near === 1 ? "is" : "are"} nearly so (${percent(share)} of the words)`]
      : []),
    ...(rewritten > 0 ? [`${number(rewritten)} share only the name`] : []),
    ...(onlyHere > 0 ? [`${number(onlyHere)} ${onlyHere === 1 ? "is" : "are"} only here`] : []),
  ];
  const absent =
    onlyThere > 0 ? `; ${count(onlyThere, "file")} of then ${onlyThere === 1 ? "is" : "are"} not here` : "";
  return `Of ${count(files, "file")} here, ${listed(parts)}${absent}.`;
}

function alikeWords({ by, alike }: Origin): string[] {
  if (alike.count === 0 || by === "history") return [];
  const why = {
    named: "the one with a name was taken",
    followed: "the newest on the branch that is followed was taken",
    newest: "the newest was taken",
  }[alike.chosen];
  const others = `${count(alike.count, "other state")} ${alike.count === 1 ? "fits" : "fit"} as well`;
  return [`${others}, since nothing that changed between them is here; ${why}.`];
}

function nextWords({ by, next, nearest }: Origin): string[] {
  if (next === null || by === "history") return [];
  const name = `${shortId(next.commit)} of ${next.date.slice(0, 10)}`;
  const known = ({ same, moved }: Nearness): number => same + moved;
  if (known(next) !== known(nearest)) {
    return [
      `The next best, ${name}, has ${number(known(next))} of these files exactly, not ${number(known(nearest))}.`,
    ];
  }
  if (next.near !== nearest.near || percent(next.share) !== percent(nearest.share)) {
    return [
      `The next best, ${name}, has ${number(next.near)} nearly so (${percent(next.share)} of the words).`,
    ];
  }
  if (next.onlyThere !== nearest.onlyThere) {
    return [
      `The next best, ${name}, has ${count(next.onlyThere, "file")} that ${next.onlyThere === 1 ? "is" : "are"} not here.`,
    ];
  }
  return [`The next best, ${name}, differs from it by a few words only; either would serve.`];
}
