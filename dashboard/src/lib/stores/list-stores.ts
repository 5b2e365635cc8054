import {request} from "@/lib/api/request"

import {PAGE_SIZE, storePage, type StoreFilter, type StorePage} from "./store"

export interface StoresWanted extends StoreFilter {
  pageSize?: number
  pageToken?: string
}

/** One page of a list. */
export const listStores = ({pageSize = PAGE_SIZE, pageToken, ...filter}: StoresWanted, signal?: AbortSignal): Promise<StorePage> =>
  request("/api/v1/stores", storePage, {query: {...filter, page_size: pageSize, page_token: pageToken}, signal})
