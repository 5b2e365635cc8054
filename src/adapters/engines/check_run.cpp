#include "adapters/engines/check_run.hpp"

#include "adapters/engines/json_text.hpp"
#include "adapters/engines/placeholders.hpp"
#include "adapters/engines/renderer.hpp"

#include <boost/json.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace json = boost::json;

namespace souk::engines {
namespace {

constexpr std::size_t kMostSavedBytes = 4096;

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

struct Origin {
    std::string scheme;
    std::string host;
    int port = 0;
    friend bool operator==(const Origin&, const Origin&) = default;
};

Origin origin_of(const boost::urls::url_view& url) {
    Origin origin{lower(std::string(url.scheme())), lower(std::string(url.encoded_host())), 0};
    origin.port = url.has_port() && url.port_number() != 0 ? url.port_number() : default_port(origin.scheme);
    return origin;
}

std::optional<Origin> origin_of(std::string_view text) {
    const auto url = boost::urls::parse_uri({text.data(), text.size()});
    return url ? std::optional(origin_of(*url)) : std::nullopt;
}

bool is_empty(const json::value& value) {
    return value.is_null() || (value.is_string() && value.get_string().empty()) ||
           (value.is_array() && value.get_array().empty()) ||
           (value.is_object() && value.get_object().empty());
}

const json::value* at_pointer(const json::value& value, const std::string& pointer) {
    boost::system::error_code ec;
    return value.find_pointer(pointer, ec);
}

std::optional<std::string> scalar_of(const json::value& value) {
    if (const json::string* text = value.if_string()) {
        return std::string(*text);
    }
    if (value.is_number() || value.is_bool()) {
        return json::serialize(value);
    }
    return std::nullopt;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

std::string list_of(const std::vector<int>& statuses) {
    std::string out;
    for (const int status : statuses) {
        out += (out.empty() ? "" : " or ") + std::to_string(status);
    }
    return out;
}

}  // namespace

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

Result<std::optional<app::CheckFailure>> CheckRun::play(const std::stop_token& stop) {
    for (const CheckStep& step : check_.steps) {
        Verdict verdict = play_step(step, stop);
        if (!verdict) {
            return forward(verdict);
        }
        if (*verdict) {
            return app::CheckFailure{check_.name, step.name, step.method + " " + step.path + " " + **verdict};
        }
    }
    return std::nullopt;
}

CheckRun::Verdict CheckRun::play_step(const CheckStep& step, const std::stop_token& stop) {
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "the checks were stopped");
    }
    Result<runtime::HttpRequest> wanted = make_request(step);
    if (!wanted) {
        // Only a value that an earlier answer put into a variable can be unfit here.
        return wanted.error().code == ErrorCode::InvalidInput
                   ? Verdict("cannot be sent: " + wanted.error().message)
                   : Verdict(forward(wanted));
    }
    Result<runtime::HttpResponse> response = client_.send(*wanted, stop);
    if (!response && response.error().code == ErrorCode::Unavailable) {
        response = client_.send(*wanted, stop);  // a kept connection that was just closed looks like this
    }
    if (!response) {
        return explain(step, response.error(), stop);
    }
    if (std::optional<std::string> wrong = judge(step, *response)) {
        return wrong;
    }
    std::optional<json::value> answer;
    const bool needs_json =
        !step.expect_json.empty() ||
        std::ranges::any_of(step.save, [](const SavedValue& saved) { return !saved.json_pointer.empty(); });
    if (needs_json) {
        Result<json::value> parsed = parse_json(response->body);
        if (!parsed) {
            return Verdict("gave an answer that is not JSON");
        }
        answer = std::move(*parsed);
    }
    if (std::optional<std::string> wrong = judge_json(step, answer ? &*answer : nullptr)) {
        return wrong;
    }
    return save(step, *response, answer ? &*answer : nullptr);
}

CheckRun::Verdict CheckRun::explain(const CheckStep&, const Error& error, const std::stop_token& stop) {
    switch (error.code) {
        case ErrorCode::Cancelled:
            return fail(ErrorCode::Cancelled, "the checks were stopped");
        case ErrorCode::Timeout:
            return Verdict("gave no whole answer within " + std::to_string(options_.timeout.count() / 1000) +
                           " s");
        case ErrorCode::Unavailable:
            if (!entry_answers(stop)) {
                return stop.stop_requested()
                           ? Verdict(fail(ErrorCode::Cancelled, "the checks were stopped"))
                           : Verdict(fail(ErrorCode::Unavailable, "the entry point does not answer",
                                          "EntryUnreachable"));
            }
            return Verdict("broke off the connection or could not be reached over TLS");
        default:
            return Verdict("gave an answer that is not HTTP or larger than " +
                           std::to_string(options_.max_body >> 20U) + " MiB");
    }
}

