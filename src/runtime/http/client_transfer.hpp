#pragma once

#include "core/common/result.hpp"
#include "runtime/http/client.hpp"
#include "runtime/http/client_curl.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace souk::runtime {

/// One request on its way: the libcurl handle, everything libcurl points into, and the callbacks of the
/// caller. All but `wait` and the constructor belong to the client's thread.
class Transfer {
public:
    using Clock = std::chrono::steady_clock;

    Transfer(HttpRequest request, StreamCallbacks callbacks);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Checks the request and makes the handle.
    Result<> prepare(const CurlHttpClientOptions& options);
    void* handle() const { return easy_; }

    /// When the silence has lasted too long; none without an idle limit.
    std::optional<Clock::time_point> idle_deadline() const;
    Error idle_error() const;
    Error cancelled_error() const;

    /// What libcurl's answer means; `code` is a CURLcode.
    Result<> outcome(int code) const;

    /// Calls on_done (the first time only) and releases `wait`. The handle must be out of the multi handle.
    void finish(Result<> result);
    void wait() const { done_.wait(); }

private:
    Result<> check_request();
    Result<> check_url();
    void set_target();
    void set_method();
    bool set_headers(const CurlHttpClientOptions& options);
    void set_connection(const CurlHttpClientOptions& options);
    void set_tls();
    void set_callbacks();

    std::size_t take_header(std::string_view line);
    std::size_t take_data(std::string_view data);
    bool take_status_line(std::string_view line);
    bool end_of_head();
    static std::size_t header_callback(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t write_callback(char* data, std::size_t size, std::size_t count, void* self);

    Error error(ErrorCode code, std::string_view what) const;

    const HttpRequest request_;
    StreamCallbacks callbacks_;
    std::string target_;  // "GET host:port", for messages
    void* easy_ = nullptr;
    void* header_list_ = nullptr;
    void* connect_to_ = nullptr;
    std::array<char, 512> detail_{};  // libcurl's error buffer

    HttpResponseHead head_;
    std::size_t head_bytes_ = 0;
    bool head_delivered_ = false;
    std::optional<Error> refusal_;  // why a callback of ours stopped the transfer
    Clock::time_point last_byte_;
    bool finished_ = false;
    std::latch done_{1};
};

}  // namespace souk::runtime
