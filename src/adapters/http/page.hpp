#pragma once

#include "core/common/result.hpp"
#include "runtime/http/request.hpp"
#include "runtime/http/response.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace souk::http {

/// One built file of the dashboard.
struct PageFile {
    std::string_view path;  // "assets/index-B2x9.js"
    std::string_view type;  // Content-Type
    std::string_view hash;  // of `plain`, fit for an ETag
    std::string_view plain;
    std::string_view brotli;  // both empty where they are not smaller
    std::string_view gzip;
};

/// The dashboard, embedded by the build (tools/dashboard).
std::span<const PageFile> embedded_page();

/// Serves the dashboard: its files, and index.html for every path that belongs to nothing else, because its
/// views have addresses of their own. Immutable.
class Page {
public:
    /// `files` outlive the page; `nonce` makes a new one for each answer and is thread-safe.
    Page(std::span<const PageFile> files, std::string_view base_path, std::function<std::string()> nonce);

    /// For GET and HEAD of a path that no route has. NotFound below /api and the like, and for a missing
    /// asset.
    Result<runtime::Response> answer(const runtime::Request& request) const;

private:
    runtime::Response index(const runtime::Request& request) const;

    std::span<const PageFile> files_;
    std::function<std::string()> nonce_;
    std::string index_;  // with the base path; the nonce's place is still marked
    std::string index_etag_;
};

}  // namespace souk::http