/// Tells an entry point that is down from a store that hangs up: any answer, to a host nobody has, will do.
bool CheckRun::entry_answers(const std::stop_token& stop) {
    runtime::HttpRequest probe = base_request("GET", "/");
    const std::optional<Origin> store = origin_of(request_.address.url);
    const int port = default_port(store ? store->scheme : "http");
    probe.url = (store ? store->scheme : "http") + "://entry-probe.invalid/";
    probe.resolve = entry(store ? store->port : port);
    probe.resolve->host = "entry-probe.invalid";
    probe.resolve->port = port;
    runtime::TlsOptions anyone;
    anyone.verify = false;  // only whether somebody answers, nothing is sent or believed
    probe.tls = std::make_shared<const runtime::TlsOptions>(anyone);
    probe.max_response_bytes = options_.max_body;
    return client_.send(probe, stop).has_value();
}

/// Where the connection goes: to the entry point that is configured, else to what the store's host resolves
/// to and the port of its address.
runtime::ResolveOverride CheckRun::entry(int public_port) const {
    const bool configured = !options_.entry_address.empty();
    return {.host = request_.address.host,
            .port = public_port,
            .address = configured ? options_.entry_address : request_.address.host,
            .address_port = configured ? options_.entry_port : public_port};
}

runtime::HttpRequest CheckRun::base_request(std::string method, std::string path) const {
    runtime::HttpRequest request;
    request.method = std::move(method);
    request.url = request_.address.url + std::move(path);
    request.headers = {{"user-agent", "souk-checks"}};
    request.timeout = options_.timeout;
    request.connect_timeout = options_.timeout;
    request.max_response_bytes = options_.max_body;
    request.tls = options_.tls;
    if (const std::optional<Origin> store = origin_of(request_.address.url)) {
        request.resolve = entry(store->port);
    }
    return request;
}

