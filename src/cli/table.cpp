#include "cli/table.hpp"

#include "cli/text.hpp"

#include <algorithm>

namespace souk::cli {
namespace {

constexpr std::size_t kGap = 2;

}  // namespace

std::string Table::text(const Console& console) const {
    std::vector<std::vector<Cell>> rows;
    if (std::any_of(headers_.begin(), headers_.end(), [](const auto& header) { return !header.empty(); })) {
        std::vector<Cell> titles;
        titles.reserve(headers_.size());
        for (const auto& header : headers_) {
            titles.push_back({header, Colour::Grey});
        }
        rows.push_back(std::move(titles));
    }
    std::vector<std::size_t> widths(headers_.size(), 0);
    for (const auto& row : rows_) {
        std::vector<Cell> cleaned;
        cleaned.reserve(widths.size());
        for (std::size_t i = 0; i < widths.size(); ++i) {
            cleaned.push_back(i < row.size() ? Cell{clean(row[i].text), row[i].colour} : Cell{});
        }
        rows.push_back(std::move(cleaned));
    }
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i].text));
        }
    }
    std::string all;
    for (const auto& row : rows) {
        std::string line;
        std::size_t used = 0;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool last = i + 1 == widths.size();
            const std::size_t room = console.width > used ? console.width - used : 1;
            const std::string shown =
                last && console.out_is_terminal ? shorten(row[i].text, room) : row[i].text;
            line += console.paint(shown.empty() ? Colour::None : row[i].colour, shown);
            if (!last) {
                line.append(widths[i] + kGap - display_width(shown), ' ');
                used += widths[i] + kGap;
            }
        }
        while (line.ends_with(' ')) {
            line.pop_back();
        }
        all += line + "\n";
    }
    return all;
}

}  // namespace souk::cli
