#include "adapters/kube/watch_stream.hpp"

#include <boost/json.hpp>

#include <utility>

namespace souk::kube {

Result<WatchEvent> parse_watch_event(std::string_view line) {
    auto value = parse_json(line);
    if (!value) {
        return forward(std::move(value));
    }
    const std::string type = text_at(*value, {"type"});
    const json::value* object = find_at(*value, {"object"});
    if (object == nullptr || !object->is_object()) {
        return fail(ErrorCode::Internal, "a watch event without an object");
    }
    WatchEvent event;
    if (type == "ADDED") {
        event.type = WatchEvent::Type::Added;
    } else if (type == "MODIFIED") {
        event.type = WatchEvent::Type::Modified;
    } else if (type == "DELETED") {
        event.type = WatchEvent::Type::Deleted;
    } else if (type == "BOOKMARK") {
        event.type = WatchEvent::Type::Bookmark;
    } else if (type == "ERROR") {
        const bool expired = number_at(*object, {"code"}) == 410 || text_at(*object, {"reason"}) == "Expired";
        event.type = expired ? WatchEvent::Type::Expired : WatchEvent::Type::Error;
        event.message = tidy_text(text_at(*object, {"message"}));
        return event;
    } else {
        return fail(ErrorCode::Internal, "a watch event of an unknown type");
    }
    event.resource_version = text_at(*object, {"metadata", "resourceVersion"});
    if (event.resource_version.empty()) {
        return fail(ErrorCode::Internal, "a watch event without a resourceVersion");
    }
    event.object = *object;
    return event;
}

bool LineSplitter::feed(std::string_view data, const std::function<bool(std::string_view)>& each) {
    while (!data.empty()) {
        const std::size_t end = data.find('\n');
        if (end == std::string_view::npos) {
            rest_.append(data);
            return rest_.size() <= max_line_;
        }
        std::string_view line = data.substr(0, end);
        data.remove_prefix(end + 1);
        std::string whole;
        if (!rest_.empty()) {
            whole = take_rest();
            whole.append(line);
            line = whole;
        }
        if (line.size() > max_line_) {
            return false;
        }
        if (!line.empty() && !each(line)) {
            return false;
        }
    }
    return true;
}

Result<ListPage> parse_list_page(Watched kind, std::string_view body) {
    auto value = parse_json(body);
    if (!value) {
        return forward(std::move(value));
    }
    const json::value* items = find_at(*value, {"items"});
    if (items == nullptr || !(items->is_array() || items->is_null())) {
        return fail(ErrorCode::Internal, "the answer is not a list");
    }
    ListPage page;
    page.next = text_at(*value, {"metadata", "continue"});
    page.resource_version = text_at(*value, {"metadata", "resourceVersion"});
    if (page.resource_version.empty()) {
        return fail(ErrorCode::Internal, "the list has no resourceVersion");
    }
    for (const json::value& item : array_at(*value, {"items"})) {
        if (auto listed = read_listed(kind, item)) {
            page.objects.push_back(std::move(*listed));
        }
    }
    return page;
}

}  // namespace souk::kube
