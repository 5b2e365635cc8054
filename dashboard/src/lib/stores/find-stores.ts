import {useQuery} from "@tanstack/react-query"

import {listStores} from "./list-stores"
import {storeKeys} from "./store"

const MOST = 8

/** The few that fit best to what is typed, the latest changed first; those of the words before stay until they are there. */
export const useFoundStores = (search: string) => useQuery({
  queryKey: [...storeKeys.all, "palette", search],
  queryFn: ({signal}) => listStores({search, sort: "-updated", pageSize: MOST}, signal),
  select: (page) => page.stores,
  placeholderData: (before) => before,
  staleTime: 5000,
})
