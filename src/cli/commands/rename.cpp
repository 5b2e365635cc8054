#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"

#include <memory>

namespace souk::cli {

Command rename_command() {
    struct Values {
        std::string store;
        std::string name;
    };
    auto values = std::make_shared<Values>();
    return {
        .name = "rename",
        .summary = "Change a store's name; its slug and address stay",
        .arguments = {{"NAME", &values->store, "Name, slug or id"}, {"NEW", &values->name, "The new name"}},
        .run = [values](Session& session) {
            const auto* api = session.api();
            if (api == nullptr) {
                return ExitCode::Usage;
            }
            const auto before = api->get_store(values->store);
            if (!before) {
                return session.report(before.error());
            }
            const auto after = api->rename_store(before->id, values->name, before->etag);
            if (!after) {
                return session.report(after.error());
            }
            if (session.wants_table()) {
                session.print(clean(before->name) + " is now called " + clean(after->name) + "\n");
            } else {
                session.print_document(after->document);
            }
            return ExitCode::Ok;
        }};
}

}  // namespace souk::cli
