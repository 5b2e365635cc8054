#include "cli/commands/commands.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"

#include <boost/json/value.hpp>

#include <memory>

namespace souk::cli {

Command credentials_command() {
    struct Values {
        std::string store;
        std::string reason;
    };
    auto values = std::make_shared<Values>();
    return {.name = "credentials",
            .summary = "Reveal a store's admin login (written to the audit log)",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"-r,--reason", &values->reason, "Why the login is needed", "TEXT", {}, true}},
            .run = [values](Session& session) {
                const auto* api = session.api();
                if (api == nullptr) {
                    return ExitCode::Usage;
                }
                const auto login = api->reveal_credentials(values->store, values->reason);
                if (!login) {
                    return session.report(login.error());
                }
                if (session.wants_table()) {
                    Table table({"", ""});
                    table.add({{"username"}, {login->username}});
                    table.add({{"password"}, {login->password.reveal()}});
                    auto console = session.console();
                    console.out_is_terminal = false;  // a password is not to be cut
                    session.print(table.text(console));
                } else {
                    session.print_document(boost::json::value{{"username", login->username},
                                                              {"password", login->password.reveal()}});
                }
                return ExitCode::Ok;
            }};
}

}  // namespace souk::cli
