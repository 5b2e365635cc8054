// What an API server, or whoever stands in its place, may send: watch lines cut anywhere, lists, Status
// objects, last words.
#include "adapters/kube/api_errors.hpp"
#include "adapters/kube/assess.hpp"
#include "adapters/kube/watch_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace souk::kube;
    if (size == 0) {
        return 0;
    }
    const auto kind = static_cast<Watched>(data[0] % kWatchedKinds);
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    LineSplitter whole(4096);
    LineSplitter cut(4096);
    std::string a;
    std::string b;
    const auto to = [&](std::string& out) {
        return [&out, kind](std::string_view line) {
            out.append(line).append("\n");
            if (const auto event = parse_watch_event(line)) {
                (void)read_listed(kind, event->object);
            }
            return true;
        };
    };
    const bool fits = whole.feed(text, to(a));
    bool fits_cut = true;
    const std::size_t step = 1 + data[0] % 7U;
    for (std::size_t at = 0; at < text.size() && fits_cut; at += step) {
        fits_cut = cut.feed(text.substr(at, step), to(b));
    }
    if (fits && fits_cut && (a != b || whole.take_rest() != cut.take_rest())) {
        __builtin_trap();  // how the pieces fall must not matter
    }
    (void)parse_list_page(kind, text);
    (void)parse_termination(text);
    (void)error_of_answer({403, {}, std::string(text)}, "GET x", false);
    return 0;
}
