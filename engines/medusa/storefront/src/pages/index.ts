import type { App } from "../app";
import type { Route } from "../router";
import type { View } from "../view";
import { cartPage } from "./cart";
import { checkoutPage } from "./checkout";
import { notFoundPage } from "./not-found";
import { orderPage } from "./order";
import { productPage } from "./product";
import { productsPage } from "./products";

export function showPage(app: App, view: View, route: Route): Promise<void> {
  switch (route.page) {
    case "products":
      return productsPage(app, view);
    case "product":
      return productPage(app, view, route.handle);
    case "cart":
      return cartPage(app, view);
    case "checkout":
      return checkoutPage(app, view);
    case "order":
      return orderPage(app, view, route.id);
    case "not-found":
      return notFoundPage(app, view);
  }
}
