#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace souk {

/// Base of text types that are made by parsing only: having one is the proof that it is valid.
template <class Tag>
class StrongText {
public:
    const std::string& str() const { return text_; }

    friend bool operator==(const StrongText& a, const StrongText& b) { return a.text_ == b.text_; }
    friend std::strong_ordering operator<=>(const StrongText& a, const StrongText& b) {
        return a.text_.compare(b.text_) <=> 0;
    }

    struct Hash {
        std::size_t operator()(const StrongText& value) const {
            return std::hash<std::string>{}(value.text_);
        }
    };

protected:
    explicit StrongText(std::string text) : text_(std::move(text)) {}

private:
    std::string text_;
};

}  // namespace souk
