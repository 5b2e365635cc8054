import type {Query, QueryClient, QueryFilters} from "@tanstack/react-query"

/** Questions on their way that are asked once more when they are answered. */
const again = new WeakSet<Query>()

/**
 * Something has changed. A question that is on its way may have been answered before the change; it is let through all the same, because
 * a storm of changes would keep every answer away from the page, and asked once more after it.
 */
export function readAgain(queries: QueryClient, filters: QueryFilters): void {
  const idle = new Set<Query>()
  for (const query of queries.getQueryCache().findAll(filters)) {
    if (query.state.fetchStatus === "idle") {
      idle.add(query)
      continue
    }
    if (again.has(query)) continue
    again.add(query)
    const ask = () => {
      again.delete(query)
      void queries.invalidateQueries({predicate: (one) => one === query})
    }
    void (query.promise ?? Promise.resolve()).then(ask, ask)
  }
  void queries.invalidateQueries({predicate: (one) => idle.has(one)})
}
