#include "cli/completion.hpp"

#include "cli/command_line.hpp"

#include <string_view>

namespace souk::cli {
namespace {

std::vector<std::string> names_of(const Option& option) {
    std::vector<std::string> names;
    std::string_view rest = option.names;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        names.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return names;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const auto& word : words) {
        text.append(text.empty() ? "" : between).append(word);
    }
    return text;
}

std::string option_words(const std::vector<Option>& options) {
    std::vector<std::string> words;
    for (const auto& option : options) {
        for (auto& name : names_of(option)) {
            words.push_back(std::move(name));
        }
    }
    return joined(words, " ");
}

/// In single quotes of a shell.
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

std::vector<Option> shared_options() {
    static GlobalOptions unused;
    static std::string output;
    return global_options(unused, output);
}

/// Cases of "what follows this option", for all options with fixed values or files.
std::string bash_values(const std::vector<Option>& options) {
    std::string text;
    for (const auto& option : options) {
        if (!option.choices.empty()) {
            text += "        " + joined(names_of(option), "|") + ") COMPREPLY=($(compgen -W \"" +
                    joined(option.choices, " ") + "\" -- \"$word\")); return ;;\n";
        } else if (option.value == "FILE") {
            text += "        " + joined(names_of(option), "|") +
                    ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n";
        }
    }
    return text;
}

std::string bash_script(const std::vector<Command>& commands) {
    std::string names;
    std::string cases;
    std::string values = bash_values(shared_options());
    for (const auto& command : commands) {
        names += (names.empty() ? "" : " ") + command.name;
        std::string words = option_words(command.options);
        for (const auto& argument : command.arguments) {
            words += " " + joined(argument.choices, " ");
        }
        cases += "        " + command.name + ") words=\"" + words + "\" ;;\n";
        values += bash_values(command.options);
    }
    return "# bash completion of souk; use it with: source <(souk completion bash)\n"
           "_souk() {\n"
           "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"\" "
           "words=\"\" i\n"
           "    COMPREPLY=()\n"
           "    case \"$before\" in\n" +
           values +
           "    esac\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case \" " +
           names +
           " \" in *\" ${COMP_WORDS[i]} \"*) command=\"${COMP_WORDS[i]}\"; break ;; esac\n"
           "    done\n"
           "    case \"$command\" in\n"
           "        \"\") words=\"" +
           names + "\" ;;\n" + cases +
           "    esac\n"
           "    COMPREPLY=($(compgen -W \"$words " +
           option_words(shared_options()) +
           " --help\" -- \"$word\"))\n"
           "}\n"
           "complete -F _souk souk\n";
}

std::string zsh_script(const std::vector<Command>& commands) {
    return "#compdef souk\n# zsh completion of souk; use it with: source <(souk completion zsh)\n"
           "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" +
           bash_script(commands);
}

std::string fish_option(const std::string& condition, const Option& option) {
    std::string line = "complete -c souk" + condition;
    for (const auto& name : names_of(option)) {
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.choices.empty()) {
        line += " -xa " + quoted(joined(option.choices, " "));
    } else if (option.value == "FILE") {
        line += " -rF";
    } else if (!std::holds_alternative<bool*>(option.target)) {
        line += " -x";
    }
    return line + " -d " + quoted(option.help) + "\n";
}

std::string fish_script(const std::vector<Command>& commands) {
    std::string text =
        "# fish completion of souk; use it with: souk completion fish | source\ncomplete -c souk -f\n";
    for (const auto& option : shared_options()) {
        text += fish_option("", option);
    }
    for (const auto& command : commands) {
        text += "complete -c souk -n __fish_use_subcommand -a " + command.name + " -d " +
                quoted(command.summary) + "\n";
        const std::string inside = " -n '__fish_seen_subcommand_from " + command.name + "'";
        for (const auto& argument : command.arguments) {
            if (!argument.choices.empty()) {
                text += "complete -c souk" + inside + " -a " + quoted(joined(argument.choices, " ")) + "\n";
            }
        }
        for (const auto& option : command.options) {
            text += fish_option(inside, option);
        }
    }
    return text;
}

}  // namespace

std::string completion_script(const std::string& shell, const std::vector<Command>& commands) {
    if (shell == "zsh") {
        return zsh_script(commands);
    }
    return shell == "fish" ? fish_script(commands) : bash_script(commands);
}

}  // namespace souk::cli