Result<runtime::HttpRequest> CheckRun::make_request(const CheckStep& step) {
    Result<std::string> path = fill(step.path, percent_encode);
    if (!path) {
        return forward(path);
    }
    runtime::HttpRequest request = base_request(step.method, std::move(*path));
    if (!step.json.empty()) {
        Result<json::value> body = parse_json(step.json);
        if (!body) {
            return fail(ErrorCode::Internal, "the engine's check " + check_.name + " has a broken body",
                        "EngineInvalid");
        }
        if (Result<> filled = fill_texts(*body, [this](std::string_view text) { return fill(text); });
            !filled) {
            return forward(filled);
        }
        request.body = json::serialize(*body);
        request.headers.set("content-type", "application/json");
    }
    for (const auto& [name, value] : step.form) {
        Result<std::string> text = fill(value);
        if (!text) {
            return forward(text);
        }
        request.body +=
            (request.body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(*text);
        request.headers.set("content-type", "application/x-www-form-urlencoded");
    }
    for (const auto& [name, value] : step.headers) {
        Result<std::string> text = fill(value);
        if (!text) {
            return forward(text);
        }
        if (has_control(*text)) {
            return fail(ErrorCode::InvalidInput, "the header " + name + " would hold a control character");
        }
        request.headers.set(name, std::move(*text));
    }
    if (const std::string cookies = check_.cookies ? cookies_.header() : std::string(); !cookies.empty()) {
        request.headers.set("cookie", cookies);
    }
    return request;
}

std::optional<std::string> CheckRun::judge(const CheckStep& step, const runtime::HttpResponse& response) {
    const std::optional<std::string_view> location = response.headers.find("location");
    if (response.status >= 300 && response.status < 400 && location && leaves_store(*location)) {
        return "redirects away from the store";
    }
    if (std::ranges::find(step.statuses, response.status) == step.statuses.end()) {
        return "answered " + std::to_string(response.status) + " instead of " + list_of(step.statuses);
    }
    if (check_.cookies) {
        for (const std::string_view cookie : response.headers.find_all("set-cookie")) {
            cookies_.take(cookie);
        }
    }
    for (const std::string& wanted : step.body_contains) {
        const Result<std::string> text = fill(wanted);
        if (!text || response.body.find(*text) == std::string::npos) {
            return "gave an answer without '" + wanted + "' in it";
        }
    }
    for (const auto& [name, wanted] : step.header_contains) {
        const Result<std::string> text = fill(wanted);
        const std::vector<std::string_view> values = response.headers.find_all(name);
        const auto holds = [&](std::string_view value) {
            return text && value.find(*text) != std::string_view::npos;
        };
        if (std::ranges::none_of(values, holds)) {
            return "gave an answer without '" + wanted + "' in the header " + name;
        }
    }
    return std::nullopt;
}

std::optional<std::string> CheckRun::judge_json(const CheckStep& step, const json::value* answer) {
    for (const JsonExpectation& expected : step.expect_json) {
        const json::value* found = answer == nullptr ? nullptr : at_pointer(*answer, expected.pointer);
        if (found == nullptr) {
            return "gave an answer without " + expected.pointer;
        }
        if (expected.kind == JsonExpectation::Kind::NonEmpty && is_empty(*found)) {
            return "gave an answer with an empty " + expected.pointer;
        }
        if (expected.kind != JsonExpectation::Kind::Equals) {
            continue;
        }
        Result<json::value> wanted = parse_json(expected.literal);
        const bool filled =
            wanted && fill_texts(*wanted, [this](std::string_view text) { return fill(text); });
        if (!filled || !json_equal(*wanted, *found)) {
            return "gave an answer in which " + expected.pointer + " is not " + expected.literal;
        }
    }
    return std::nullopt;
}

bool CheckRun::leaves_store(std::string_view location) const {
    const auto url = boost::urls::parse_uri_reference({location.data(), location.size()});
    const std::optional<Origin> store = origin_of(request_.address.url);
    if (!url || !store) {
        return true;  // what cannot be read cannot be trusted
    }
    if (!url->has_scheme() && !url->has_authority()) {
        return location.find('\\') != std::string_view::npos;
    }
    Origin target = origin_of(*url);
    if (!url->has_scheme()) {
        target.scheme = store->scheme;
        target.port = url->has_port() ? url->port_number() : default_port(store->scheme);
    }
    return !(target == *store);
}

std::optional<std::string> CheckRun::save(const CheckStep& step, const runtime::HttpResponse& response,
                                          const json::value* answer) {
    for (const SavedValue& wanted : step.save) {
        std::optional<std::string> value;
        if (!wanted.header.empty()) {
            if (const auto header = response.headers.find(wanted.header)) {
                value = std::string(*header);
            }
        } else if (const json::value* found =
                       answer == nullptr ? nullptr : at_pointer(*answer, wanted.json_pointer)) {
            value = scalar_of(*found);
        }
        const std::string& place = wanted.header.empty() ? wanted.json_pointer : wanted.header;
        if (!value || value->empty() || value->size() > kMostSavedBytes) {
            return "gave an answer without a usable " + place;
        }
        saved_[wanted.variable] = std::move(*value);
    }
    return std::nullopt;
}

Result<std::string> CheckRun::value_of(const std::string& name) const {
    if (const auto found = saved_.find(name); found != saved_.end()) {
        return found->second;
    }
    constexpr std::string_view prefix = "secret.";
    if (!name.starts_with(prefix)) {
        return store_fact(*request_.store, request_.address, name);
    }
    const std::size_t dot = name.find('.', prefix.size());
    const auto secret = request_.secrets.find(
        name.substr(prefix.size(), dot == std::string::npos ? dot : dot - prefix.size()));
    if (secret != request_.secrets.end() && dot != std::string::npos) {
        if (const auto key = secret->second.find(name.substr(dot + 1)); key != secret->second.end()) {
            return key->second.reveal();
        }
    }
    return fail(ErrorCode::NotFound, "the value of ${" + name + "} is not known", "SecretMissing");
}

Result<std::string> CheckRun::fill(std::string_view text, const Encoder& encode) const {
    return fill_placeholders(text, [&](const std::string& name) -> Result<std::string> {
        Result<std::string> value = value_of(name);
        return value && encode ? Result<std::string>(encode(*value)) : value;
    });
}

}  // namespace souk::engines
