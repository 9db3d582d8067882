import type { VNode } from "preact";
import type { Invitation } from "../../../trust/survey.ts";
import { count, number } from "../../wording.ts";
import { Address, Written } from "../parts.tsx";
import { namesIn, type Trust } from "../reading/trust.ts";

/** Places where an author asks to be adapted. */
export function Invitations({ trust }: { trust: Trust }): VNode {
  const { invitations } = trust.survey;
  if (invitations.length === 0) return <p>The centre invites nobody to adapt a passage yet.</p>;
  const taken = invitations.filter(({ takenUpBy }) => takenUpBy.length > 0);
  const waiting = invitations.filter(({ takenUpBy }) => takenUpBy.length === 0);
  return (
    <>
      <p>
        The centre's authors ask to be adapted in {count(invitations.length, "place")}; {number(taken.length)}{" "}
        of {number(invitations.length)} {taken.length === 1 ? "was" : "were"} taken up.
      </p>
      <ul class="cards">
        {[...taken, ...waiting].map((invitation) => (
          <Invited invitation={invitation} trust={trust} />
        ))}
      </ul>
    </>
  );
}

function Invited({ invitation, trust }: { invitation: Invitation; trust: Trust }): VNode {
  const { at, document, keep, ideas, takenUpBy } = invitation;
  const nameOf = namesIn(trust);
  return (
    <li>
      <h3>
        <Written>{document}</Written>
      </h3>
      <p class="quiet">
        <Address at={at} />
      </p>
      {keep === null ? null : (
        <p>
          Keep: <Written>{keep}</Written>
        </p>
      )}
      {ideas.length === 0 ? null : (
        <p>
          Ideas: <Written>{ideas.join("; ")}</Written>
        </p>
      )}
      {takenUpBy.length === 0 ? (
        <p class="quiet">Taken up by none of {count(trust.current.length, "version")} so far.</p>
      ) : (
        <p>
          Taken up by <b>{number(takenUpBy.length)}</b> of {count(trust.current.length, "version")}:{" "}
          <Written>{takenUpBy.map(nameOf).join(", ")}</Written>
        </p>
      )}
    </li>
  );
}
