import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../src/api/errors";
import type { StoreApi } from "../src/api/store-api";
import type { Cart } from "../src/api/types";
import { CartState, cartStorageKey, lineTotal } from "../src/cart";
import type { KeyValueStorage } from "../src/storage";

const cart = (id: string, quantity = 0, extra: Partial<Cart> = {}): Cart => ({
  id,
  currency_code: "eur",
  region_id: "r1",
  items: quantity > 0 ? [{ id: "line", quantity, unit_price: 2 }] : [],
  ...extra,
});

function setUp(api: Partial<Record<keyof StoreApi, unknown>>, saved?: string) {
  const values = new Map<string, string>(saved ? [[cartStorageKey, saved]] : []);
  const storage: KeyValueStorage = {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void (value === null ? values.delete(key) : values.set(key, value)),
  };
  return { values, state: new CartState(api as unknown as StoreApi, storage, () => ({ regionId: "r1", countryCode: "de" })) };
}

describe("CartState", () => {
  let createCart: ReturnType<typeof vi.fn>;
  beforeEach(() => {
    createCart = vi.fn(async () => cart("new"));
  });

  it("starts a cart with the first product and keeps its id", async () => {
    const { state, values } = setUp({ createCart, addLine: async (id: string) => cart(id, 2) });
    const seen: number[] = [];
    state.subscribe(() => seen.push(state.count));
    await state.add("v", 2);
    expect(values.get(cartStorageKey)).toBe("new");
    expect(seen).toEqual([2]);
  });

  it("forgets a cart that is gone and starts a new one", async () => {
    const gone = async (id: string): Promise<Cart> => {
      if (id === "old") throw new ApiError("not_found", 404);
      return cart(id, 1);
    };
    const { state, values } = setUp({ createCart, addLine: gone, cart: gone }, "old");
    await state.add("v", 1);
    expect(values.get(cartStorageKey)).toBe("new");
  });

  it("keeps the cart when only the product is gone", async () => {
    const addLine = async (): Promise<Cart> => {
      throw new ApiError("not_found", 404);
    };
    const { state, values } = setUp({ createCart, addLine, cart: async () => cart("old", 1) }, "old");
    await expect(state.add("v", 1)).rejects.toMatchObject({ kind: "not_found" });
    expect(values.get(cartStorageKey)).toBe("old");
    expect(createCart).not.toHaveBeenCalled();
  });

  it("forgets an ordered cart on load and finds its order", async () => {
    const { state, values } = setUp(
      { cart: async () => cart("old", 1, { completed_at: "2026-01-01" }), complete: async () => ({ type: "order", order: { id: "order_1" } }) },
      "old",
    );
    expect(await state.load()).toBeNull();
    expect(values.has(cartStorageKey)).toBe(false);
    expect(state.lastOrder).toBe("order_1");
  });

  it("keeps the id when the API is merely down", async () => {
    const { state, values } = setUp({ cart: async () => Promise.reject(new ApiError("unavailable", 503)) }, "old");
    await expect(state.load()).rejects.toMatchObject({ kind: "unavailable" });
    expect(values.get(cartStorageKey)).toBe("old");
  });

  it("moves a cart of another region to the chosen one", async () => {
    const updateCart = vi.fn(async (id: string) => cart(id, 1));
    const { state } = setUp({ cart: async () => cart("old", 1, { region_id: "r2" }), updateCart }, "old");
    await state.load();
    expect(updateCart).toHaveBeenCalledWith("old", { region_id: "r1", shipping_address: { country_code: "de" } });
  });

  it("runs changes one after the other, also after a failure", async () => {
    const order: string[] = [];
    const updateLine = async (_id: string, _line: string, quantity: number): Promise<Cart> => {
      order.push(`start ${quantity}`);
      await Promise.resolve();
      order.push(`end ${quantity}`);
      if (quantity === 1) throw new ApiError("stock", 400);
      return cart("c", quantity);
    };
    const { state } = setUp({ updateLine }, "c");
    const results = await Promise.allSettled([state.setQuantity("line", 1), state.setQuantity("line", 2)]);
    expect(order).toEqual(["start 1", "end 1", "start 2", "end 2"]);
    expect(results.map((result) => result.status)).toEqual(["rejected", "fulfilled"]);
    expect(state.count).toBe(2);
  });

  it("takes quantity 0 as a removal", async () => {
    const removeLine = vi.fn(async () => cart("c"));
    const { state } = setUp({ removeLine }, "c");
    await state.setQuantity("line", 0);
    expect(removeLine).toHaveBeenCalledWith("c", "line");
  });

  it("shows the true cart when a line was removed elsewhere", async () => {
    const removeLine = async (): Promise<Cart> => Promise.reject(new ApiError("not_found", 404));
    const { state } = setUp({ removeLine, cart: async () => cart("c", 3) }, "c");
    await state.remove("line");
    expect(state.count).toBe(3);
  });

  it("forgets the cart and remembers the order once it is placed", () => {
    const { state, values } = setUp({}, "c");
    state.completed("order_9");
    expect(values.has(cartStorageKey)).toBe(false);
    expect(state.lastOrder).toBe("order_9");
  });
});

describe("lineTotal", () => {
  it("takes the shop's total first", () => {
    expect(lineTotal({ id: "l", quantity: 2, unit_price: 3, total: 7 })).toBe(7);
    expect(lineTotal({ id: "l", quantity: 2, unit_price: 3 })).toBe(6);
  });
});
