import { delay, type ApiClient } from "./client";
import { ApiError } from "./errors";
import type { Address, Cart, Completion, Order, Product, ProductPage, Region, ShippingOption } from "./types";

export interface Place {
  regionId: string;
  countryCode: string;
}

export interface CartPatch {
  region_id?: string;
  email?: string;
  shipping_address?: Address;
  billing_address?: Address;
}

/** Medusa allows a fixed list of fields only; these are on it. */
const cartFields = "+items.total,+shipping_methods.name";
const priceFields = "*variants.calculated_price";
const stockFields = "+variants.inventory_quantity";

/** The Store API calls of the storefront, one method each. */
export class StoreApi {
  private stockKnown = true;

  constructor(private readonly client: ApiClient) {}

  async regions(signal?: AbortSignal): Promise<Region[]> {
    const answer = await this.client.get<{ regions: Region[] }>("/store/regions", withSignal(signal, { limit: 100 }));
    return answer.regions;
  }

  products(place: Place, offset: number, limit: number, signal?: AbortSignal): Promise<ProductPage> {
    return this.listProducts({ ...placeQuery(place), offset, limit }, signal);
  }

  async productByHandle(place: Place, handle: string, signal?: AbortSignal): Promise<Product | undefined> {
    const page = await this.listProducts({ ...placeQuery(place), handle, limit: 1 }, signal);
    return page.products[0];
  }

  async createCart(place: Place): Promise<Cart> {
    return this.cartOf("/store/carts", { region_id: place.regionId, shipping_address: { country_code: place.countryCode } });
  }

  async cart(id: string): Promise<Cart> {
    return (await this.client.get<{ cart: Cart }>(path`/store/carts/${id}`, { query: { fields: cartFields } })).cart;
  }

  updateCart(id: string, patch: CartPatch): Promise<Cart> {
    return this.cartOf(path`/store/carts/${id}`, patch);
  }

  addLine(id: string, variantId: string, quantity: number): Promise<Cart> {
    return this.cartOf(path`/store/carts/${id}/line-items`, { variant_id: variantId, quantity });
  }

  updateLine(id: string, lineId: string, quantity: number): Promise<Cart> {
    return this.cartOf(path`/store/carts/${id}/line-items/${lineId}`, { quantity });
  }

  async removeLine(id: string, lineId: string): Promise<Cart> {
    await this.client.delete<unknown>(path`/store/carts/${id}/line-items/${lineId}`);
    return this.cart(id);
  }

  async shippingOptions(cartId: string, signal?: AbortSignal): Promise<ShippingOption[]> {
    const answer = await this.client.get<{ shipping_options: ShippingOption[] }>(
      "/store/shipping-options",
      withSignal(signal, { cart_id: cartId }),
    );
    return answer.shipping_options;
  }

  setShippingOption(cartId: string, optionId: string): Promise<Cart> {
    return this.cartOf(path`/store/carts/${cartId}/shipping-methods`, { option_id: optionId });
  }

  async paymentProviders(regionId: string, signal?: AbortSignal): Promise<string[]> {
    const answer = await this.client.get<{ payment_providers: { id: string }[] }>(
      "/store/payment-providers",
      withSignal(signal, { region_id: regionId }),
    );
    return answer.payment_providers.map((provider) => provider.id);
  }

  async startPayment(cartId: string, providerId: string): Promise<void> {
    const answer = await this.client.post<{ payment_collection: { id: string } }>("/store/payment-collections", {
      cart_id: cartId,
    });
    await this.client.post<unknown>(path`/store/payment-collections/${answer.payment_collection.id}/payment-sessions`, {
      provider_id: providerId,
    });
  }

  /** Completing twice gives the same order, so a lost answer is asked for again. */
  async complete(cartId: string, tries = 3, pauseMs = 1000): Promise<Completion> {
    for (let left = tries - 1; ; left--) {
      try {
        return await this.client.post<Completion>(path`/store/carts/${cartId}/complete`, {});
      } catch (error) {
        const again = error instanceof ApiError && ["network", "timeout", "unavailable", "busy"].includes(error.kind);
        if (!again || left <= 0) throw error;
        await delay(pauseMs);
      }
    }
  }

  async order(id: string, signal?: AbortSignal): Promise<Order> {
    return (await this.client.get<{ order: Order }>(path`/store/orders/${id}`, signal ? { signal } : {})).order;
  }

  private async cartOf(url: string, body: unknown): Promise<Cart> {
    return (await this.client.post<{ cart: Cart }>(url, body, { query: { fields: cartFields } })).cart;
  }

  /** A key with several sales channels makes Medusa refuse stock numbers; then the shop works without them. */
  private async listProducts(
    query: Record<string, string | number | undefined>,
    signal?: AbortSignal,
  ): Promise<ProductPage> {
    const fields = this.stockKnown ? `${priceFields},${stockFields}` : priceFields;
    try {
      return await this.client.get<ProductPage>("/store/products", withSignal(signal, { ...query, fields }));
    } catch (error) {
      if (!this.stockKnown || !(error instanceof ApiError) || error.kind !== "rejected") throw error;
      this.stockKnown = false;
      return this.client.get<ProductPage>("/store/products", withSignal(signal, { ...query, fields: priceFields }));
    }
  }
}

function placeQuery(place: Place): Record<string, string> {
  return { region_id: place.regionId, country_code: place.countryCode };
}

function withSignal(signal: AbortSignal | undefined, query: Record<string, string | number | undefined>) {
  return signal ? { query, signal } : { query };
}

function path(strings: TemplateStringsArray, ...values: string[]): string {
  return strings.reduce((whole, part, index) => whole + encodeURIComponent(values[index - 1] ?? "") + part);
}
