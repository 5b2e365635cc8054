#include "adapters/http/fields.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse_options.hpp>

#include <utility>

namespace souk::http {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxProblems = 50;
constexpr std::size_t kMaxName = 100;  // of a field that is named in a problem

tl::unexpected<Error> malformed(std::string detail) {
    return fail(ErrorCode::InvalidInput, std::move(detail), "MalformedJson");
}

/// "application/json; charset=utf-8" -> "application/json"
std::string_view media_type(std::string_view header) {
    auto type = header.substr(0, header.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) {
        type.remove_suffix(1);
    }
    return type;
}

bool is_json(std::string_view header) {
    const auto type = media_type(header);
    return runtime::equals_ignoring_case(type, "application/json") ||
           runtime::equals_ignoring_case(type, "application/merge-patch+json");
}

}  // namespace

/// Keeps the values of the outermost object. A tree would lose repeated names, and nothing deeper is ever
/// wanted.
class Fields::Collector {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Code = boost::json::error_code;
    using View = boost::json::string_view;

    explicit Collector(Fields& fields) : fields_(fields) {}
    bool is_object() const { return object_; }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) {
        if (depth_ == 0) {
            object_ = true;
        } else {
            keep({Kind::Object, {}, 0});
        }
        ++depth_;
        return true;
    }
    bool on_object_end(std::size_t, Code&) { return leave(); }
    bool on_array_begin(Code&) {
        keep({Kind::Array, {}, 0});
        ++depth_;
        return true;
    }
    bool on_array_end(std::size_t, Code&) { return leave(); }
    bool on_key_part(View part, std::size_t, Code&) { return append(part); }
    bool on_key(View part, std::size_t, Code&) {
        append(part);
        if (depth_ == 1) {
            name_ = std::move(text_);
        }
        text_.clear();
        return true;
    }
    bool on_string_part(View part, std::size_t, Code&) { return append(part); }
    bool on_string(View part, std::size_t, Code&) {
        append(part);
        keep({Kind::Text, std::move(text_), 0});
        text_.clear();
        return true;
    }
    bool on_number_part(View, Code&) { return true; }
    bool on_int64(std::int64_t value, View, Code&) { return keep({Kind::Integer, {}, value}); }
    bool on_uint64(std::uint64_t, View, Code&) { return keep({Kind::Number, {}, 0}); }  // beyond int64
    bool on_double(double, View, Code&) { return keep({Kind::Number, {}, 0}); }
    bool on_bool(bool, Code&) { return keep({Kind::Boolean, {}, 0}); }
    bool on_null(Code&) { return keep({}); }
    bool on_comment_part(View, Code&) { return true; }
    bool on_comment(View, Code&) { return true; }

private:
    bool append(View part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool leave() {
        --depth_;
        return true;
    }
    bool keep(Value value) {
        if (depth_ == 1 && object_ && !fields_.values_.emplace(name_, std::move(value)).second) {
            fields_.note(pointer_to(name_), "duplicate", "is given more than once");
        }
        return true;
    }

    Fields& fields_;
    bool object_ = false;
    std::size_t depth_ = 0;
    std::string name_;
    std::string text_;
};

std::string pointer_to(std::string_view name) {
    if (name.size() > kMaxName) {
        std::size_t end = kMaxName;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0U) == 0x80U) {
            --end;  // not inside a character
        }
        name = name.substr(0, end);
    }
    std::string out = "/";
    for (const char c : name) {
        if (c == '~' || c == '/') {
            out += c == '~' ? "~0" : "~1";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

Result<Fields> Fields::of_body(const runtime::Request& request, bool optional) {
    if (request.body.size() > kMaxBody) {
        return fail(ErrorCode::InvalidInput, "the body has more than 64 KiB", "BodyTooLarge");
    }
    if (request.body.empty() && optional) {
        return Fields{};
    }
    if (request.headers.count("Content-Type") != 1 || !is_json(request.headers.value("Content-Type"))) {
        return fail(ErrorCode::InvalidInput, "the body must be application/json", "UnsupportedMediaType");
    }
    return parse(request.body);
}

Result<Fields> Fields::parse(std::string_view json) {
    Fields fields;
    boost::json::parse_options options;
    options.max_depth = kMaxDepth;
    boost::json::basic_parser<Collector> parser(options, fields);
    boost::json::error_code error;
    const std::size_t used = parser.write_some(false, json.data(), json.size(), error);
    if (error) {
        if (error == boost::json::error::too_deep) {
            return malformed("the JSON is nested deeper than 32 levels");
        }
        return malformed("the body is not valid JSON in UTF-8 (near byte " + std::to_string(used) + ")");
    }
    if (used < json.size() || !parser.done()) {
        return malformed("the body is not one JSON value");
    }
    if (!parser.handler().is_object()) {
        return malformed("the body must be a JSON object");
    }
    return fields;
}

const Fields::Value* Fields::find(std::string_view name) {
    read_.emplace(name);
    const auto found = values_.find(name);
    return found == values_.end() || found->second.kind == Kind::Null ? nullptr : &found->second;
}

std::string Fields::text(std::string_view name) {
    const bool given = find(name) != nullptr;
    auto value = maybe_text(name);
    if (!given) {
        note(pointer_to(name), "required", "must be given");
    }
    return value.value_or(std::string());
}

std::optional<std::string> Fields::maybe_text(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->kind != Kind::Text) {
        note(pointer_to(name), "wrong_type", "must be a text");
        return std::nullopt;
    }
    return value->text;
}

std::optional<std::int64_t> Fields::maybe_integer(std::string_view name) {
    const Value* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->kind != Kind::Integer) {
        note(pointer_to(name), "wrong_type", "must be an integer");
        return std::nullopt;
    }
    return value->integer;
}

bool Fields::has_text(std::string_view name) const {
    const auto found = values_.find(name);
    return found != values_.end() && found->second.kind == Kind::Text;
}

void Fields::note(std::string pointer, std::string code, std::string detail) {
    if (problems_.size() < kMaxProblems) {
        problems_.push_back({std::move(pointer), std::move(code), std::move(detail)});
    }
}

bool Fields::clean() const {
    if (!problems_.empty()) {
        return false;
    }
    for (const auto& [name, value] : values_) {
        if (!read_.contains(name)) {
            return false;
        }
    }
    return true;
}

Result<> Fields::done() const {
    Error error{ErrorCode::InvalidInput, "the body has wrong fields", "InvalidBody", problems_};
    for (const auto& [name, value] : values_) {
        if (!read_.contains(name) && error.fields.size() < kMaxProblems) {
            error.fields.push_back({pointer_to(name), "unknown_field", "there is no such field"});
        }
    }
    if (error.fields.empty()) {
        return {};
    }
    return tl::unexpected(std::move(error));
}

}  // namespace souk::http
