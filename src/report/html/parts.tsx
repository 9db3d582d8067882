import type { ComponentChildren, VNode } from "preact";
import { longDate } from "../wording.ts";
import { outlineOf } from "./plot/glyphs.ts";
import { type Standing, standingWords } from "./reading/standing.ts";
import type { Entry } from "./reading/trust.ts";

/** The shape of a standing, in the size of the text around it. */
export function Glyph({ standing }: { standing: Standing }): VNode {
  return (
    <svg class={`glyph ${standing}`} viewBox="-1.1 -1.1 2.2 2.2" aria-hidden="true">
      <path d={outlineOf(standing)} />
    </svg>
  );
}

/** A standing in shape, colour and words. */
export function StandingMark({ standing }: { standing: Standing }): VNode {
  return (
    <span class="standing-mark">
      <Glyph standing={standing} /> {standingWords(standing)}
    </span>
  );
}

/** What a school wrote: a name, a reason, a title. It keeps its own reading direction and breaks nowhere out. */
export function Written({ children }: { children: string }): VNode {
  return <bdi class="written">{children}</bdi>;
}

/** The name of a version, as a link to its part of the page. */
export function VersionLink({ entry }: { entry: Entry }): VNode {
  return (
    <a href={`#${entry.anchor}`}>
      <bdi>{entry.version.name}</bdi>
    </a>
  );
}

/** Names of versions in a sentence, each a link. */
export function VersionLinks({ entries }: { entries: readonly Entry[] }): VNode {
  return (
    <>
      {entries.map((entry, index) => (
        <>
          {index === 0 ? "" : index === entries.length - 1 ? " and " : ", "}
          <VersionLink entry={entry} />
        </>
      ))}
    </>
  );
}

/** Reasons with whose they are; the same words from several versions stand once. */
export function Reasons({ reasons }: { reasons: readonly { by: string; why: string }[] }): VNode {
  const byWords = new Map<string, string[]>();
  for (const { by, why } of reasons) byWords.set(why, [...(byWords.get(why) ?? []), by]);
  return (
    <>
      {[...byWords].map(([why, names]) => (
        <p class="why">
          <Written>{why}</Written>
          {byWords.size > 1 ? (
            <span class="whose">
              {" "}
              <bdi>{names.join(", ")}</bdi>
            </span>
          ) : null}
        </p>
      ))}
    </>
  );
}

export function Address({ at }: { at: string }): VNode {
  return <code class="address">{at}</code>;
}

export function Day({ on }: { on: string }): VNode {
  const day = /^\d{4}-\d\d-\d\d/.exec(on)?.[0];
  return day === undefined ? <span>{on}</span> : <time dateTime={day}>{longDate(on)}</time>;
}

/** A table that scrolls by itself where the page is too narrow for it. */
export function WideTable({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the keyboard
    <section class="wide" aria-label={name} tabIndex={0}>
      <table>
        <caption class="unseen">{name}</caption>
        {children}
      </table>
    </section>
  );
}
