#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>

namespace souk::cli {
namespace {

constexpr const char* kDescription =
    "Souk: online stores on Kubernetes. One command makes a store, another removes it without a trace.";
constexpr const char* kFooter =
    "NAME is a store's name, slug or id. Exit codes: 0 ok, 1 failed, 2 usage, 3 server unreachable,\n"
    "4 not authenticated, 5 not found, 6 conflict, 7 invalid input, 130 interrupted.";

CLI::Option* bind(CLI::App& app, const Option& option) {
    struct Binder {
        CLI::App& app;
        const Option& option;
        CLI::Option* operator()(bool* target) const {
            return app.add_flag(option.names, *target, option.help);
        }
        CLI::Option* operator()(int* target) const {
            return app.add_option(option.names, *target, option.help)->check(CLI::Range(1, 1'000'000));
        }
        CLI::Option* operator()(std::string* target) const {
            return app.add_option(option.names, *target, option.help);
        }
        CLI::Option* operator()(std::vector<std::string>* target) const {
            return app.add_option(option.names, *target, option.help)
                ->expected(1)
                ->take_all()
                ->allow_extra_args(false);
        }
    };
    return std::visit(Binder{app, option}, option.target);
}

void add_option(CLI::App& app, const Option& option) {
    auto* added = bind(app, option)->required(option.required);
    if (!std::holds_alternative<bool*>(option.target)) {
        added->type_name(option.value.empty() ? "TEXT" : option.value);
    }
    if (!option.choices.empty()) {
        added->check(CLI::IsMember(option.choices))->type_name("");
    }
}

void add_argument(CLI::App& app, const Argument& argument) {
    auto* added = app.add_option(argument.name, *argument.target, argument.help)
                      ->required(argument.required)
                      ->type_name("");
    if (!argument.choices.empty()) {
        added->check(CLI::IsMember(argument.choices));
    }
}

}  // namespace

std::vector<Option> global_options(GlobalOptions& options, std::string& output) {
    return {{"-o,--output", &output, "Form of the answer", "FORMAT", {"table", "json", "yaml"}},
            {"--server", &options.server.server, "Address of soukd (or SOUK_SERVER, or the saved context)",
             "URL"},
            {"--token-file", &options.server.token_file,
             "File with the token (or SOUK_TOKEN_FILE, or the saved context)", "FILE"},
            {"--ca-file", &options.server.ca_file,
             "Certificates that are trusted for https (or SOUK_CA_FILE)", "FILE"}};
}

ParsedLine parse_line(const std::vector<Command>& commands, std::vector<std::string> arguments) {
    ParsedLine line;
    std::string output = "table";
    CLI::App app(kDescription, "souk");
    app.footer(kFooter);
    app.require_subcommand(1, 1);
    app.set_help_flag("-h,--help", "Print this help");
    for (const auto& option : global_options(line.global, output)) {
        add_option(app, option);
    }
    std::map<const CLI::App*, const Command*> chosen;
    for (const auto& command : commands) {
        auto* sub = app.add_subcommand(command.name, command.summary);
        sub->fallthrough();  // global options may stand behind the command
        for (const auto& argument : command.arguments) {
            add_argument(*sub, argument);
        }
        for (const auto& option : command.options) {
            add_option(*sub, option);
        }
        chosen[sub] = &command;
    }
    std::reverse(arguments.begin(), arguments.end());  // the library takes them from the end
    try {
        app.parse(arguments);
    } catch (const CLI::ParseError& problem) {
        std::ostringstream out;
        std::ostringstream err;
        const bool asked_for_help = app.exit(problem, out, err) == 0;
        line.text = asked_for_help ? out.str() : err.str();
        line.exit = asked_for_help ? ExitCode::Ok : ExitCode::Usage;
        return line;
    }
    line.global.format = parse_format(output).value_or(Format::Table);
    line.command = chosen.at(app.get_subcommands().front());
    return line;
}

}  // namespace souk::cli
