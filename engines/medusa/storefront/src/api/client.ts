import { ApiError, errorFromResponse } from "./errors";

export interface RequestOptions {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

export interface ClientOptions {
  publishableKey: string;
  fetch?: typeof fetch;
  timeoutMs?: number;
  retryDelayMs?: number;
}

/** JSON over fetch with the shop's key, a deadline, and one quiet second try for reads. */
export class ApiClient {
  private readonly key: string;
  private readonly doFetch: typeof fetch;
  private readonly timeoutMs: number;
  private readonly retryDelayMs: number;

  constructor(options: ClientOptions) {
    this.key = options.publishableKey;
    this.doFetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.timeoutMs = options.timeoutMs ?? 20_000;
    this.retryDelayMs = options.retryDelayMs ?? 500;
  }

  async get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    try {
      return await this.send<T>("GET", path, options);
    } catch (error) {
      if (!(error instanceof ApiError) || (error.kind !== "network" && error.kind !== "unavailable")) throw error;
      await delay(this.retryDelayMs, options.signal);
      return this.send<T>("GET", path, options);
    }
  }

  post<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.send<T>("POST", path, { ...options, body });
  }

  delete<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return this.send<T>("DELETE", path, options);
  }

  private async send<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const headers: Record<string, string> = { accept: "application/json", "x-publishable-api-key": this.key };
    if (options.body !== undefined) headers["content-type"] = "application/json";

    const abort = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      abort.abort();
    }, this.timeoutMs);
    const outer = options.signal;
    const forward = (): void => abort.abort();
    if (outer?.aborted) abort.abort();
    outer?.addEventListener("abort", forward);

    try {
      const response = await this.doFetch(path + queryString(options.query), {
        method,
        headers,
        signal: abort.signal,
        credentials: "same-origin",
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      });
      const body = await readJson(response);
      if (!response.ok) throw errorFromResponse(response.status, body);
      if (body === undefined) throw new ApiError("unexpected", response.status, "The answer is not JSON.");
      return body as T;
    } catch (error) {
      if (outer?.aborted) throw new DOMException("Aborted", "AbortError");
      if (timedOut) throw new ApiError("timeout");
      if (error instanceof ApiError) throw error;
      throw new ApiError("network", 0, error instanceof Error ? error.message : "");
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener("abort", forward);
    }
  }
}

export function queryString(query: RequestOptions["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException("Aborted", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
