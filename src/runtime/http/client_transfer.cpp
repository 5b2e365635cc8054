#include "runtime/http/client_transfer.hpp"

#include "runtime/http/client_errors.hpp"

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace souk::runtime {
namespace {

constexpr std::size_t kMaxHeadBytes = std::size_t{256} * 1024;

bool is_token(std::string_view text) {
    constexpr std::string_view kAllowed =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return !text.empty() && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// A connection whose other end vanished must not be handed to the next request for long: unanswered bytes
/// and unanswered keep-alive probes both end it after half a minute.
int tune_socket(void* /*context*/, curl_socket_t socket, curlsocktype purpose) {
    if (purpose == CURLSOCKTYPE_IPCXN) {
        const unsigned int unanswered_ms = 30000;
        // Refused on a system without the option: the request's own time limit still holds.
        static_cast<void>(
            ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered_ms, sizeof unanswered_ms));
    }
    return CURL_SOCKOPT_OK;
}

curl_blob blob_of(const std::string& text) {
    // The transfer keeps the text for as long as the handle lives.
    return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
}

}  // namespace

Transfer::Transfer(HttpRequest request, StreamCallbacks callbacks)
    : request_(std::move(request)), callbacks_(std::move(callbacks)), target_(request_.method) {}

Transfer::~Transfer() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(static_cast<curl_slist*>(header_list_));
    curl_slist_free_all(static_cast<curl_slist*>(connect_to_));
}

Error Transfer::error(ErrorCode code, std::string_view what) const {
    return Error{code, target_ + ": " + std::string(what), {}, {}};
}

Error Transfer::idle_error() const { return error(ErrorCode::Timeout, "the server fell silent"); }

Error Transfer::cancelled_error() const { return error(ErrorCode::Cancelled, "cancelled"); }

Result<> Transfer::check_url() {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, request_.url.c_str(), 0) != CURLUE_OK) {
        return tl::unexpected(error(ErrorCode::InvalidInput, "the URL is malformed"));
    }
    const auto part = [&](CURLUPart which, unsigned flags) {
        char* text = nullptr;
        std::string copy;
        if (curl_url_get(url.get(), which, &text, flags) == CURLUE_OK) {
            copy = text;
        }
        curl_free(text);
        return copy;
    };
    const std::string scheme = part(CURLUPART_SCHEME, 0);
    if (scheme != "http" && scheme != "https") {
        return tl::unexpected(error(ErrorCode::InvalidInput, "the URL must start with http:// or https://"));
    }
    target_ += " " + part(CURLUPART_HOST, 0) + ":" + part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
    return {};
}

Result<> Transfer::check_request() {
    if (!is_token(request_.method)) {
        target_ = "request";
        return tl::unexpected(error(ErrorCode::InvalidInput, "the method is malformed"));
    }
    if (const auto url = check_url(); !url) {
        return url;
    }
    for (const auto& [name, value] : request_.headers) {
        if (!is_token(name) || has_control_character(value)) {
            return tl::unexpected(
                error(ErrorCode::InvalidInput, "a header has a character that is not allowed"));
        }
    }
    if (request_.follow_redirects && request_.method != "GET" && request_.method != "HEAD") {
        return tl::unexpected(error(ErrorCode::InvalidInput, "only GET and HEAD may follow redirects"));
    }
    return {};
}

Result<> Transfer::prepare(const CurlHttpClientOptions& options) {
    if (const auto valid = check_request(); !valid) {
        return valid;
    }
    easy_ = curl_easy_init();
    if (easy_ == nullptr || !set_headers(options)) {
        return tl::unexpected(error(ErrorCode::Unavailable, "out of memory"));
    }
    set_target();
    set_method();
    set_connection(options);
    set_tls();
    set_callbacks();
    last_byte_ = Clock::now();
    return {};
}

void Transfer::set_target() {
    curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, request_.follow_redirects ? 1L : 0L);
    curl_easy_setopt(easy_, CURLOPT_MAXREDIRS, 5L);
}

void Transfer::set_method() {
    if (request_.method == "HEAD") {
        curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
        return;
    }
    const bool has_length =
        request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH";
    if (has_length || !request_.body.empty()) {
        curl_easy_setopt(easy_, CURLOPT_POST, 1L);
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request_.body.c_str());  // not copied
    }
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

bool Transfer::set_headers(const CurlHttpClientOptions& options) {
    curl_slist* list = nullptr;
    const auto append = [&](const std::string& line) {
        curl_slist* longer = curl_slist_append(list, line.c_str());
        if (longer != nullptr) {
            list = longer;
        }
        return longer != nullptr;
    };
    bool complete = append("Expect:");  // no round trip before a body
    if (!request_.headers.find("Content-Type")) {
        complete = append("Content-Type:") && complete;  // libcurl would call everything a form
    }
    for (const auto& [name, value] : request_.headers) {
        const auto text = trim(value);
        // "Name:" alone means "remove" to libcurl; "Name;" sends it empty.
        complete = append(text.empty() ? name + ";" : name + ": " + std::string(text)) && complete;
    }
    header_list_ = list;
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, list);
    if (!options.user_agent.empty()) {
        curl_easy_setopt(easy_, CURLOPT_USERAGENT, options.user_agent.c_str());
    }
    if (request_.resolve) {
        const auto& to = *request_.resolve;
        const std::string entry = to.host + ":" + std::to_string(to.port) + ":" + to.address + ":" +
                                  std::to_string(to.address_port != 0 ? to.address_port : to.port);
        curl_slist* connect_to = curl_slist_append(nullptr, entry.c_str());
        complete = complete && connect_to != nullptr;
        connect_to_ = connect_to;
        curl_easy_setopt(easy_, CURLOPT_CONNECT_TO, connect_to);
    }
    return complete;
}

