#include "adapters/http/contract.hpp"
#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/hash.hpp"

#include <algorithm>
#include <array>

namespace souk::http {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 "
    "1rem;color:#1c2430;background:#fff}"
    "table{border-collapse:collapse;width:100%}td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid "
    "#e3e7ec;vertical-align:top}"
    "code,pre{font:14px/1.5 ui-monospace,monospace}pre{background:#f5f7f9;padding:1rem;overflow:auto}"
    "a code{overflow-wrap:anywhere}"
    "pre span:target{background:#ffe9a8}a{color:#1f5fbf}"
    "@media(prefers-color-scheme:dark){body{color:#e3e7ec;background:#14181d}pre{background:#1c2229}td{"
    "border-color:#333c46}"
    "a{color:#8db9ff}pre span:target{background:#5a4a10}}";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

bool is_method(std::string_view word) {
    constexpr std::array<std::string_view, 5> kMethods{"get", "post", "put", "patch", "delete"};
    return std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end();
}

/// The word of a line "<indent>word:", or an empty text.
std::string_view key_at(std::string_view line, std::size_t indent) {
    const bool fits = line.size() > indent + 1 &&
                      line.substr(0, indent).find_first_not_of(' ') == std::string_view::npos &&
                      line[indent] != ' ' && line.back() == ':';
    return fits ? line.substr(indent, line.size() - indent - 1) : std::string_view{};
}

std::string unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '\'' && text.back() == '\'';
    return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

}  // namespace

// It follows the layout of our own file (paths at two spaces, methods at four), which the contract test reads
// as YAML.
DocsPage docs_page(std::string_view contract) {
    constexpr std::string_view kSummary = "      summary: ";
    std::string rows;
    std::string text;
    std::string path;
    std::string method;
    int calls = 0;
    for (std::string_view rest = contract; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (const auto key = key_at(line, 2); key.starts_with('/')) {
            path = std::string(key);
        }
        if (const auto key = key_at(line, 4); !path.empty() && is_method(key)) {
            method = std::string(key);
            std::transform(method.begin(), method.end(), method.begin(),
                           [](char c) { return static_cast<char>(c - 'a' + 'A'); });
            text += "<span id=\"call-" + std::to_string(++calls) + "\">" + escaped(line) + "</span>\n";
            continue;
        }
        if (!method.empty() && line.starts_with(kSummary)) {
            rows += "<tr><td><code>" + method + "</code></td><td><a href=\"#call-" + std::to_string(calls) +
                    "\"><code>" + escaped(path) + "</code></a></td><td>" +
                    escaped(unquoted(line.substr(kSummary.size()))) + "</td></tr>\n";
            method.clear();
        }
        text += escaped(line) + "\n";
    }
    DocsPage page;
    page.html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\">"
        "<title>Souk API</title><style>" +
        std::string(kStyle) + "</style></head><body><main>\n<h1>Souk API</h1>\n<table>\n" + rows +
        "</table>\n<h2>The contract</h2>\n<p>The same text as <a "
        "href=\"openapi.yaml\">openapi.yaml</a>.</p>\n<pre role=\"region\" aria-label=\"The contract\" "
        "tabindex=\"0\">" +
        text + "</pre>\n</main></body></html>\n";
    page.policy = "default-src 'none'; style-src 'sha256-" + runtime::base64_encode(runtime::sha256(kStyle)) +
                  "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return page;
}

}  // namespace souk::http
