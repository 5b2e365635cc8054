#include "adapters/engines/cookie_jar.hpp"

#include <algorithm>

namespace souk::engines {
namespace {

std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7F;
    });
}

}  // namespace

void CookieJar::take(std::string_view set_cookie) {
    const std::string_view pair = set_cookie.substr(0, set_cookie.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.size() > kMostBytes || !is_visible(pair)) {
        return;
    }
    const std::string name(trim(pair.substr(0, equals)));
    if (name.empty() || (cookies_.size() >= kMostCookies && !cookies_.contains(name))) {
        return;
    }
    cookies_[name] = trim(pair.substr(equals + 1));
}

std::string CookieJar::header() const {
    std::string out;
    for (const auto& [name, value] : cookies_) {
        out += (out.empty() ? "" : "; ") + name + "=" + value;
    }
    return out;
}

}  // namespace souk::engines
