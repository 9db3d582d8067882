import type { VNode } from "preact";
import { count, number } from "../../wording.ts";
import { Address, VersionLink, Written } from "../parts.tsx";
import { adaptationsOf, type Made, type Offer, offerOf } from "../reading/adaptations.ts";
import type { Trust } from "../reading/trust.ts";

/** What schools offer to the centre, and what became of earlier offers. */
export function Offers({ trust }: { trust: Trust }): VNode {
  const made = adaptationsOf(trust);
  const offers = made.flatMap((each) => {
    const offer = offerOf(each.adaptation);
    return offer === null ? [] : [{ ...each, offer }];
  });
  const open = offers.filter(({ offer }) => offer.state === "offer");
  const settled = offers.filter(({ offer }) => offer.state !== "offer");
  return (
    <>
      <p>
        {open.length === 0
          ? "Nothing is offered at present."
          : `${number(open.length)} of ${count(made.length, "adaptation")} are offered, for everybody to have.`}
        {settled.length === 0
          ? ""
          : ` ${count(settled.length, "earlier offer")} was answered.`.replace("offers was", "offers were")}
      </p>
      <ul class="cards">
        {open.map((each) => (
          <OfferItem {...each} />
        ))}
      </ul>
      {settled.length === 0 ? null : (
        <details>
          <summary>Offers that were answered</summary>
          <ul class="cards">
            {settled.map((each) => (
              <OfferItem {...each} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function OfferItem({ by, adaptation, offer }: Made & { offer: Offer }): VNode {
  const { title, why, kind, passages } = adaptation;
  return (
    <li>
      <h3>
        <Written>{title}</Written>
      </h3>
      <p class="why">
        <Written>{why}</Written>
      </p>
      <p class="quiet">
        <VersionLink entry={by} /> ·{" "}
        {[kind, adaptation.for.join(", ")].filter((word) => word !== "").join(", ")}
        {passages.map((at) => (
          <>
            {" "}
            · <Address at={at} />
          </>
        ))}
      </p>
      <Answer offer={offer} />
    </li>
  );
}

function Answer({ offer }: { offer: Offer }): VNode | null {
  if (offer.state === "taken")
    return (
      <p>
        Taken{offer.detail === "" ? "" : " with "}
        <Written>{offer.detail}</Written>
      </p>
    );
  if (offer.state === "declined")
    return (
      <p>
        Declined{offer.detail === "" ? "" : ": "}
        <Written>{offer.detail}</Written>
      </p>
    );
  if (offer.detail === null) return null;
  const isPage = /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i.test(offer.detail);
  return (
    <p>
      Offered at{" "}
      {isPage ? (
        <a href={offer.detail} rel="noreferrer noopener">
          {offer.detail}
        </a>
      ) : (
        <Written>{offer.detail}</Written>
      )}
    </p>
  );
}
