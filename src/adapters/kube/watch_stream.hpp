#pragma once

#include "adapters/kube/cache.hpp"
#include "adapters/kube/json.hpp"
#include "core/common/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace souk::kube {

/// One line of a watch.
struct WatchEvent {
    enum class Type { Added, Modified, Deleted, Bookmark, Expired, Error };
    Type type = Type::Error;
    json::value object;
    std::string resource_version;
    std::string message;  // of Expired and Error
};
/// Internal for anything that is not a watch event.
Result<WatchEvent> parse_watch_event(std::string_view line);

/// Cuts a body that comes in pieces of any size into lines. A line longer than the limit is an error: nothing
/// Kubernetes sends is.
class LineSplitter {
public:
    explicit LineSplitter(std::size_t max_line = std::size_t{16} * 1024 * 1024) : max_line_(max_line) {}
    /// `each` gets complete lines without their end; empty lines are left out. False: the line was too long,
    /// or `each` said so.
    bool feed(std::string_view data, const std::function<bool(std::string_view)>& each);
    /// What stands after the last line end.
    std::string take_rest() { return std::exchange(rest_, {}); }

private:
    std::size_t max_line_;
    std::string rest_;
};

/// One page of a list.
struct ListPage {
    std::vector<Cache::Listed> objects;
    std::string next;  // continue token; empty: the last page
    std::string resource_version;
};
Result<ListPage> parse_list_page(Watched kind, std::string_view body);

}  // namespace souk::kube
