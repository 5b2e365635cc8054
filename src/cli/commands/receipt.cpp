#include "cli/commands/commands.hpp"
#include "cli/receipt_text.hpp"
#include "cli/session.hpp"

#include <memory>

namespace souk::cli {

Command receipt_command() {
    auto name = std::make_shared<std::string>();
    return {.name = "receipt",
            .summary = "Show the proof of a deletion",
            .arguments = {{"STORE", name.get(),
                           "Id of a deleted store (or the name of one that is being deleted)"}},
            .run = [name](Session& session) {
                const auto* api = session.api();
                if (api == nullptr) {
                    return ExitCode::Usage;
                }
                const auto receipt = api->get_receipt(*name);
                if (!receipt) {
                    return session.report(receipt.error());
                }
                if (session.wants_table()) {
                    print_receipt(session, *receipt);
                } else {
                    session.print_document(receipt->document);
                }
                return ExitCode::Ok;
            }};
}

}  // namespace souk::cli
