import { h } from "../dom";
import { safeImageUrl } from "../image";
import { placeholder } from "./placeholder";

export interface PictureOptions {
  url: string | null | undefined;
  seed: string;
  alt?: string;
  eager?: boolean;
}

/** A square picture; without an address, or when it does not load, the product's own drawing. */
export function picture(options: PictureOptions): HTMLElement {
  const frame = h("div", { class: "picture" });
  const url = safeImageUrl(options.url);
  if (!url) {
    frame.append(placeholder(options.seed));
    return frame;
  }
  const image = h("img", {
    src: url,
    alt: options.alt ?? "",
    loading: options.eager ? "eager" : "lazy",
    decoding: "async",
    referrerpolicy: "no-referrer",
    width: 600,
    height: 600,
  });
  image.addEventListener("error", () => frame.replaceChildren(placeholder(options.seed)));
  frame.append(image);
  return frame;
}
