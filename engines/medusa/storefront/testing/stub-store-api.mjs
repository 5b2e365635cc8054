/**
 * A small stand-in for Medusa's Store API, with the whole purchase in memory. It also serves `/config.json` and the built
 * files as the real server does. `node testing/stub-store-api.mjs [port]`, or `startStub()` from a test.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { products, regions, round, shippingOptions } from "./stub-data.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const publishableKey = "pk_stub";
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

class Refusal extends Error {
  constructor(status, type, message, code) {
    super(message);
    this.status = status;
    this.body = { type, message, ...(code ? { code } : {}) };
  }
}

/**
 * `behavior` can be changed while the stub runs: `mode` is "ok", "down" (503), "not-ready" (no config), "empty" (no
 * products), "broken" (500) or "hang"; `delayMs` slows every answer.
 */
export async function startStub({ port = 0, behavior = { mode: "ok", delayMs: 0 } } = {}) {
  const store = { carts: new Map(), orders: new Map(), collections: new Map(), next: 1 };
  const server = createServer((request, response) => {
    answer(request, response, store, behavior).catch((error) => {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "unknown_error", String(error));
      send(response, refusal.status, refusal.body);
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    behavior,
    store,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(request, response, store, behavior) {
  const url = new URL(request.url, "http://stub");
  if (url.pathname === "/config.json") {
    if (behavior.mode === "not-ready") return send(response, 404, {});
    return send(response, 200, { publishable_key: publishableKey, store_name: "Ann's corner shop" });
  }
  if (!url.pathname.startsWith("/store/")) return sendFile(response, url.pathname);

  if (behavior.mode === "hang") return;
  await new Promise((resolve) => setTimeout(resolve, behavior.delayMs));
  if (behavior.mode === "down") throw new Refusal(503, "unavailable", "down");
  if (behavior.mode === "broken") throw new Refusal(500, "unknown_error", "broken");
  if (request.headers["x-publishable-api-key"] !== publishableKey) {
    throw new Refusal(400, "not_allowed", "A valid publishable key is required to proceed with the request");
  }

  const body = await readBody(request);
  const parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
  const route = `${request.method} ${parts.map((part, index) => (index % 2 === 1 ? ":id" : part)).join("/")}`;
  const handler = handlers[route];
  if (!handler) throw new Refusal(404, "not_found", `no ${route}`);
  return send(response, 200, handler({ store, behavior, query: url.searchParams, body, id: parts[1], lineId: parts[3] }));
}

const handlers = {
  "GET regions": () => ({ regions }),

  "GET products": ({ query, behavior }) => {
    const region = regionOf(query.get("region_id"));
    const handle = query.get("handle");
    const all = behavior.mode === "empty" ? [] : products.filter((product) => !handle || product.handle === handle);
    const offset = Number(query.get("offset") ?? 0);
    const limit = Number(query.get("limit") ?? 50);
    return {
      products: all.slice(offset, offset + limit).map((product) => priced(product, region)),
      count: all.length,
      offset,
      limit,
    };
  },

  "POST carts": ({ store, body }) => {
    const region = regionOf(body.region_id);
    const cart = { id: `cart_${store.next++}`, region, email: body.email ?? null, lines: [], address: body.shipping_address ?? null, option: null, completed_at: null };
    store.carts.set(cart.id, cart);
    return { cart: cartView(cart) };
  },

  "GET carts/:id": ({ store, id }) => ({ cart: cartView(cartOf(store, id)) }),

  "POST carts/:id": ({ store, id, body }) => {
    const cart = openCart(store, id);
    if (body.region_id) cart.region = regionOf(body.region_id);
    if (body.email !== undefined) cart.email = body.email;
    if (body.shipping_address) cart.address = body.shipping_address;
    cart.option = null;
    return { cart: cartView(cart) };
  },

  "POST carts/:id/line-items": ({ store, id, body }) => {
    const cart = openCart(store, id);
    const { product, variant } = variantOf(body.variant_id);
    const line = cart.lines.find((one) => one.variant.id === variant.id);
    const quantity = (line?.quantity ?? 0) + body.quantity;
    requireStock(variant, quantity);
    if (line) line.quantity = quantity;
    else cart.lines.push({ id: `line_${store.next++}`, product, variant, quantity });
    return { cart: cartView(cart) };
  },

  "POST carts/:id/line-items/:id": ({ store, id, lineId, body }) => {
    const cart = openCart(store, id);
    const line = lineOf(cart, lineId);
    requireStock(line.variant, body.quantity);
    line.quantity = body.quantity;
    return { cart: cartView(cart) };
  },

  "DELETE carts/:id/line-items/:id": ({ store, id, lineId }) => {
    const cart = openCart(store, id);
    lineOf(cart, lineId);
    cart.lines = cart.lines.filter((line) => line.id !== lineId);
    return { id: lineId, object: "line-item", deleted: true, parent: cartView(cart) };
  },

  "GET shipping-options": ({ store, query }) => {
    openCart(store, query.get("cart_id"));
    return { shipping_options: shippingOptions };
  },

  "POST carts/:id/shipping-methods": ({ store, id, body }) => {
    const cart = openCart(store, id);
    cart.option = shippingOptions.find((option) => option.id === body.option_id) ?? refuse(400, "invalid_data", "no such option");
    return { cart: cartView(cart) };
  },

  "GET payment-providers": () => ({ payment_providers: [{ id: "pp_system_default", is_enabled: true }] }),

  "POST payment-collections": ({ store, body }) => {
    const cart = openCart(store, body.cart_id);
    const collection = { id: `paycol_${cart.id}`, cart, sessions: [] };
    store.collections.set(collection.id, collection);
    cart.collection = collection;
    return { payment_collection: { id: collection.id, amount: cartView(cart).total } };
  },

  "POST payment-collections/:id/payment-sessions": ({ store, id, body }) => {
    const collection = store.collections.get(id) ?? refuse(404, "not_found", "no collection");
    collection.sessions = [{ id: "payses_1", provider_id: body.provider_id, status: "pending" }];
    return { payment_collection: { id, payment_sessions: collection.sessions } };
  },

  "POST carts/:id/complete": ({ store, id }) => {
    const cart = cartOf(store, id);
    if (cart.order) return { type: "order", order: cart.order };
    if (!cart.option) refuse(400, "invalid_data", "No shipping method selected but the cart contains items that require shipping.");
    if (!cart.collection?.sessions.length) refuse(400, "invalid_data", "Payment sessions are required to complete cart");
    const view = cartView(cart);
    cart.completed_at = "2026-11-21T12:00:00.000Z";
    cart.order = { ...view, id: `order_${store.next++}`, display_id: 1000 + store.orders.size + 1, status: "pending", created_at: cart.completed_at };
    store.orders.set(cart.order.id, cart.order);
    return { type: "order", order: cart.order };
  },

  "GET orders/:id": ({ store, id }) => ({ order: store.orders.get(id) ?? refuse(404, "not_found", "Order not found") }),
};

function cartView(cart) {
  const { currency_code } = cart.region;
  const items = cart.lines.map((line) => {
    const unit_price = line.variant.price[currency_code].amount;
    return {
      id: line.id,
      title: line.product.title,
      product_title: line.product.title,
      product_handle: line.product.handle,
      variant_id: line.variant.id,
      variant_title: line.variant.title,
      thumbnail: line.product.thumbnail,
      quantity: line.quantity,
      unit_price,
      total: round(unit_price * line.quantity),
      requires_shipping: true,
    };
  });
  const item_total = round(items.reduce((sum, item) => sum + item.total, 0));
  const shipping_total = cart.option?.amount ?? 0;
  const total = round(item_total + shipping_total);
  return {
    id: cart.id,
    email: cart.email,
    currency_code,
    region_id: cart.region.id,
    region: cart.region,
    completed_at: cart.completed_at,
    items,
    item_total,
    shipping_total,
    tax_total: currency_code === "eur" ? round(total - total / 1.19) : 0,
    discount_total: 0,
    total,
    shipping_address: cart.address,
    shipping_methods: cart.option ? [{ name: cart.option.name, amount: cart.option.amount, shipping_option_id: cart.option.id }] : [],
  };
}

function priced(product, region) {
  const variants = product.variants.map(({ price, ...variant }) => ({
    ...variant,
    calculated_price: {
      calculated_amount: price[region.currency_code].amount,
      original_amount: price[region.currency_code].original,
      currency_code: region.currency_code,
    },
  }));
  return { ...product, variants };
}

function regionOf(id) {
  return regions.find((region) => region.id === id) ?? refuse(404, "not_found", "Region not found");
}

function variantOf(id) {
  for (const product of products) {
    const variant = product.variants.find((one) => one.id === id);
    if (variant) return { product, variant };
  }
  return refuse(404, "not_found", "Variant not found");
}

function requireStock(variant, quantity) {
  if (variant.manage_inventory && variant.inventory_quantity < quantity) {
    refuse(400, "not_allowed", "Some variant does not have the required inventory", "insufficient_inventory");
  }
}

function cartOf(store, id) {
  return store.carts.get(id) ?? refuse(404, "not_found", `Cart with id '${id}' not found`);
}

function openCart(store, id) {
  const cart = cartOf(store, id);
  if (cart.completed_at) refuse(400, "invalid_data", `Cart ${id} is already completed.`);
  return cart;
}

function lineOf(cart, id) {
  return cart.lines.find((line) => line.id === id) ?? refuse(404, "not_found", "Line item not found");
}

function refuse(status, type, message, code) {
  throw new Refusal(status, type, message, code);
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : {};
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

async function sendFile(response, pathname) {
  const extension = extname(pathname);
  const file = join(dist, extension ? normalize(pathname) : "index.html");
  try {
    if (!file.startsWith(dist)) throw new Error("outside");
    const content = await readFile(file);
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
    });
    response.end(content);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("not found");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stub = await startStub({ port: Number(process.argv[2] ?? 9100) });
  console.log(`Stub Store API on ${stub.url}`);
}
