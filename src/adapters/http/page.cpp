#include "adapters/http/page.hpp"

#include "runtime/crypto/hash.hpp"
#include "runtime/http/accept_encoding.hpp"
#include "runtime/http/etag.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace souk::http {
namespace {

constexpr std::string_view kNonce = "__SOUK_NONCE__";
constexpr std::string_view kAssets = "assets/";  // their names have a hash of the content

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

const PageFile* find(std::span<const PageFile> files, std::string_view path) {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const PageFile& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

/// Belongs to the API or to the service, whether it exists or not: a program must not get a page there.
bool is_reserved(const runtime::Request& request) {
    constexpr std::array<std::string_view, 7> kFirst{"api",   "docs",   "openapi.yaml", "metrics",
                                                     "livez", "readyz", "health"};
    return !request.segments.empty() &&
           std::find(kFirst.begin(), kFirst.end(), request.segments.front()) != kFirst.end();
}

/// Only styles have a nonce: some libraries make them at run time. Scripts come from our own files, always.
std::string policy(const std::string& nonce) {
    return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
           "'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
           "form-action 'self'; frame-ancestors 'none'";
}

bool is_known(const runtime::Request& request, const std::string& etag) {
    return runtime::if_none_match_holds(request.headers.value("If-None-Match"), etag);
}

runtime::Response file_response(const PageFile& file, const runtime::Request& request) {
    const std::string etag = "W/" + runtime::make_etag(file.hash);  // weak: one for all encodings
    const bool known = is_known(request, etag);
    const auto accepted = request.headers.value("Accept-Encoding");
    std::string_view body = file.plain;
    std::string encoding;
    if (!file.brotli.empty() && runtime::accepts_encoding(accepted, "br")) {
        body = file.brotli;
        encoding = "br";
    } else if (!file.gzip.empty() && runtime::accepts_encoding(accepted, "gzip")) {
        body = file.gzip;
        encoding = "gzip";
    }
    auto response = known ? runtime::Response::empty(304)
                          : runtime::Response::with_type(200, std::string(file.type), std::string(body));
    response.headers.set("ETag", etag);
    response.headers.set("Vary", "Accept-Encoding");
    response.headers.set("Cache-Control",
                         file.path.starts_with(kAssets) ? "public, max-age=31536000, immutable" : "no-cache");
    if (!known && !encoding.empty()) {
        response.headers.set("Content-Encoding", std::move(encoding));
    }
    return response;
}

}  // namespace

Page::Page(std::span<const PageFile> files, std::string_view base_path, std::function<std::string()> nonce)
    : files_(files), nonce_(std::move(nonce)) {
    const PageFile* file = find(files_, "index.html");
    if (file != nullptr) {
        // The build writes addresses that begin with "./"; in a page at /stores/x they would lead astray.
        const std::string base = base_path == "/" ? "/" : std::string(base_path) + "/";
        index_ = replaced(std::string(file->plain), "=\"./", "=\"" + base);
        index_etag_ = "W/" + runtime::make_etag(runtime::sha256_hex(index_).substr(0, 32));
    }
}

Result<runtime::Response> Page::answer(const runtime::Request& request) const {
    const auto path = std::string_view(request.path).substr(1);
    const PageFile* file = path == "index.html" ? nullptr : find(files_, path);
    if (file != nullptr) {
        return file_response(*file, request);
    }
    if (is_reserved(request) || path.starts_with(kAssets)) {
        return fail(ErrorCode::NotFound, "nothing has this path");
    }
    return index(request);
}

runtime::Response Page::index(const runtime::Request& request) const {
    if (is_known(request, index_etag_)) {
        // Without a policy: the page that the browser has goes with the nonce it came with.
        return runtime::Response::empty(304)
            .with_header("ETag", index_etag_)
            .with_header("Cache-Control", "no-cache");
    }
    const std::string nonce = nonce_();
    return runtime::Response::with_type(200, "text/html; charset=utf-8", replaced(index_, kNonce, nonce))
        .with_header("ETag", index_etag_)
        .with_header("Cache-Control", "no-cache")
        .with_header("Content-Security-Policy", policy(nonce))
        .with_header("Cross-Origin-Opener-Policy", "same-origin");
}

}  // namespace souk::http
