#include "app/reconcile/closed_page.hpp"

#include "app/reconcile/store_reconciler.hpp"

namespace souk::app {
namespace {

/// What every engine's chart promises of its component `closed`; an entry point that finds no pod answers
/// 503, too, but without such a page.
Engine closed_page() {
    CheckStep page;
    page.name = "page";
    page.path = "/";
    page.statuses = {503};
    page.header_contains = {{"content-type", "text/html"}, {"retry-after", ""}};
    EngineCheck check;
    check.name = "closed";
    check.title = "The address says that the store is suspended";
    check.always = true;
    check.steps = {std::move(page)};
    Engine engine;
    engine.checks = {std::move(check)};
    return engine;
}

}  // namespace

Result<std::optional<CheckFailure>> check_closed_page(Turn& turn) {
    const Engine engine = closed_page();
    auto outcome = turn.tools.checks.run({.store = &turn.store,
                                          .engine = &engine,
                                          .address = address_of(turn.store, turn.tools.cluster_settings),
                                          .secrets = {},
                                          .only_always = true},
                                         turn.stop);
    if (!outcome &&
        (outcome.error().code == ErrorCode::Unavailable || outcome.error().code == ErrorCode::Timeout)) {
        return CheckFailure{"entry", "connect", outcome.error().message};
    }
    return outcome;
}

}  // namespace souk::app
