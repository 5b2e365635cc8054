#pragma once

#include "runtime/http/query.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace souk::client {

/// Path and query of a request; everything added is escaped.
class Target {
public:
    explicit Target(std::string path) : text_(std::move(path)) {}

    /// An empty value leaves the parameter out.
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) {
            return;
        }
        text_.push_back(has_query_ ? '&' : '?');
        has_query_ = true;
        text_.append(name).append("=").append(runtime::percent_encode(value));
    }
    void add_page(int page_size, const std::string& page_token) {
        add("page_size", page_size > 0 ? std::to_string(page_size) : "");
        add("page_token", page_token);
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
    bool has_query_ = false;
};

}  // namespace souk::client
