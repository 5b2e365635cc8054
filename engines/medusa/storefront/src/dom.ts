/**
 * Elements without HTML strings: text is always a text node, and attributes that could run code are refused.
 * There is no innerHTML in this storefront.
 */

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Listener = (event: Event) => void;
export type Props = Record<string, string | number | boolean | null | undefined | Listener>;

const asProperty = new Set(["value", "checked", "disabled", "hidden"]);
const svgNamespace = "http://www.w3.org/2000/svg";

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setProps(element, props);
  appendChildren(element, children);
  return element;
}

export function svg(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** An id that is unique in the page, for labels and descriptions. */
export function uniqueId(prefix: string): string {
  counter += 1;
  return `${prefix}-${counter}`;
}
let counter = 0;

function setProps(element: HTMLElement, props?: Props | null): void {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined) continue;
    if (typeof value === "function") {
      element.addEventListener(name.replace(/^on/, "").toLowerCase(), value);
    } else if (asProperty.has(name)) {
      (element as unknown as Record<string, unknown>)[name] = value;
    } else if (value !== false && isSafeAttribute(name, value)) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function isSafeAttribute(name: string, value: string | number | true): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith("on") || lower === "style" || lower === "srcdoc") return false;
  if (lower !== "href" && lower !== "src") return true;
  // Control characters and spaces are dropped first, as browsers do.
  const target = String(value).replace(/[\u0000-\u0020]/g, "").toLowerCase();
  return !/^(javascript|vbscript|data):/.test(target);
}

function appendChildren(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) appendChildren(parent, child as readonly Child[]);
    else parent.append(child instanceof Node ? child : String(child as string | number));
  }
}
