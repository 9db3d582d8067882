import { isHeld } from "../../adaptation/explain.ts";
import { lineWith } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** An adaptation that nobody approved, of a kind that has to be. */
export const approvalMissing: Check<Pick<Material, "changes" | "approval" | "today">> = {
  id: "approval-missing",
  severity: "error",
  title: "An adaptation waits for approval",
  page: {
    what: "The rules ask that adaptations of this kind are approved (`checks: {approval: [remove]}`), and the record names nobody who did.",
    why: "What is taken out is missed last: a second pair of eyes sees what another year leans on.",
    fix: "Let the role that answers for it look, and write it into the record with the date.",
    accept: "The version that asks for approval can leave the kind out of `approval` in its rules.yaml.",
  },
  *find({ changes, approval, today }) {
    const files = new Set(
      changes.flatMap(({ explanation }) =>
        explanation.state === "explained" || explanation.state === "pending" ? [explanation.file] : [],
      ),
    );
    for (const { path, text, record } of [...files].filter(isHeld)) {
      if (!approval.includes(record.kind) || record.approved?.role) continue;
      yield {
        path,
        line: lineWith(text, /^kind:/m),
        at: record.passages[0]?.at ?? null,
        about: record.id,
        message: `The adaptation "${record.title}" (${record.kind}) has to be approved, and nobody has yet.`,
        remedy: `When it is, write who did: \`approved: {role: ROLE, on: ${today}}\` in ${path}.`,
      };
    }
  },
};