void Transfer::set_connection(const CurlHttpClientOptions& options) {
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    // Without it, giving up a request whose name is still being looked up waits for the resolver, and with it
    // the loop.
    curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPIDLE, 20L);
    curl_easy_setopt(easy_, CURLOPT_TCP_KEEPINTVL, 10L);
    curl_easy_setopt(easy_, CURLOPT_SOCKOPTFUNCTION, &tune_socket);
    const long version = options.http2 ? long{CURL_HTTP_VERSION_2TLS} : long{CURL_HTTP_VERSION_1_1};
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, version);
    if (!options.use_environment_proxy) {
        curl_easy_setopt(easy_, CURLOPT_PROXY, "");
    }
}

void Transfer::set_tls() {
    curl_easy_setopt(easy_, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!request_.tls) {
        return;
    }
    const TlsOptions& tls = *request_.tls;
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    if (!tls.ca_pem.empty()) {
        curl_blob blob = blob_of(tls.ca_pem);
        curl_easy_setopt(easy_, CURLOPT_CAINFO_BLOB, &blob);
        // The blob replaces the system's file but not its directory, which would still be trusted.
        curl_easy_setopt(easy_, CURLOPT_CAPATH, nullptr);
    }
    if (!tls.client_cert_pem.empty()) {
        curl_blob blob = blob_of(tls.client_cert_pem);
        curl_easy_setopt(easy_, CURLOPT_SSLCERT_BLOB, &blob);
        curl_easy_setopt(easy_, CURLOPT_SSLCERTTYPE, "PEM");
    }
    if (!tls.client_key_pem.empty()) {
        curl_blob blob = blob_of(tls.client_key_pem.reveal());
        curl_easy_setopt(easy_, CURLOPT_SSLKEY_BLOB, &blob);
        curl_easy_setopt(easy_, CURLOPT_SSLKEYTYPE, "PEM");
    }
}

void Transfer::set_callbacks() {
    static_assert(std::tuple_size_v<decltype(detail_)> >= CURL_ERROR_SIZE);
    curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, detail_.data());
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::header_callback);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Transfer::write_callback);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
}

std::size_t Transfer::header_callback(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take_header({data, size * count});
}

std::size_t Transfer::write_callback(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->take_data({data, size * count});
}

bool Transfer::take_status_line(std::string_view line) {
    head_ = {};
    const auto space = line.find(' ');
    if (space == std::string_view::npos || line.size() < space + 4) {
        return false;
    }
    for (const char c : line.substr(space + 1, 3)) {
        if (c < '0' || c > '9') {
            return false;
        }
        head_.status = head_.status * 10 + (c - '0');
    }
    return true;
}

/// Interim answers (1xx) and redirects that will be followed are not the answer.
bool Transfer::end_of_head() {
    const bool redirect =
        request_.follow_redirects && head_.status / 100 == 3 && head_.headers.find("Location");
    if (head_.status < 200 || redirect) {
        return true;
    }
    head_delivered_ = true;
    try {
        if (callbacks_.on_headers) {
            callbacks_.on_headers(head_);
        }
    } catch (const std::exception& escaped) {
        refusal_ = error(ErrorCode::Internal, std::string("exception in a callback: ") + escaped.what());
        return false;
    }
    return true;
}

std::size_t Transfer::take_header(std::string_view line) {
    last_byte_ = Clock::now();
    const std::size_t taken = line.size();
    head_bytes_ += taken;
    if (head_bytes_ > kMaxHeadBytes) {
        refusal_ = error(ErrorCode::Internal, "the answer has too many headers");
        return 0;
    }
    if (head_delivered_) {
        return taken;  // a trailer
    }
    if (line.starts_with("HTTP/")) {
        if (!take_status_line(line)) {
            refusal_ = error(ErrorCode::Internal, "the status line makes no sense");
            return 0;
        }
        return taken;
    }
    line = trim(line);
    if (line.empty()) {
        return end_of_head() ? taken : 0;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
        head_.headers.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    }
    return taken;
}

std::size_t Transfer::take_data(std::string_view data) {
    last_byte_ = Clock::now();
    if (data.empty() || !head_delivered_) {
        return data.size();  // the body of a redirect
    }
    try {
        if (!callbacks_.on_data || callbacks_.on_data(data)) {
            return data.size();
        }
        refusal_ = cancelled_error();
    } catch (const std::exception& escaped) {
        refusal_ = error(ErrorCode::Internal, std::string("exception in a callback: ") + escaped.what());
    }
    return 0;
}

std::optional<Transfer::Clock::time_point> Transfer::idle_deadline() const {
    if (request_.idle_timeout.count() <= 0) {
        return std::nullopt;
    }
    return last_byte_ + request_.idle_timeout;
}

Result<> Transfer::outcome(int code) const {
    if (refusal_) {
        return tl::unexpected(*refusal_);
    }
    const auto curl_code = static_cast<CURLcode>(code);
    if (curl_code == CURLE_OK) {
        return {};
    }
    const bool detailed = detail_is_harmless(curl_code) && detail_.front() != '\0';
    return tl::unexpected(
        error(error_code_of(curl_code), detailed ? detail_.data() : curl_easy_strerror(curl_code)));
}

void Transfer::finish(Result<> result) {
    if (std::exchange(finished_, true)) {
        return;
    }
    try {
        if (callbacks_.on_done) {
            callbacks_.on_done(std::move(result));
        }
    } catch (const std::exception&) {
        // The contract forbids it and there is nobody left to tell; the loop must go on for the others.
    }
    callbacks_ = {};  // what they hold must not live as long as a forgotten handle
    done_.count_down();
}

}  // namespace souk::runtime
