#include "runtime/process/capped_text.hpp"

#include <algorithm>
#include <utility>

namespace souk::runtime {

void CappedText::append(std::string_view text) {
    const auto to_head = std::min(text.size(), head_cap_ - head_.size());
    head_.append(text.substr(0, to_head));
    tail_.append(text.substr(to_head));
    if (tail_.size() > tail_cap_ * 2) {  // in large steps, so that the cost per byte stays constant
        const auto surplus = tail_.size() - tail_cap_;
        tail_.erase(0, surplus);
        left_out_ += surplus;
    }
}

std::string CappedText::take() {
    if (tail_.size() > tail_cap_) {
        const auto surplus = tail_.size() - tail_cap_;
        tail_.erase(0, surplus);
        left_out_ += surplus;
    }
    std::string text = std::move(head_);
    if (left_out_ > 0) {
        text += "\n[... " + std::to_string(left_out_) + " bytes left out ...]\n";
    }
    text += tail_;
    head_.clear();
    tail_.clear();
    left_out_ = 0;
    return text;
}

}  // namespace souk::runtime
