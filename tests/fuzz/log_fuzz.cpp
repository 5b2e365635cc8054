// What a container writes goes to the API, and through `souk` to somebody's terminal.
#include "adapters/kube/log_lines.hpp"
#include "cli/line_cleaner.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace souk;

constexpr std::size_t kMaxLine = 32;
constexpr std::string_view kCut = " (cut)";

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <class Use>
void for_each_piece(std::string_view text, std::size_t size, Use use) {
    for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
        use(text.substr(0, size));
    }
}

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
    kube::LogLines lines(kMaxLine);
    std::vector<std::string> out;
    for_each_piece(text, piece, [&](std::string_view part) {
        require(lines.feed(part, [&](std::string_view line) {
            out.emplace_back(line);
            return true;
        }));
    });
    out.push_back(lines.take_rest());
    return out;
}

std::string cleaned(std::string_view text, std::size_t piece) {
    cli::LineCleaner lines;
    std::string out;
    for_each_piece(text, piece, [&](std::string_view part) { out += lines.feed(part); });
    return out + lines.finish();
}

/// Of both sets of control characters only those of `allowed`, and nothing else that clean() would change.
void require_harmless(std::string_view text, std::string_view allowed) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        require((byte >= 0x20 && byte != 0x7f) || allowed.find(text[at]) != std::string_view::npos);
        if (byte == 0xC2) {
            require(at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0);
        }
    }
}

}  // namespace

/// The first byte chooses the size of the pieces; the rest is what the container wrote.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t piece = 1U + data[0];

    const auto lines = lines_of(text, text.size());
    require(lines_of(text, piece) == lines && lines_of(text, 1) == lines);
    for (const std::string& line : lines) {
        require(line.find('\n') == std::string::npos && line.size() <= kMaxLine + kCut.size());
    }

    const std::string shown = cleaned(text, text.size());
    require(cleaned(text, piece) == shown);
    require_harmless(shown, "\t\n");

    const std::string clean = cli::clean(text);
    require_harmless(clean, "\t");
    require(cli::clean(clean) == clean);
    require_harmless(cli::clean_json(text), "\t\n");
    for (const std::size_t columns : {std::size_t{0}, std::size_t{1}, piece}) {
        require(cli::display_width(cli::shorten(clean, columns)) <= columns);
        require(cli::display_width(cli::pad(clean, columns)) >= columns);
    }
    return 0;
}
