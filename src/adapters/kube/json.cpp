#include "adapters/kube/json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <vector>

namespace souk::kube {

Result<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = 100;  // managedFields are deep, but not this deep
    try {
        json::error_code error;
        json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
        if (error) {
            return fail(ErrorCode::Internal, "not JSON: " + error.message());
        }
        return value;
    } catch (const std::exception&) {
        return fail(ErrorCode::Internal, "not JSON: too large");
    }
}

const json::value* find_at(const json::value& value, Path path) {
    const json::value* at = &value;
    for (const std::string_view key : path) {
        const json::object* object = at->if_object();
        if (object == nullptr) {
            return nullptr;
        }
        at = object->if_contains(json::string_view(key.data(), key.size()));
        if (at == nullptr) {
            return nullptr;
        }
    }
    return at;
}

std::string text_at(const json::value& value, Path path) {
    const json::value* found = find_at(value, path);
    if (found == nullptr || !found->is_string()) {
        return {};
    }
    const json::string& text = found->get_string();
    return {text.data(), text.size()};
}

std::int64_t number_at(const json::value& value, Path path, std::int64_t otherwise) {
    const json::value* found = find_at(value, path);
    if (found == nullptr || !found->is_int64()) {
        return otherwise;
    }
    return found->get_int64();
}

bool flag_at(const json::value& value, Path path) {
    const json::value* found = find_at(value, path);
    return found != nullptr && found->is_bool() && found->get_bool();
}

const json::array& array_at(const json::value& value, Path path) {
    static const json::array kEmpty;
    const json::value* found = find_at(value, path);
    return found != nullptr && found->is_array() ? found->get_array() : kEmpty;
}

const json::object& object_at(const json::value& value, Path path) {
    static const json::object kEmpty;
    const json::value* found = find_at(value, path);
    return found != nullptr && found->is_object() ? found->get_object() : kEmpty;
}

Timestamp time_at(const json::value& value, Path path) {
    return parse_rfc3339(text_at(value, path)).value_or(Timestamp{});
}

std::string label_of(const json::value& object, std::string_view key) {
    return text_at(object, {"metadata", "labels", key});
}

std::string annotation_of(const json::value& object, std::string_view key) {
    return text_at(object, {"metadata", "annotations", key});
}

namespace {

void write_canonical(const json::value& value, std::string& out) {
    if (const json::object* object = value.if_object()) {
        std::vector<const json::key_value_pair*> members;
        for (const json::key_value_pair& member : *object) {
            members.push_back(&member);
        }
        std::sort(members.begin(), members.end(),
                  [](const auto* a, const auto* b) { return a->key() < b->key(); });
        out += '{';
        for (const json::key_value_pair* member : members) {
            if (out.back() != '{') {
                out += ',';
            }
            out += json::serialize(json::string(member->key()));
            out += ':';
            write_canonical(member->value(), out);
        }
        out += '}';
        return;
    }
    if (const json::array* array = value.if_array()) {
        out += '[';
        bool first = true;
        for (const json::value& item : *array) {
            if (!first) {
                out += ',';
            }
            first = false;
            write_canonical(item, out);
        }
        out += ']';
        return;
    }
    out += json::serialize(value);
}

}  // namespace

std::string canonical(const json::value& value) {
    std::string out;
    write_canonical(value, out);
    return out;
}

std::string tidy_text(std::string_view text, std::size_t max) {
    std::string out;
    for (const char c : text.substr(0, max)) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    if (text.size() > max) {
        // Do not leave half a code point behind.
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80) {
            out.pop_back();
        }
        if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0) {
            out.pop_back();
        }
        out += "...";
    }
    return out;
}

}  // namespace souk::kube
