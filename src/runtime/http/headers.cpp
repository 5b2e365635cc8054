#include "runtime/http/headers.hpp"

#include <algorithm>

namespace souk::runtime {

namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
               kMarks.find(c) != kMarks.npos;
    });
}

bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool list_has_token(std::string_view list, std::string_view token) {
    while (true) {
        const auto comma = list.find(',');
        if (equals_ignoring_case(trim(list.substr(0, comma)), token)) {
            return true;
        }
        if (comma == std::string_view::npos) {
            return false;
        }
        list.remove_prefix(comma + 1);
    }
}

const std::string* Headers::find(std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) {
        return equals_ignoring_case(field.first, name);
    });
    return found == fields_.end() ? nullptr : &found->second;
}

std::string_view Headers::value(std::string_view name) const {
    const auto* found = find(name);
    return found == nullptr ? std::string_view{} : std::string_view(*found);
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(fields_.begin(), fields_.end(), [&](const Field& field) {
        return equals_ignoring_case(field.first, name);
    }));
}

void Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string_view name, std::string value) {
    std::string owned(name);  // `name` may point into a field that is removed
    remove(owned);
    add(std::move(owned), std::move(value));
}

void Headers::remove(std::string_view name) {
    const std::string owned(name);
    std::erase_if(fields_, [&](const Field& field) { return equals_ignoring_case(field.first, owned); });
}

}  // namespace souk::runtime
