import { ApiError } from "./api/errors";

export interface ShopConfig {
  publishableKey: string;
  storeName: string;
}

/** Reads `/config.json`; a shop without a key is a shop that is not ready yet. */
export async function loadConfig(doFetch: typeof fetch = fetch): Promise<ShopConfig> {
  let response: Response;
  try {
    response = await doFetch("/config.json", { cache: "no-cache", credentials: "same-origin" });
  } catch {
    throw new ApiError("network");
  }
  if (!response.ok) throw new ApiError("not_ready", response.status);
  return parseConfig(await response.text());
}

export function parseConfig(text: string): ShopConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError("not_ready");
  }
  const { publishable_key: key, store_name: name } = (value ?? {}) as Record<string, unknown>;
  if (typeof key !== "string" || !key.startsWith("pk_")) throw new ApiError("not_ready");
  return { publishableKey: key, storeName: typeof name === "string" ? name.trim() : "" };
}
