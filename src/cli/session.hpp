#pragma once

#include "cli/command_line.hpp"
#include "cli/console.hpp"
#include "cli/environment.hpp"
#include "client/api_client.hpp"
#include "core/common/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::cli {

/// What a command gets: options, terminal, and the API once it asks for it.
class Session {
public:
    /// `stop` is requested by Ctrl-C.
    Session(GlobalOptions options, Environment environment, Console console, std::stop_token stop);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const GlobalOptions& options() const { return options_; }
    const Environment& environment() const { return environment_; }
    const Console& console() const { return console_; }
    const std::stop_token& stop() const { return stop_; }
    Timestamp now() const;
    bool wants_table() const { return options_.format == Format::Table; }

    /// Chooses server and token at the first call. Null: that failed, and the reason was printed (exit code
    /// Usage).
    const client::ApiClient* api();
    const std::string& server_url() const { return server_url_; }

    /// Printing. `print` is for people, `print_document` for programs.
    void print(std::string_view text) const;
    void note(std::string_view text) const;  // on stderr, one line
    void print_document(const boost::json::value& value) const;
    void print_document(const client::Document& document) const;

    /// Prints the problem on stderr: as JSON when JSON is wanted, else its detail, each wrong field and the
    /// request id.
    ExitCode report(const client::ApiError& error) const;
    /// A wrong command line or setting.
    ExitCode report_usage(const std::string& message) const;

private:
    GlobalOptions options_;
    Environment environment_;
    Console console_;
    std::stop_token stop_;
    std::string server_url_;
    std::unique_ptr<runtime::HttpClient> http_;
    std::unique_ptr<client::ApiClient> api_;
};

/// The whole program without the process around it. `arguments` are without the program's name.
ExitCode run_cli(std::vector<std::string> arguments, const Environment& environment, const Console& console,
                 const std::stop_token& stop);

/// A new key for a request that must happen once.
std::string new_idempotency_key();

}  // namespace souk::cli
