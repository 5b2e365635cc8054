import type { Product } from "../api/types";
import { h } from "../dom";
import { safeImageUrl } from "../image";
import { messages } from "../messages";
import { picture } from "./picture";

/** The product's pictures: one large, the others as buttons below it. */
export function gallery(product: Product): HTMLElement {
  const urls = [product.thumbnail, ...(product.images ?? []).map((image) => image.url)]
    .map(safeImageUrl)
    .filter((url) => url !== null);
  const unique = [...new Set(urls)];
  const large = (url: string | undefined): HTMLElement => picture({ url, seed: product.handle, alt: product.title, eager: true });

  const stage = h("div", { class: "gallery-stage" }, large(unique[0]));
  if (unique.length < 2) return h("div", { class: "gallery" }, stage);

  const buttons = unique.map((url, index) => {
    const button = h(
      "button",
      { type: "button", "aria-label": messages.product.imageOf(index + 1, unique.length), "aria-pressed": String(index === 0) },
      picture({ url, seed: product.handle, eager: true }),
    );
    button.addEventListener("click", () => {
      stage.replaceChildren(large(url));
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
    return button;
  });
  return h("div", { class: "gallery" }, stage, h("div", { class: "gallery-strip" }, buttons));
}
