import type { VNode } from "preact";
import { type ChangeLine, changeLines } from "../passage/changes.ts";
import type { TextRun } from "../passage/runs.ts";

interface Change {
  readonly at: string;
  readonly base: string | null;
  readonly local: string | null;
}

/** A change word by word. Signs and spoken words say what the colours say. */
export function ChangedText({ at, base, local }: Change): VNode {
  const lines = changeLines(at, base, local);
  if (lines.length === 0) return <p class="quiet">The words are the same; their order or form is not.</p>;
  return (
    <div class="change">
      {lines.map((line) => (
        <ChangedLine line={line} />
      ))}
    </div>
  );
}

function ChangedLine({ line: { runs, verbatim } }: { line: ChangeLine }): VNode {
  return (
    <p dir="auto" class={verbatim ? "verbatim" : undefined}>
      {runs.map((run) => (
        <Run run={run} />
      ))}
    </p>
  );
}

/** A longer word may have to break where the page is narrow. */
const KEPT_WHOLE = /^\s*\S{1,20}/;

function Run({ run: { kind, text } }: { run: TextRun }): VNode {
  if (kind === "same" || text.trim() === "") return <>{text}</>;
  const [first = ""] = KEPT_WHOLE.exec(text) ?? [];
  const marked = (said: string, sign: string): VNode => (
    <>
      <span class="unseen">{said}: </span>
      <span class="first">
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {first}
      </span>
      {text.slice(first.length)}
    </>
  );
  return kind === "removed" ? <del>{marked("removed", "−")}</del> : <ins>{marked("added", "+")}</ins>;
}
