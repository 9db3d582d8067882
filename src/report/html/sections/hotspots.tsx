import type { VNode } from "preact";
import type { Alike, Hotspot } from "../../../trust/survey.ts";
import { count, number } from "../../wording.ts";
import { ChangedText } from "../change.tsx";
import { Address, Reasons, Written } from "../parts.tsx";
import { groupsPlot } from "../plot/groups.ts";
import { type Nature, natureOf } from "../reading/hotspots.ts";
import { namesIn, subjectName, type Trust } from "../reading/trust.ts";

const NATURES: readonly { nature: Nature; title: string; about: string }[] = [
  {
    nature: "alike",
    title: "Much the same edit in several schools",
    about: "An offer to the centre: what they agree on could stand in the next edition.",
  },
  {
    nature: "apart",
    title: "A different edit in every school",
    about: "A sign that the core does not fit here: it may want to say less, or to invite adapting.",
  },
  {
    nature: "mixed",
    title: "Some alike, some not",
    about: "Several answers to one passage. Worth a conversation between the schools.",
  },
];

/** Passages that several versions changed. */
export function Hotspots({ trust }: { trust: Trust }): VNode {
  const { hotspots, untouched } = trust.survey;
  const most = Math.max(1, ...hotspots.map(({ versions }) => versions));
  return (
    <>
      <p>
        {hotspots.length === 0
          ? "No passage was changed by more than one version."
          : `${count(hotspots.length, "passage was", "passages were")} changed by more than one version.`}{" "}
        {number(untouched.passages)} of the centre's {count(untouched.of, "passage")} were changed by none.
      </p>
      {NATURES.map(({ nature, title, about }) => {
        const those = hotspots.filter((hotspot) => natureOf(hotspot) === nature);
        if (those.length === 0) return null;
        return (
          <section class="nature">
            <h3>{title}</h3>
            <p>{about}</p>
            {those.map((hotspot) => (
              <Passage hotspot={hotspot} trust={trust} most={most} />
            ))}
          </section>
        );
      })}
    </>
  );
}

function Passage({ hotspot, trust, most }: { hotspot: Hotspot; trust: Trust; most: number }): VNode {
  const { at, document, name, subject, groups, versions, base } = hotspot;
  return (
    <details class="hotspot">
      <summary>
        <div>
          <h4>
            <Written>{document}</Written>: <Written>{name}</Written>
          </h4>
          <p class="quiet">
            {subjectName(subject)} · <Address at={at} />
          </p>
        </div>
        <div class="bar">
          {groupsPlot(hotspot, most)}
          <p>
            <b>{number(versions)}</b> of {count(trust.current.length, "version")}: {grouped(groups)}
          </p>
        </div>
      </summary>
      <div>
        {groups.map((group) => (
          <Group group={group} at={at} base={base} nameOf={namesIn(trust)} />
        ))}
      </div>
    </details>
  );
}

/** `5 made much the same edit, 2 another, 1 went its own way`. */
function grouped(groups: readonly Alike[]): string {
  if (groups.length === 1) return "all made much the same edit.";
  if (groups.every(({ versions }) => versions.length === 1)) return "each went its own way.";
  const shared = groups.filter(({ versions }) => versions.length > 1);
  const alone = groups.length - shared.length;
  const parts = shared.map(({ versions }, index) =>
    index === 0 ? `${number(versions.length)} made much the same edit` : `${number(versions.length)} another`,
  );
  if (alone > 0) parts.push(`${number(alone)} went ${alone === 1 ? "its" : "their"} own way`);
  return `${parts.join(", ")}.`;
}

function Group({
  group: { versions, text, reasons, words },
  at,
  base,
  nameOf,
}: {
  group: Alike;
  at: string;
  base: string | null;
  nameOf: (id: string) => string;
}): VNode {
  return (
    <section class="group">
      <h5>
        {versions.map((id, index) => (
          <>
            {index === 0 ? "" : ", "}
            <Written>{nameOf(id)}</Written>
          </>
        ))}{" "}
        <span class="quiet">{count(words, "word")}</span>
      </h5>
      <ChangedText at={at} base={base} local={text} />
      {reasons.length === 0 ? (
        <p class="quiet">No reason on record.</p>
      ) : (
        <Reasons reasons={reasons.map(({ version, why }) => ({ by: nameOf(version), why }))} />
      )}
    </section>
  );
}
