#include "cli/receipt_text.hpp"

#include "cli/table.hpp"
#include "cli/text.hpp"
#include "cli/times.hpp"

#include <algorithm>

namespace souk::cli {

void print_receipt(const Session& session, const client::Receipt& receipt) {
    const auto& console = session.console();
    const auto gone = std::count_if(receipt.lines.begin(), receipt.lines.end(),
                                    [](const auto& line) { return line.gone.has_value(); });
    const auto all = static_cast<std::ptrdiff_t>(receipt.lines.size());
    std::string text;
    if (receipt.completed) {
        text = console.paint(Colour::Green, clean(receipt.store_name) + " is deleted") +
               ", nothing of it is left";
        if (receipt.requested) {
            text += ", after " + format_duration(*receipt.completed - *receipt.requested);
        }
    } else {
        text = console.paint(Colour::Yellow, clean(receipt.store_name) + " is being deleted");
    }
    text += " (" + std::to_string(gone) + " of " + std::to_string(all) + " objects are gone)\n";
    text += "Store " + clean(receipt.store_id) + ", requested by " + clean(receipt.requested_by) + " at " +
            format_time(receipt.requested, session.now()) + "\n";
    Table table({"KIND", "NAME", "NAMESPACE", "GONE"});
    for (const auto& line : receipt.lines) {
        table.add({{line.kind},
                   {line.name},
                   {line.ns.empty() ? "-" : line.ns},
                   {line.gone ? format_true_time(*line.gone) : "still there",
                    line.gone ? Colour::None : Colour::Yellow}});
    }
    session.print(text + (table.empty() ? "" : "\n" + table.text(console)));
}

}  // namespace souk::cli
