#include "adapters/sql/json_columns.hpp"

#include <boost/json.hpp>

namespace souk::sql {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

void put(json::object& object, std::string_view key, std::string_view text) {
    if (!text.empty()) {
        object[view(key)] = view(text);
    }
}

void put(json::object& object, std::string_view key, const std::optional<Timestamp>& time) {
    if (time) {
        object[view(key)] = to_micros(*time);
    }
}

std::string get_text(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(view(key));
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

bool get_flag(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(view(key));
    const bool* flag = value == nullptr ? nullptr : value->if_bool();
    return flag != nullptr && *flag;
}

std::optional<Timestamp> get_time(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(view(key));
    const std::int64_t* micros = value == nullptr ? nullptr : value->if_int64();
    return micros == nullptr ? std::nullopt : std::optional(from_micros(*micros));
}

/// Boost.JSON throws only when memory ends, which ends the turn at the top of its thread.
Result<json::array> parse_list(std::string_view text) {
    json::error_code failed;
    json::value value = json::parse(view(text), failed);
    if (failed || !value.is_array()) {
        return fail(ErrorCode::Internal, "a list in the database is not a JSON list", "UnreadableRow");
    }
    return std::move(value.as_array());
}

template <class T, class Decode>
Result<std::vector<T>> decode_objects(std::string_view text, Decode decode) {
    auto list = parse_list(text);
    if (!list) {
        return forward(std::move(list));
    }
    std::vector<T> out;
    out.reserve(list->size());
    for (const json::value& value : *list) {
        if (const json::object* object = value.if_object(); object != nullptr) {
            decode(*object, out);
        }
    }
    return out;
}

}  // namespace

std::string to_json(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts) {
        list.emplace_back(view(text));
    }
    return json::serialize(list);
}

std::string to_json(const std::vector<Condition>& conditions) {
    json::array list;
    for (const Condition& condition : conditions) {
        json::object object;
        put(object, "type", condition.type);
        object["status"] = condition.status;
        put(object, "reason", condition.reason);
        put(object, "message", condition.message);
        put(object, "changed", std::optional(condition.changed));
        list.emplace_back(std::move(object));
    }
    return json::serialize(list);
}

std::string to_json(const std::vector<StepRecord>& steps) {
    json::array list;
    for (const StepRecord& record : steps) {
        json::object object;
        put(object, "step", to_string(record.step));
        put(object, "state", to_string(record.state));
        put(object, "started", record.started);
        put(object, "ended", record.ended);
        put(object, "message", record.message);
        list.emplace_back(std::move(object));
    }
    return json::serialize(list);
}

std::string to_json(const std::vector<ReceiptLine>& lines) {
    json::array list;
    for (const ReceiptLine& line : lines) {
        json::object object;
        put(object, "kind", line.kind);
        put(object, "name", line.name);
        put(object, "namespace", line.ns);
        put(object, "gone", line.gone);
        list.emplace_back(std::move(object));
    }
    return json::serialize(list);
}

Result<std::vector<std::string>> texts_from_json(std::string_view text) {
    auto list = parse_list(text);
    if (!list) {
        return forward(std::move(list));
    }
    std::vector<std::string> out;
    for (const json::value& value : *list) {
        if (const json::string* item = value.if_string(); item != nullptr) {
            out.emplace_back(item->data(), item->size());
        }
    }
    return out;
}

Result<std::vector<Condition>> conditions_from_json(std::string_view text) {
    return decode_objects<Condition>(text, [](const json::object& object, std::vector<Condition>& out) {
        out.push_back({.type = get_text(object, "type"),
                       .status = get_flag(object, "status"),
                       .reason = get_text(object, "reason"),
                       .message = get_text(object, "message"),
                       .changed = get_time(object, "changed").value_or(Timestamp{})});
    });
}

Result<std::vector<StepRecord>> steps_from_json(std::string_view text) {
    return decode_objects<StepRecord>(text, [](const json::object& object, std::vector<StepRecord>& out) {
        const auto step = parse_step(get_text(object, "step"));
        const auto state = parse_step_state(get_text(object, "state"));
        if (step && state) {
            out.push_back({.step = *step,
                           .state = *state,
                           .started = get_time(object, "started"),
                           .ended = get_time(object, "ended"),
                           .message = get_text(object, "message")});
        }
    });
}

Result<std::vector<ReceiptLine>> receipt_lines_from_json(std::string_view text) {
    return decode_objects<ReceiptLine>(text, [](const json::object& object, std::vector<ReceiptLine>& out) {
        out.push_back({.kind = get_text(object, "kind"),
                       .name = get_text(object, "name"),
                       .ns = get_text(object, "namespace"),
                       .gone = get_time(object, "gone")});
    });
}

}  // namespace souk::sql
