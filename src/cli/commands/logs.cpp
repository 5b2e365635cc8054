#include "cli/commands/commands.hpp"
#include "cli/line_cleaner.hpp"
#include "cli/session.hpp"
#include "client/stream_reader.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <ostream>

namespace souk::cli {
namespace {

struct Values {
    std::string store;
    client::LogFilter filter;
    bool follow = false;
};

ExitCode follow(const Session& session, const client::ApiClient& api, const Values& values) {
    client::StreamReader reader(api.http(), api.logs_request(values.store, values.filter));
    LineCleaner lines;
    while (session.console().out.good()) {
        const auto piece = reader.next(session.stop(), std::chrono::seconds(1));
        if (!piece) {
            session.print(lines.finish());
            return piece.error().error.code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                                    : session.report(piece.error());
        }
        if (piece->kind == client::StreamReader::Kind::Bytes) {
            session.print(lines.feed(piece->bytes));
        } else if (piece->kind == client::StreamReader::Kind::Ended) {
            session.print(lines.finish());
            return ExitCode::Ok;
        }
    }
    return ExitCode::Failed;  // nobody reads any more
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    if (values.follow) {
        return session.wants_table()
                   ? follow(session, *api, values)
                   : session.report_usage("--follow prints text; it cannot be combined with --output");
    }
    const auto text = api->read_logs(values.store, values.filter, !session.wants_table());
    if (!text) {
        return session.report(text.error());
    }
    if (session.wants_table()) {
        LineCleaner lines;
        session.print(lines.feed(*text) + lines.finish());
        return ExitCode::Ok;
    }
    boost::system::error_code error;
    const auto document = boost::json::parse(*text, error);
    if (error) {
        return session.report(
            client::error_from({ErrorCode::Internal, "the server's answer is not JSON", {}, {}}));
    }
    session.print_document(document);
    return ExitCode::Ok;
}

}  // namespace

Command logs_command() {
    auto values = std::make_shared<Values>();
    return {.name = "logs",
            .summary = "Print log lines of a store's containers",
            .arguments = {{"NAME", &values->store, "Name, slug or id"}},
            .options = {{"-f,--follow", &values->follow, "Go on until the containers end or Ctrl-C"},
                        {"--pod", &values->filter.pod, "Only this pod", "POD"},
                        {"--container", &values->filter.container, "Only this container", "CONTAINER"},
                        {"--previous", &values->filter.previous, "Lines of the life before the restart"},
                        {"--tail", &values->filter.tail, "Last lines of each container (200)", "N"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
