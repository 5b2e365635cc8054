import { ApiError } from "./api/errors";
import type { CartPatch, Place, StoreApi } from "./api/store-api";
import type { Cart, LineItem } from "./api/types";
import type { KeyValueStorage } from "./storage";

export const cartStorageKey = "souk.cart";
const orderStorageKey = "souk.last_order";

/**
 * The visitor's cart. Changes run one after the other, because Medusa locks a cart while it works on it.
 * A cart that is gone or already ordered is forgotten, and the next product starts a new one.
 */
export class CartState {
  private current: Cart | null = null;
  private tail: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<(cart: Cart | null) => void>();

  constructor(
    private readonly api: StoreApi,
    private readonly storage: KeyValueStorage,
    private readonly place: () => Place,
  ) {}

  get cart(): Cart | null {
    return this.current;
  }

  get lines(): LineItem[] {
    return linesOf(this.current);
  }

  get count(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  get lastOrder(): string | null {
    return this.storage.get(orderStorageKey);
  }

  subscribe(listener: (cart: Cart | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  load(): Promise<Cart | null> {
    return this.enqueue(async () => {
      const id = this.storage.get(cartStorageKey);
      if (!id) return this.publish(null);
      let cart: Cart;
      try {
        cart = await this.api.cart(id);
      } catch (error) {
        if (isGone(error)) return this.forget();
        throw error;
      }
      if (cart.completed_at) return this.forgetOrdered(id);
      return this.publish(await this.matchRegion(cart));
    });
  }

  add(variantId: string, quantity: number): Promise<Cart> {
    return this.enqueue(async () => {
      const known = this.storage.get(cartStorageKey);
      if (known) {
        try {
          return this.publish(await this.api.addLine(known, variantId, quantity));
        } catch (error) {
          if (!(await this.isUnusable(known, error))) throw error;
          this.forget();
        }
      }
      const fresh = await this.api.createCart(this.place());
      this.storage.set(cartStorageKey, fresh.id);
      return this.publish(await this.api.addLine(fresh.id, variantId, quantity));
    });
  }

  setQuantity(lineId: string, quantity: number): Promise<Cart | null> {
    return quantity < 1 ? this.remove(lineId) : this.change((id) => this.api.updateLine(id, lineId, quantity));
  }

  remove(lineId: string): Promise<Cart | null> {
    return this.change((id) => this.api.removeLine(id, lineId));
  }

  update(patch: CartPatch): Promise<Cart | null> {
    return this.change((id) => this.api.updateCart(id, patch));
  }

  setShippingOption(optionId: string): Promise<Cart | null> {
    return this.change((id) => this.api.setShippingOption(id, optionId));
  }

  /** Moves the cart to the chosen country; without a cart there is nothing to do. */
  moveToPlace(place: Place): Promise<Cart | null> {
    if (!this.storage.get(cartStorageKey)) return Promise.resolve(null);
    return this.update({ region_id: place.regionId, shipping_address: { country_code: place.countryCode } });
  }

  completed(orderId: string): void {
    this.storage.set(orderStorageKey, orderId);
    this.forget();
  }

  private change(work: (cartId: string) => Promise<Cart>): Promise<Cart | null> {
    return this.enqueue(async () => {
      const id = this.storage.get(cartStorageKey);
      if (!id) return this.publish(null);
      try {
        return this.publish(await work(id));
      } catch (error) {
        if (!isGone(error)) throw error;
        return this.recover(id, error);
      }
    });
  }

  /** A 404 may mean the line is gone (another tab) or the whole cart. */
  private async recover(id: string, error: unknown): Promise<Cart | null> {
    if (error instanceof ApiError && error.kind === "completed") return this.forgetOrdered(id);
    try {
      const cart = await this.api.cart(id);
      return cart.completed_at ? await this.forgetOrdered(id) : this.publish(cart);
    } catch (again) {
      if (isGone(again)) return this.forget();
      throw again;
    }
  }

  private async isUnusable(id: string, error: unknown): Promise<boolean> {
    if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return false;
    if (error.kind === "completed") return true;
    try {
      return Boolean((await this.api.cart(id)).completed_at);
    } catch (again) {
      return isGone(again);
    }
  }

  private async matchRegion(cart: Cart): Promise<Cart> {
    const { regionId, countryCode } = this.place();
    const own = cart.region_id ?? cart.region?.id;
    if (!own || own === regionId) return cart;
    try {
      return await this.api.updateCart(cart.id, { region_id: regionId, shipping_address: { country_code: countryCode } });
    } catch {
      return cart;
    }
  }

  /** Completing a completed cart answers with its order: that is how a lost order number is found again. */
  private async forgetOrdered(cartId: string): Promise<null> {
    try {
      const result = await this.api.complete(cartId, 1);
      if (result.type === "order") this.storage.set(orderStorageKey, result.order.id);
    } catch {
      // The cart is of no use either way.
    }
    return this.forget();
  }

  private forget(): null {
    this.storage.set(cartStorageKey, null);
    this.publish(null);
    return null;
  }

  private publish<T extends Cart | null>(cart: T): T {
    this.current = cart;
    for (const listener of [...this.listeners]) listener(cart);
    return cart;
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work, work);
    this.tail = result.catch(() => undefined);
    return result;
  }
}

export function linesOf(holder: { items?: LineItem[] | null } | null): LineItem[] {
  return holder?.items ?? [];
}

export function lineTitle(line: LineItem): string {
  return line.product_title ?? line.title ?? "";
}

export function lineTotal(line: LineItem): number {
  return line.total ?? line.unit_price * line.quantity;
}

export function needsShipping(cart: Cart): boolean {
  return linesOf(cart).some((line) => line.requires_shipping !== false);
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.kind === "not_found" || error.kind === "completed");
}
