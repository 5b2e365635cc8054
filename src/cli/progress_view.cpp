#include "cli/progress_view.hpp"

#include "cli/text.hpp"
#include "cli/times.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

namespace souk::cli {
namespace {

struct Look {
    std::string_view sign;
    Colour colour;
};

Look look_of(std::string_view state) {
    if (state == "done") {
        return {"\xE2\x9C\x93", Colour::Green};
    }
    if (state == "failed") {
        return {"\xE2\x9C\x97", Colour::Red};
    }
    return state == "running" ? Look{"\xE2\x96\xB8", Colour::Yellow} : Look{"\xC2\xB7", Colour::Grey};
}

std::string time_taken(const client::StepRecord& step, Timestamp now) {
    return step.started ? format_duration(step.ended.value_or(now) - *step.started) : "";
}

/// From the first step that was begun.
std::string time_since_begin(const client::Progress& progress, Timestamp now) {
    std::optional<Timestamp> begin;
    for (const auto& step : progress.steps) {
        if (step.started && (!begin || *step.started < *begin)) {
            begin = step.started;
        }
    }
    return begin ? format_duration(now - *begin) : "";
}

bool says_something(const client::StepRecord& step) {
    return !step.message.empty() && (step.state == "running" || step.state == "failed");
}

}  // namespace

ProgressView::ProgressView(std::ostream& out, const Console& console, Style style, std::string_view title)
    : out_(out), console_(console), style_(style), title_(clean(title)) {}

void ProgressView::show(const client::Progress& progress, std::string_view note, Timestamp now) {
    if (style_ == Style::Redrawn) {
        redraw(progress, note, now);
    } else if (style_ == Style::Lines) {
        print_changes(progress, note, now);
    }
}

void ProgressView::say(std::string_view text) {
    if (style_ == Style::Silent) {
        return;
    }
    erase();
    out_ << clean(text) << "\n" << std::flush;
}

void ProgressView::erase() {
    if (drawn_lines_ > 0) {
        out_ << "\r\x1b[" << drawn_lines_ << "A\x1b[J";
        drawn_lines_ = 0;
        drawn_.clear();
    }
}

void ProgressView::redraw(const client::Progress& progress, std::string_view note, Timestamp now) {
    const std::size_t room = console_.width - 1;
    std::vector<std::string> lines;
    const std::string figures =
        "  " + std::to_string(progress.percent) + "%  " + time_since_begin(progress, now);
    lines.push_back(console_.paint(Colour::Bold, shorten(title_ + figures, room)));
    if (!note.empty()) {
        lines.push_back(console_.paint(Colour::Yellow, shorten("  " + clean(note), room)));
    }
    std::size_t name_width = 0;
    for (const auto& step : progress.steps) {
        name_width = std::max(name_width, display_width(clean(step.name)));
    }
    for (const auto& step : progress.steps) {
        const auto look = look_of(step.state);
        std::string rest = pad(clean(step.name), name_width) + "  " + pad(time_taken(step, now), 7);
        if (says_something(step)) {
            rest += "  " + clean(step.message);
        }
        lines.push_back("  " + console_.paint(look.colour, look.sign) + " " +
                        shorten(rest, room > 4 ? room - 4 : 1));
    }
    std::string block;
    for (const auto& line : lines) {
        block += line + "\n";
    }
    if (block == drawn_) {
        return;
    }
    erase();
    out_ << block << std::flush;
    drawn_lines_ = lines.size();
    drawn_ = std::move(block);
}

void ProgressView::print_changes(const client::Progress& progress, std::string_view note, Timestamp now) {
    if (note != last_note_ && !note.empty()) {
        out_ << title_ << ": " << clean(note) << "\n" << std::flush;
    }
    last_note_ = note;
    for (const auto& step : progress.steps) {
        auto change = std::pair(step.state, says_something(step) ? step.message : std::string());
        auto& before = seen_[step.name];
        if (step.state == "pending" || change == before) {
            continue;
        }
        before = std::move(change);
        std::string line = title_ + ": " + clean(step.name) + " " + clean(step.state);
        if (step.state == "done" || step.state == "failed") {
            line += " after " + time_taken(step, now);
        }
        if (says_something(step)) {
            line += ": " + clean(step.message);
        }
        out_ << line << "\n" << std::flush;
    }
}

}  // namespace souk::cli
