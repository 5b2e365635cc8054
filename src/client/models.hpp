#pragma once

#include "core/common/result.hpp"
#include "core/common/secret.hpp"
#include "core/common/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the API answers (schemas of api/openapi.yaml), as far as programs look into it. Words are text, not
/// enumerations, because the server may know more of them than we do. `document` is the whole answer as it
/// came.
namespace souk::client {

using Document = std::shared_ptr<const boost::json::object>;

struct Failure {
    std::string reason;
    std::string message;
};

struct StepRecord {
    std::string name;
    std::string state;  // pending, running, done, failed
    std::optional<Timestamp> started = {};
    std::optional<Timestamp> ended = {};
    std::string message;
};

struct Progress {
    int percent = 0;
    std::vector<StepRecord> steps;
};

struct Condition {
    std::string type;
    bool status = false;
    std::string reason;
    std::string message;
};

struct Store {
    std::string id;
    std::string name;
    std::string slug;
    std::string engine;
    std::string engine_version;
    std::string plan;
    std::string phase;
    std::vector<Condition> conditions;
    Progress progress;
    std::string storefront;  // URLs; empty: the engine has none
    std::string admin;
    std::optional<Failure> failure = {};
    std::string operation;  // id of the running one, or empty
    std::optional<Timestamp> created = {};
    std::optional<Timestamp> updated = {};
    std::optional<Timestamp> ready_at = {};
    std::string etag;  // of the answer; empty in lists
    Document document;
};

struct Operation {
    std::string id;
    std::string kind;
    std::string store_id;
    std::string store_name;
    std::string state;  // running, succeeded, failed, aborted
    bool done = false;
    Progress progress;
    std::optional<Failure> error = {};
    std::string requested_by;
    std::optional<Timestamp> created = {};
    std::optional<Timestamp> ended = {};
    Document document;
};

/// What a creation would make.
struct Validation {
    std::string name;
    std::string slug;
    std::string storefront;
    std::string engine;
    std::string engine_version;
    std::string plan;
    struct Makes {
        std::string kind;
        std::string name;  // empty: only the creation decides it
        std::string purpose;
    };
    std::vector<Makes> makes;
    bool waits = false;
    Document document;
};

struct Resource {
    std::string kind;
    std::string name;
    std::string parent;  // "Kind/name"; empty: a root
    std::string health;
    std::string reason;
    std::string message;
    std::optional<Timestamp> created = {};
};

/// The objects of a store.
struct Resources {
    std::vector<Resource> items;
    Document document;
};

struct Usage {
    struct Pod {
        std::string name;
        std::int64_t cpu_millicores = 0;
        std::int64_t memory_bytes = 0;
    };
    struct Now {
        std::vector<Pod> pods;
        std::int64_t cpu_millicores = 0;
        std::int64_t memory_bytes = 0;
        std::int64_t storage_bytes = 0;
    };
    std::optional<Now> now = {};  // nothing: cannot be measured
    std::int64_t limits_cpu_millicores = 0;
    std::int64_t limits_memory_bytes = 0;
    std::int64_t storage_bytes = 0;  // of the plan, like the two above
    Document document;
};

struct Event {
    std::int64_t number = 0;
    std::string store_id;
    std::string store_name;
    std::string type;
    std::string phase;
    std::string step;
    std::string condition;
    std::string state;
    std::string reason;
    std::string message;
    int percent = 0;
    std::string operation;
    std::optional<Timestamp> time = {};
    Document document;
};

struct ReceiptLine {
    std::string kind;
    std::string name;
    std::string ns;
    std::optional<Timestamp> gone = {};
};

struct Receipt {
    std::string store_id;
    std::string store_name;
    std::string requested_by;
    std::optional<Timestamp> requested = {};
    std::optional<Timestamp> completed = {};
    std::vector<ReceiptLine> lines;
    Document document;
};

struct Engine {
    std::string name;
    std::string title;
    std::string version;
    std::string description;
    std::vector<std::string> plans;
    Document document;
};

struct Plan {
    std::string name;
    std::string title;
    std::string limits_cpu;
    std::string limits_memory;
    std::string storage;
    int pods = 0;
    Document document;
};

struct HealthCheck {
    std::string name;
    std::string status;
    std::string message;
};

struct Health {
    std::string status;
    std::string version;
    std::vector<HealthCheck> checks;
    Document document;
};

struct Credentials {
    std::string username;
    Secret password;
};

/// A link that signs a browser in, once.
struct SignInLink {
    std::string url;  // with the code in its fragment
    std::string expires;
};

/// A store with the operation that was started for it.
struct Accepted {
    Store store;
    Operation operation;
    Document document;
};

/// One page of a list; an empty token means that it is the last.
template <class T>
struct Page {
    std::vector<T> items;
    std::string next_page_token;
};

/// Internal: a member is missing without which the value has no meaning.
Result<Store> read_store(const boost::json::object& object);
Result<Operation> read_operation(const boost::json::object& object);
Result<Validation> read_validation(const boost::json::object& object);
Result<Resources> read_resources(const boost::json::object& object);
Result<Usage> read_usage(const boost::json::object& object);
Result<Event> read_event(const boost::json::object& object);
Result<Event> parse_event(const std::string& text);
Result<Receipt> read_receipt(const boost::json::object& object);
Result<Engine> read_engine(const boost::json::object& object);
Result<Plan> read_plan(const boost::json::object& object);
Result<Health> read_health(const boost::json::object& object);
Result<Credentials> read_credentials(const boost::json::object& object);
Result<SignInLink> read_sign_in_link(const boost::json::object& object);
Result<Accepted> read_accepted(const boost::json::object& object);

}  // namespace souk::client
