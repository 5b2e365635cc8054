#include "client/json_reader.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace souk::client {

namespace json = boost::json;

Result<json::object> parse_object(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !value.is_object()) {
        return fail(ErrorCode::Internal, "the server's answer is not a JSON object; is it soukd?");
    }
    return std::move(value.get_object());
}

std::optional<std::string> maybe_text(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) {
        return std::nullopt;
    }
    return std::string(value->get_string());
}

std::string text_of(const json::object& object, std::string_view name) {
    return maybe_text(object, name).value_or("");
}

std::int64_t number_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) {
        return 0;
    }
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    return error ? 0 : number;
}

bool flag_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<Timestamp> time_of(const json::object& object, std::string_view name) {
    const auto text = maybe_text(object, name);
    if (!text) {
        return std::nullopt;
    }
    const auto time = parse_rfc3339(*text);
    return time ? std::optional(*time) : std::nullopt;
}

const json::object* object_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

void for_each_object(const json::object& object, std::string_view name,
                     const std::function<void(const json::object&)>& use) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_array()) {
        return;
    }
    for (const auto& item : value->get_array()) {
        if (const auto* element = item.if_object()) {
            use(*element);
        }
    }
}

}  // namespace souk::client
