#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"

#include <array>
#include <memory>

namespace souk::cli {
namespace {

std::string share(std::int64_t used, std::int64_t allowed) {
    return allowed > 0 ? std::to_string(used * 100 / allowed) + "%" : "-";
}

std::string millicores(std::int64_t count) { return std::to_string(count) + "m"; }

/// In the unit that a plan would use.
std::string bytes(std::int64_t count) {
    constexpr std::array units = {"", "Ki", "Mi", "Gi", "Ti"};
    std::size_t unit = 0;
    while (count >= 10 * 1024 && unit + 1 < units.size()) {
        count /= 1024;
        ++unit;
    }
    return std::to_string(count) + units.at(unit);
}

std::string describe(const Session& session, const client::Usage& usage, const client::Usage::Now& now) {
    Table table({"", "USED", "ALLOWED", "SHARE"});
    table.add({{"CPU"},
               {millicores(now.cpu_millicores)},
               {millicores(usage.limits_cpu_millicores)},
               {share(now.cpu_millicores, usage.limits_cpu_millicores)}});
    table.add({{"Memory"},
               {bytes(now.memory_bytes)},
               {bytes(usage.limits_memory_bytes)},
               {share(now.memory_bytes, usage.limits_memory_bytes)}});
    table.add({{"Disk"},
               {bytes(now.storage_bytes)},
               {bytes(usage.storage_bytes)},
               {share(now.storage_bytes, usage.storage_bytes)}});
    Table pods({"POD", "CPU", "MEMORY"});
    for (const auto& pod : now.pods) {
        pods.add({{pod.name}, {millicores(pod.cpu_millicores)}, {bytes(pod.memory_bytes)}});
    }
    const std::string text = table.text(session.console());
    return pods.empty() ? text : text + "\n" + pods.text(session.console());
}

ExitCode run(Session& session, const std::string& store) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    const auto usage = api->get_usage(store);
    if (!usage) {
        return session.report(usage.error());
    }
    if (!session.wants_table()) {
        session.print_document(usage->document);
    } else if (!usage->now) {
        session.note(
            "Nothing can be measured: the cluster has no metrics API, or nothing of the store runs.");
    } else {
        session.print(describe(session, *usage, *usage->now));
    }
    return ExitCode::Ok;
}

}  // namespace

Command usage_command() {
    auto store = std::make_shared<std::string>();
    return {.name = "usage",
            .summary = "Show what a store uses of what its plan allows",
            .arguments = {{"NAME", store.get(), "Name, slug or id"}},
            .run = [store](Session& session) { return run(session, *store); }};
}

}  // namespace souk::cli
