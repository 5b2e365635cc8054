#include "cli/commands/commands.hpp"
#include "cli/session.hpp"

#include <boost/json/value.hpp>

namespace souk::cli {

Command version_command() {
    return {.name = "version", .summary = "Print the version of this program", .run = [](Session& session) {
                if (session.wants_table()) {
                    session.print("souk " SOUK_VERSION "\n");
                } else {
                    session.print_document(boost::json::value{{"version", SOUK_VERSION}});
                }
                return ExitCode::Ok;
            }};
}

}  // namespace souk::cli
