#pragma once

#include "cli/console.hpp"
#include "client/models.hpp"
#include "core/common/time.hpp"

#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace souk::cli {

/// The steps of a creation or deletion as they go. On a terminal one block that is drawn anew; elsewhere one
/// line for each change. For one thread.
class ProgressView {
public:
    enum class Style { Silent, Lines, Redrawn };

    ProgressView(std::ostream& out, const Console& console, Style style, std::string_view title);

    /// `note` is what the store says outside its steps ("2 stores are before this one").
    void show(const client::Progress& progress, std::string_view note, Timestamp now);
    /// A line that stays, above the block.
    void say(std::string_view text);

private:
    void redraw(const client::Progress& progress, std::string_view note, Timestamp now);
    void print_changes(const client::Progress& progress, std::string_view note, Timestamp now);
    void erase();

    std::ostream& out_;
    const Console& console_;
    Style style_;
    std::string title_;
    std::size_t drawn_lines_ = 0;
    std::string drawn_;
    std::string last_note_;
    std::map<std::string, std::pair<std::string, std::string>, std::less<>> seen_;  // step: state and message
};

}  // namespace souk::cli
