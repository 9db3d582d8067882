import { type PlotOptions, plot } from "@observablehq/plot";
import { type Element, DOMImplementation as Implementation, type Node } from "@xmldom/xmldom";
import { type ComponentChildren, h, type VNode } from "preact";

type Attributes = Record<string, string | undefined>;

const ELEMENT = 1;
const TEXT = 3;

/** Options of a plot without axes, in which places are given in pixels from the top left. */
export function inPixels(width: number, height: number) {
  return {
    width,
    height,
    margin: 0,
    axis: null,
    x: { domain: [0, width], range: [0, width] },
    y: { domain: [0, height], range: [0, height] },
  } satisfies PlotOptions;
}

/** What a reader who does not see the drawing is given. */
type Told =
  /** Everything in it stands in the text beside it. */
  | { readonly hidden: true }
  /** Its links are read one after another, under this name. */
  | { readonly label: string };

/**
 * Draws a plot without a browser, as nodes of the page: what it says is escaped like all other text, and the colours
 * are the page's own.
 */
export function drawn(options: PlotOptions, told: Told): VNode {
  const document = new Implementation().createDocument(null, "svg");
  const svg = plot({ ...options, document: document as unknown as Document }) as unknown as Element;
  const hidden = "hidden" in told;
  const reading = hidden ? { "aria-hidden": "true" } : { role: "group", "aria-label": told.label };
  const attributes: Attributes = { ...attributesOf(svg), class: "plot", ...reading };
  return h("svg", attributes, childrenOf(svg, hidden));
}

function childrenOf(parent: Node, hidden: boolean): ComponentChildren[] {
  return [...parent.childNodes].map((node) => {
    if (node.nodeType === TEXT) return node.nodeValue;
    if (node.nodeType !== ELEMENT || node.nodeName === "style") return null;
    const attributes = attributesOf(node as Element);
    // The names that the library gives to its layers say nothing to a reader.
    if (hidden || node.nodeName === "g") delete attributes["aria-label"];
    return h(node.nodeName, attributes, childrenOf(node, hidden));
  });
}

function attributesOf(element: Element): Attributes {
  const pairs = [...element.attributes].map(({ name, value }) => [
    name === "xlink:href" ? "href" : name,
    value,
  ]);
  return Object.fromEntries(pairs.filter(([name]) => !name?.startsWith("xmlns")));
}
