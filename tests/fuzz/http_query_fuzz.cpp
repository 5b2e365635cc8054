#include "runtime/http/etag.hpp"
#include "runtime/http/query.hpp"
#include "runtime/http/server_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using souk::runtime::RequestReader;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool is_clean(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            return false;
        }
    }
    return true;
}

void check_target(std::string_view raw) {
    const auto target = souk::runtime::parse_target(raw);
    if (!target) {
        return;
    }
    require(target->path.starts_with('/'));
    for (const auto& segment : target->segments) {
        require(is_clean(segment) && segment != "." && segment != "..");
        require(souk::runtime::percent_decode(souk::runtime::percent_encode(segment)).value() == segment);
    }
    for (const auto& [name, value] : target->query) {
        require(is_clean(name) && is_clean(value));
    }
}

RequestReader::Progress read_in_pieces(RequestReader& reader, std::string_view bytes, std::size_t piece) {
    std::string input;
    auto progress = RequestReader::Progress::NeedMore;
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        input.append(part);
        progress = reader.feed(input);
        if (progress == RequestReader::Progress::Complete || progress == RequestReader::Progress::Refused) {
            break;
        }
    }
    return progress;
}

/// How the network cuts the bytes must not change what they mean.
void check_request(std::string_view bytes, std::size_t piece) {
    const souk::runtime::ServerSettings settings{.max_body_bytes = 64};
    RequestReader whole(settings);
    RequestReader cut(settings);
    const auto at_once = read_in_pieces(whole, bytes, bytes.size());
    const auto in_pieces = read_in_pieces(cut, bytes, piece);
    const auto complete = RequestReader::Progress::Complete;
    require((at_once == complete) == (in_pieces == complete));
    if (at_once == complete) {
        require(whole.request().body == cut.request().body);
        require(whole.request().body.size() <= settings.max_body_bytes);
        require(whole.request().target == cut.request().target);
        require(!whole.request().request_id.empty());
    }
}

}  // namespace

/// The first byte chooses the size of the pieces; the rest is a request target, a query, a list of entity
/// tags, and a whole request.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    check_target(text);
    static_cast<void>(souk::runtime::parse_query(text));
    static_cast<void>(souk::runtime::if_none_match_holds(text, "\"1\""));
    check_request(text, 1U + data[0]);
    return 0;
}
