#include "runtime/http/accept_encoding.hpp"

#include "runtime/http/headers.hpp"

namespace souk::runtime {
namespace {

/// What stands before the next `separator`; it and the separator are taken off `rest`.
std::string_view take(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    auto part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const auto first = part.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return part.substr(first, part.find_last_not_of(" \t") - first + 1);
}

/// "q=0", "Q=0.000"
bool is_refusal(std::string_view weight) {
    return weight.size() > 2 && equals_ignoring_case(weight.substr(0, 2), "q=") &&
           weight.find_first_not_of("0.", 2) == std::string_view::npos;
}

}  // namespace

bool accepts_encoding(std::string_view header, std::string_view coding) {
    bool others = false;
    while (!header.empty()) {
        auto item = take(header, ',');
        const auto name = take(item, ';');
        const bool accepted = !is_refusal(take(item, ';'));
        if (equals_ignoring_case(name, coding)) {
            return accepted;
        }
        if (name == "*") {
            others = accepted;
        }
    }
    return others;
}

}  // namespace souk::runtime
