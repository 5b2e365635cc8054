#include "runtime/http/etag.hpp"

namespace souk::runtime {

namespace {

constexpr std::string_view kWeak = "W/";

std::string_view without_weak(std::string_view tag) {
    return tag.starts_with(kWeak) ? tag.substr(kWeak.size()) : tag;
}

/// Takes the next entity tag off the list; empty at the end or when the rest is no list of tags.
std::string_view next_tag(std::string_view& list) {
    const auto start = list.find_first_not_of(" \t,");
    if (start == std::string_view::npos) {
        return {};
    }
    list.remove_prefix(start);
    const auto open = list.starts_with(kWeak) ? kWeak.size() : 0;
    if (open >= list.size() || list[open] != '"') {
        return {};
    }
    const auto close = list.find('"', open + 1);
    if (close == std::string_view::npos) {
        return {};
    }
    const auto tag = list.substr(0, close + 1);
    list.remove_prefix(close + 1);
    return tag;
}

}  // namespace

std::string make_etag(std::string_view text) { return '"' + std::string(text) + '"'; }

bool if_none_match_holds(std::string_view header, std::string_view etag) {
    if (header == "*") {
        return true;
    }
    for (auto tag = next_tag(header); !tag.empty(); tag = next_tag(header)) {
        if (without_weak(tag) == without_weak(etag)) {
            return true;
        }
    }
    return false;
}

}  // namespace souk::runtime
