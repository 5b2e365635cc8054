#include "app/reconcile/keep_logs.hpp"

#include "app/reconcile/store_reconciler.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace souk::app {
namespace {

constexpr int kKeptLines = 200;
constexpr int kKeptEvents = 50;
constexpr std::size_t kLeastSecret = 6;  // shorter values would mask ordinary words

bool has_nothing_to_read(ErrorCode code) {
    return code == ErrorCode::NotFound || code == ErrorCode::Forbidden;
}

void mask(std::string& text, const std::string& secret) {
    if (secret.size() < kLeastSecret) {
        return;
    }
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3)) {
        text.replace(at, secret.size(), "***");
    }
}

/// With the values of every Secret in the namespace: which ones the pack had is not known when it is lost.
Result<> mask_secrets(Turn& turn, std::vector<PodLogs>& logs) {
    if (logs.empty()) {
        return {};
    }
    const StoreRef ref = StoreRef::of(turn.store);
    const auto present = turn.tools.cluster.inventory(ref, turn.stop);
    if (!present) {
        return forward(present);
    }
    const auto is_secret = [](const ReceiptLine& line) { return line.kind == "Secret"; };
    if (std::none_of(present->begin(), present->end(), is_secret)) {
        logs.clear();  // where pods ran there are some: they cannot be seen
        return {};
    }
    for (const ReceiptLine& line : *present) {
        if (!is_secret(line)) {
            continue;
        }
        const auto values = turn.tools.cluster.read_secret(ref, line.name, turn.stop);
        if (!values && has_nothing_to_read(values.error().code)) {
            logs.clear();  // what cannot be masked is not kept
            return {};
        }
        if (!values) {
            return forward(values);
        }
        for (const auto& [key, secret] : *values) {
            if (key == "username") {
                continue;  // shown to people anyway, and part of ordinary lines
            }
            for (PodLogs& log : logs) {
                mask(log.text, secret.reveal());
            }
        }
    }
    return {};
}

}  // namespace

Result<> keep_logs(Turn& turn) {
    const StoreRef ref = StoreRef::of(turn.store);
    auto logs = turn.tools.cluster.logs(ref, kKeptLines, turn.stop);
    if (!logs) {
        return has_nothing_to_read(logs.error().code) ? Result<>{} : Result<>(forward(logs));
    }
    auto events = turn.tools.cluster.events(ref, kKeptEvents, turn.stop);
    if (!events && !has_nothing_to_read(events.error().code)) {
        return forward(events);
    }
    if (events) {
        logs->insert(logs->end(), std::make_move_iterator(events->begin()),
                     std::make_move_iterator(events->end()));
    }
    if (const auto masked = mask_secrets(turn, *logs); !masked) {
        return masked;
    }
    auto begun = turn.tools.database.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    std::vector<KeptLog> kept;
    for (PodLogs& log : *logs) {
        kept.push_back({turn.store.id, std::move(log.pod), std::move(log.container), std::move(log.text),
                        (*begun)->now()});
    }
    return (*begun)
        ->jobs()
        .require(turn.lease())
        .and_then([&] { return (*begun)->kept_logs().replace(turn.store.id, kept); })
        .and_then([&] { return (*begun)->commit("keep_logs"); });
}

}  // namespace souk::app
