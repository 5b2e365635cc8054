import { messages } from "../messages";

export type ApiErrorKind =
  | "network"
  | "timeout"
  | "unavailable"
  | "not_ready"
  | "not_found"
  | "busy"
  | "stock"
  | "completed"
  | "region"
  | "rejected"
  | "unexpected";

export class ApiError extends Error {
  constructor(
    readonly kind: ApiErrorKind,
    readonly status = 0,
    detail = "",
  ) {
    super(detail || kind);
    this.name = "ApiError";
  }
}

interface ErrorBody {
  code?: unknown;
  type?: unknown;
  message?: unknown;
}

/** What an answer that is not 2xx means for the visitor. The API's own words are never shown. */
export function errorFromResponse(status: number, body: unknown): ApiError {
  const { code, type, message } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const text = typeof message === "string" ? message : "";
  return new ApiError(kindOf(status, `${String(code ?? "")} ${String(type ?? "")}`, text), status, text);
}

function kindOf(status: number, codes: string, text: string): ApiErrorKind {
  if (/publishable/i.test(text)) return "not_ready";
  if (/insufficient_inventory/.test(codes) || /required inventory/i.test(text)) return "stock";
  if (/already (been )?completed/i.test(text)) return "completed";
  if (status === 404) return "not_found";
  if (status === 409) return "busy";
  if (status === 429 || status === 502 || status === 503 || status === 504) return "unavailable";
  if (status >= 400 && status < 500) return "rejected";
  return "unexpected";
}

/** One sentence for a person, whatever went wrong. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof ApiError)) return messages.errors.unexpected;
  switch (error.kind) {
    case "network":
      return messages.errors.network;
    case "timeout":
      return messages.errors.timeout;
    case "unavailable":
    case "not_ready":
      return messages.errors.unavailable;
    case "not_found":
      return messages.errors.notFound;
    case "busy":
      return messages.errors.busy;
    case "stock":
      return messages.errors.stock;
    case "completed":
      return messages.errors.completed;
    case "region":
      return messages.errors.region;
    case "rejected":
      return messages.errors.rejected;
    case "unexpected":
      return messages.errors.unexpected;
  }
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
