/** Words that every page may need. */
export const shared = {
  product: "Souk",
  units: {
    seconds: (n: string) => `${n} s`,
    minutes: (minutes: string, seconds: string) => `${minutes} min ${seconds} s`,
    hours: (hours: string, minutes: string) => `${hours} h ${minutes} min`,
    days: (days: string, hours: string) => `${days} d ${hours} h`,
    bytes: ["B", "KiB", "MiB", "GiB", "TiB"],
  },
  phases: {
    Requested: "Waiting", Provisioning: "Being created", Ready: "Ready", Updating: "Updating", Degraded: "Degraded", Suspended: "Suspended",
    Failed: "Failed", Deleting: "Being deleted", Deleted: "Deleted",
  } as Record<string, string>,
  steps: {
    namespace: "Namespace", fence: "Fence", secrets: "Secrets", release: "Release", data: "Database", setup: "Shop setup", workloads: "Programs",
    route: "Address", checks: "Test order", ready: "Ready", unroute: "Address closed", uninstall: "Release removed", "remove-namespace": "Namespace removed", scan: "Search for remains",
  } as Record<string, string>,
  stepStates: {pending: "to do", running: "running", done: "done", failed: "failed"} as Record<string, string>,
  eventTypes: {
    "store.requested": "Requested", "store.phase": "Status", "store.ready": "Ready", "store.step": "Step", "store.condition": "Condition", "store.renamed": "Renamed", "store.deleted": "Deleted",
    "store.credentials_revealed": "Login revealed", "operation.started": "Operation started", "operation.cancelling": "Cancelling", "operation.ended": "Operation ended",
  } as Record<string, string>,
  conditions: {
    Available: "Answers", ChecksPassed: "Checks passed", ClusterReachable: "Cluster reachable", Waiting: "Waiting in line", Stalled: "Stalled", NeedsAttention: "Needs attention",
  } as Record<string, string>,
  health: {healthy: "Healthy", progressing: "In progress", degraded: "Degraded", missing: "Missing", unknown: "Unknown", suspended: "Suspended"} as Record<string, string>,
  operationKinds: {
    "store.create": "Creation", "store.retry": "Retry", "store.delete": "Deletion", "store.suspend": "Suspension", "store.resume": "Resumption", "store.restart": "Restart",
  } as Record<string, string>,
  operationStates: {running: "Running", succeeded: "Succeeded", failed: "Failed", aborted: "Aborted"} as Record<string, string>,
  common: {
    retry: "Try again", cancel: "Cancel", close: "Close", dismiss: "Dismiss", copy: "Copy", copied: "Copied", notCopied: "The browser did not allow copying", loading: "Loading", slow: "The answer is slow; it comes by itself.", none: "None", search: "Search", all: "All",
    more: "Show more", yes: "Yes", no: "No", reload: "Reload the page", step: "Step", actions: "Actions", select: "Select", selectAll: "Select all shown", live: "Live", at: "at", opensTab: "opens in a new tab",
    longLine: (size: string) => `all ${size}`,
  },
  problems: {
    title: "That did not work",
    request: (id: string) => `Request ${id}`,
    crash: "This part of the page failed. The rest goes on; try this part again or reload the page.",
    program: "The program of this page has not come: the connection failed, or soukd is a newer one. Try again; that loads the page anew.",
    part: "This part has not come: the connection failed, or soukd is a newer one. Try again; if it still does not come, the page is loaded anew.",
    notFound: "There is no such page.",
    notFoundHint: "The link may be old, or the address mistyped.",
    home: "To the stores",
    unreachable: "soukd does not answer. Check your connection; this page goes on by itself when it is back.",
    unexplained: (status: number) => `soukd answered ${status} without saying why. Try again in a moment.`,
    unexpected: (where: string) => `soukd's answer is not what this page expects (${where}). Reload the page: a newer version may be running.`,
    throttled: (wait: string) => `Too many attempts from here. Try again in ${wait}.`,
  },
}
