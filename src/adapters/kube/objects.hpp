#pragma once

#include "adapters/kube/json.hpp"
#include "core/common/time.hpp"

#include <map>
#include <string>
#include <vector>

namespace souk::kube {

// The few fields of each kind that decide anything. Two equal values mean that nothing happened that matters
// to us, whatever else changed in the object (managed fields, annotations, resource versions): watches
// compare them before they wake anybody.

struct Workload {
    bool stateful = false;
    std::string name;
    std::string uid;
    std::string component;
    std::string instance;
    std::int64_t generation = 0;
    std::int64_t observed_generation = 0;
    std::int64_t wanted = 1;
    std::int64_t current = 0;    // pods there are
    std::int64_t updated = 0;    // of the newest template
    std::int64_t available = 0;  // ready long enough
    bool on_delete = false;      // pods are replaced by hand
    std::string refusal;         // why pods cannot be made, when the object itself says so
    friend bool operator==(const Workload&, const Workload&) = default;
};

struct SetupJob {
    std::string name;
    std::string uid;
    std::string component;
    Timestamp created{};
    bool complete = false;
    bool failed = false;
    std::string failed_reason;  // BackoffLimitExceeded, DeadlineExceeded, ...
    std::string failed_message;
    std::int64_t active = 0;
    std::int64_t ended = 0;  // pods that succeeded or failed
    friend bool operator==(const SetupJob&, const SetupJob&) = default;
};

struct Pod {
    std::string name;
    std::string component;
    std::string owner;  // name of the controller
    std::string phase;
    bool ready = false;
    bool deleting = false;
    int restarts = 0;  // of the container with the most
    Timestamp created{};
    Timestamp started{};  // taken by a node; the epoch before that
    std::string reason;   // of the first container that is not well
    std::string message;
    std::string container;  // its name
    std::string image;      // and image
    bool unschedulable = false;
    Timestamp unschedulable_since{};
    std::string schedule_message;
    std::string termination;  // last words of a failed pod's container
    std::vector<std::string> containers;
    std::map<std::string, int> container_restarts;  // by name; of those that were started again
    friend bool operator==(const Pod&, const Pod&) = default;
};

struct Route {
    std::string name;
    std::vector<std::string> hosts;
    bool accepted = false;
    friend bool operator==(const Route&, const Route&) = default;
};

struct Claim {
    std::string name;
    std::string phase;
    std::string volume;
    friend bool operator==(const Claim&, const Claim&) = default;
};

struct Space {
    std::string name;
    std::string uid;
    std::string resource_version;  // not compared
    std::string manager;
    std::string store;
    std::string enforce;  // Pod Security level
    std::string fence;
    std::string fence_objects;
    std::string hosts;
    std::string epoch;
    bool terminating = false;
    std::string message;  // what holds a terminating one
    /// What a watch cares about: our own annotations and versions do not count.
    bool same_life(const Space& other) const {
        return uid == other.uid && manager == other.manager && store == other.store &&
               enforce == other.enforce && terminating == other.terminating && message == other.message;
    }
};

Workload read_workload(const json::value& object, bool stateful);
SetupJob read_job(const json::value& object);
Pod read_pod(const json::value& object);
Route read_route(const json::value& object);
Claim read_claim(const json::value& object);
Space read_space(const json::value& object);

}  // namespace souk::kube
