#pragma once

#include "cli/exit_code.hpp"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace souk::cli {

class Session;

/// Where a value of the command line goes. It lives at least as long as the command.
using Target = std::variant<bool*, int*, std::string*, std::vector<std::string>*>;

struct Option {
    std::string names;  // "--follow" or "-f,--follow"
    Target target;      // bool: a switch without value; vector: may be repeated; int: positive
    std::string help;
    std::string value = {};  // what the help calls the value: "NAME"
    std::vector<std::string> choices = {};
    bool required = false;
};

struct Argument {
    std::string name;  // "NAME"
    std::string* target;
    std::string help;
    bool required = true;
    std::vector<std::string> choices = {};
};

/// One command of `souk` as data: the parser, the help and the shell completion are all made from it.
struct Command {
    std::string name;
    std::string summary;
    std::vector<Argument> arguments = {};
    std::vector<Option> options = {};
    std::function<ExitCode(Session&)> run;
};

}  // namespace souk::cli
