import {useQuery} from "@tanstack/react-query"

import {request} from "@/lib/api/request"

import {store, storeKeys, storePath, type Store} from "./store"

export const readStore = (id: string, signal?: AbortSignal): Promise<Store> => request(storePath(id), store, {signal})

export const useStore = (id: string) => useQuery({
  queryKey: storeKeys.one(id),
  queryFn: ({signal}) => readStore(id, signal),
})
