import type { VNode } from "preact";
import { count, number } from "../../wording.ts";
import { Address, Reasons, VersionLinks, Written } from "../parts.tsx";
import { adaptationsOf } from "../reading/adaptations.ts";
import { type Answer, type Offer, offersOf } from "../reading/offers.ts";
import { purposeName } from "../reading/purposes.ts";
import type { Trust } from "../reading/trust.ts";

/** What schools offer to the centre, and what became of earlier offers. */
export function Offers({ trust }: { trust: Trust }): VNode {
  const made = adaptationsOf(trust);
  const open = offersOf(made, "open");
  const answered = offersOf(made, "answered");
  const adaptations = open.reduce((sum, { by }) => sum + by.length, 0);
  return (
    <>
      <p>
        {open.length === 0
          ? "Nothing is offered at present."
          : `${number(adaptations)} of ${count(made.length, "adaptation")} ${adaptations === 1 ? "is" : "are"} offered for everybody to have. The same one from several versions stands here once.`}
      </p>
      <ul class="cards">
        {open.map((offer) => (
          <OfferItem offer={offer} />
        ))}
      </ul>
      {answered.length === 0 ? null : (
        <details class="more">
          <summary>Offers that were answered</summary>
          <ul class="cards">
            {answered.map((offer) => (
              <OfferItem offer={offer} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function OfferItem({ offer: { adaptation, by } }: { offer: Offer }): VNode {
  const { title, kind, passages } = adaptation;
  return (
    <li>
      <h3>
        <Written>{title}</Written>
      </h3>
      <Reasons reasons={by.map(({ made }) => ({ by: made.by.version.name, why: made.adaptation.why }))} />
      <p>
        <VersionLinks entries={by.map(({ made }) => made.by)} />
      </p>
      <p class="quiet">
        {[kind, ...adaptation.for.map(purposeName)].join(", ")}
        {passages.map((at) => (
          <>
            {" · "}
            <Address at={at} />
          </>
        ))}
      </p>
      <Answers answers={by.map(({ answer }) => answer)} />
    </li>
  );
}

const ANSWERS = { open: "Offered at", taken: "Taken with", declined: "Declined:" } as const;

function Answers({ answers }: { answers: readonly Answer[] }): VNode {
  const told = new Map(answers.map((answer) => [`${answer.state} ${answer.detail}`, answer]));
  return (
    <>
      {[...told.values()].map(({ state, detail }) =>
        detail === null ? null : (
          <p>
            {ANSWERS[state]} <Link to={detail} />
          </p>
        ),
      )}
    </>
  );
}

/** A link where it is the address of a page, else the text as it stands. */
function Link({ to }: { to: string }): VNode {
  if (!/^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i.test(to)) return <Written>{to}</Written>;
  return (
    <a href={to} rel="noreferrer noopener">
      {to}
    </a>
  );
}
