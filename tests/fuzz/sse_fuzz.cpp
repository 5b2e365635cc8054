#include "client/sse_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using souk::client::SseEvent;
using souk::client::SseParser;

constexpr std::size_t kLimit = 512;

std::vector<SseEvent> parse(std::string_view bytes, std::size_t piece, bool& fine) {
    std::vector<SseEvent> events;
    SseParser parser([&](SseEvent event) { events.push_back(std::move(event)); }, kLimit);
    fine = true;
    while (fine && !bytes.empty()) {
        fine = parser.feed(bytes.substr(0, piece));
        bytes.remove_prefix(piece < bytes.size() ? piece : bytes.size());
    }
    return events;
}

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    bool whole_fine = false;
    bool pieces_fine = false;
    const auto whole = parse(bytes, size, whole_fine);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
        require(parse(bytes, piece, pieces_fine) == whole);
        require(pieces_fine == whole_fine);
    }
    for (const auto& event : whole) {
        require(event.data.size() <= kLimit && !event.type.empty());
    }
    return 0;
}
