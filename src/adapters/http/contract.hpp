#pragma once

#include <string>
#include <string_view>

namespace souk::http {

/// api/openapi.yaml, embedded by the build.
std::string_view contract_text();

/// A page for reading the contract: a list of all calls and the text, without scripts.
struct DocsPage {
    std::string html;
    std::string policy;  // Content-Security-Policy: nothing but the page's own style, by its hash
};
DocsPage docs_page(std::string_view contract);

}  // namespace souk::http
