#include "cli/session.hpp"

#include "cli/commands/commands.hpp"
#include "cli/documents.hpp"
#include "cli/text.hpp"
#include "runtime/crypto/uuid.hpp"
#include "runtime/http/client_curl.hpp"
#include "runtime/time/clock.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <ostream>
#include <utility>

namespace souk::cli {

namespace {

/// A proxy has no business with a token for a server on this machine, whatever NO_PROXY forgets.
bool is_this_machine(std::string_view url) {
    const auto host = url.substr(url.find("://") + 3);
    return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

}  // namespace

Session::Session(GlobalOptions options, Environment environment, Console console, std::stop_token stop)
    : options_(std::move(options)),
      environment_(std::move(environment)),
      console_(console),
      stop_(std::move(stop)) {}

Session::~Session() = default;

Timestamp Session::now() const { return runtime::now(); }

const client::ApiClient* Session::api() {
    if (api_) {
        return api_.get();
    }
    auto server = choose_server(options_.server, environment_);
    if (!server) {
        report_usage(server.error().message);
        return nullptr;
    }
    server_url_ = server->url;
    runtime::CurlHttpClientOptions http;
    http.user_agent = "souk/" SOUK_VERSION;
    http.use_environment_proxy = !is_this_machine(server_url_);
    http_ = std::make_unique<runtime::CurlHttpClient>(http);
    api_ = std::make_unique<client::ApiClient>(*http_, std::move(*server), stop_);
    return api_.get();
}

void Session::print(std::string_view text) const { console_.out << text << std::flush; }

void Session::note(std::string_view text) const { console_.err << text << "\n" << std::flush; }

void Session::print_document(const boost::json::value& value) const {
    print(to_text(value, options_.format));
}

void Session::print_document(const client::Document& document) const {
    print_document(boost::json::value(*document));
}

ExitCode Session::report(const client::ApiError& error) const {
    const auto code = exit_code(error);
    if (options_.format == Format::Json) {
        boost::system::error_code broken;
        const auto document = boost::json::parse(error.document, broken);
        console_.err << (broken ? std::string("{}\n") : to_json(document)) << std::flush;
        return code;
    }
    std::string text = "souk: " + clean(error.error.message) + "\n";
    for (const auto& field : error.error.fields) {
        text += "  " + clean(field.pointer) + ": " + clean(field.detail) + "\n";
    }
    if (!error.request_id.empty()) {
        text += "  request " + clean(error.request_id) + "\n";
    }
    if (code == ExitCode::Unauthenticated && error.status == 401) {
        text += "  Give another token with --token-file, SOUK_TOKEN_FILE or 'souk login'.\n";
    }
    if (error.status == 0 && code == ExitCode::Unreachable) {
        text += "  Server: " + clean(server_url_) + "\n";
    }
    console_.err << text << std::flush;
    return code;
}

ExitCode Session::report_usage(const std::string& message) const {
    note("souk: " + clean(message));
    return ExitCode::Usage;
}

ExitCode run_cli(std::vector<std::string> arguments, const Environment& environment, const Console& console,
                 const std::stop_token& stop) {
    const auto commands = all_commands();
    auto line = parse_line(commands, std::move(arguments));
    if (line.command == nullptr) {
        (line.exit == ExitCode::Ok ? console.out : console.err) << line.text << std::flush;
        return line.exit;
    }
    Session session(std::move(line.global), environment, console, stop);
    const auto code = line.command->run(session);
    if (!console.out.good() && code == ExitCode::Ok) {
        return ExitCode::Failed;  // nobody got the answer: a full disk, or a reader that went away
    }
    return code;
}

std::string new_idempotency_key() {
    runtime::UuidV7Source source;
    return runtime::to_uuid_text(source.next());
}

}  // namespace souk::cli
