#pragma once

#include "core/common/result.hpp"
#include "core/common/time.hpp"
#include "core/engine/engine.hpp"
#include "core/job/job.hpp"
#include "core/store/event.hpp"
#include "core/store/operation.hpp"
#include "core/store/receipt.hpp"
#include "core/store/store.hpp"
#include "core/store/usage.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace souk::app {

/// Where a list starts, what it holds, how it is sorted. Pages are keyset pages: never OFFSET.
struct StoreQuery {
    std::string team = "default";
    std::vector<Phase> phases{};  // empty: all but Deleted
    std::string engine;           // empty: all
    std::string plan;             // empty: all
    std::string search;           // case-insensitive part of name or slug; empty: all
    enum class Sort { CreatedDesc, CreatedAsc, NameAsc, NameDesc, UpdatedDesc } sort = Sort::CreatedDesc;
    int limit = 50;
    std::string
        after_key;  // sort key of the last row of the page before (micros as decimal text, or the name)
    std::string after_id;  // and its id; both empty: first page
};

/// A row of a list of stores.
struct ListedStore {
    Store store;
    std::optional<OperationId> operation;  // the running one
};

struct StoreTable {
    virtual ~StoreTable() = default;
    struct Place {
        StoreId id;
        std::string ns;
    };
    /// Namespaces of the living stores of all teams.
    virtual Result<std::vector<Place>> living_places() = 0;
    /// Conflict with reason "NameTaken" or "SlugTaken" when a living store of the team (name) or platform
    /// (slug) has it.
    virtual Result<> insert(const Store& store) = 0;
    /// NotFound when there is no such row. Deleted stores are found too.
    virtual Result<Store> load(const StoreId& id) = 0;
    /// By slug or by name, living stores only.
    virtual Result<std::optional<Store>> find_by_slug(std::string_view team, std::string_view slug) = 0;
    virtual Result<std::optional<Store>> find_by_name(std::string_view team, std::string_view name) = 0;
    virtual Result<bool> slug_taken(std::string_view slug) = 0;
    /// One query, whatever it finds.
    virtual Result<std::vector<ListedStore>> list(const StoreQuery& query) = 0;
    /// Writes every column, raises `version` and sets `updated` to now (both also in `store`). Conflict when
    /// the row's version is not `store.version`: somebody wrote in between, so look again. With a lease also
    /// Conflict when the lease is lost.
    virtual Result<> update(Store& store, const Lease* lease) = 0;
    /// Living stores of the team and of the platform, and those in phase Provisioning (admission).
    struct Counts {
        int living = 0;
        int provisioning = 0;
    };
    virtual Result<Counts> count(std::string_view team) = 0;
    virtual Result<Counts> count_all() = 0;
    /// The line for a place in Provisioning, as one sees it that stands in it since `since`: how many of each
    /// team have a place, and how many wait longer. Teams without either are left out.
    struct TeamLine {
        std::string team;
        int provisioning = 0;
        int before = 0;
    };
    virtual Result<std::vector<TeamLine>> line_before(const StoreId& store, Timestamp since) = 0;
    struct PhaseCount {
        std::string engine;
        Phase phase;
        std::int64_t count;
    };
    virtual Result<std::vector<PhaseCount>> count_by_engine_and_phase() = 0;
    /// Moves the deadline of each store in Provisioning by the time since it was last written, and counts as
    /// such a write. Returns how many there were.
    virtual Result<int> extend_deadlines() = 0;
};

struct OperationFilter {
    std::string team;
    std::string store{};  // id; empty: all of the team
    std::optional<OperationState> state{};
    std::optional<OperationKind> kind{};
};

struct OperationTable {
    virtual ~OperationTable() = default;
    /// Conflict with reason "OperationRunning" when the store has a running one.
    virtual Result<> insert(const Operation& operation) = 0;
    virtual Result<Operation> load(const OperationId& id) = 0;
    virtual Result<std::optional<Operation>> find_running(const StoreId& store) = 0;
    virtual Result<std::optional<Operation>> find_latest(const StoreId& store) = 0;
    virtual Result<> update(const Operation& operation) = 0;
    /// Newest first. Keyset by (created, id).
    virtual Result<std::vector<Operation>> list(const OperationFilter& filter, int limit,
                                                std::optional<Timestamp> before,
                                                std::string_view before_id) = 0;
    /// Ended before `time`, `limit` at most; the newest of each store stays. Returns how many.
    virtual Result<int> remove_ended_before(Timestamp time, int limit) = 0;
};

/// The durable queue. Times are the database's own ("now" is read inside each statement).
struct JobTable {
    virtual ~JobTable() = default;
    /// One per living store and kind; Conflict when there is one.
    virtual Result<> enqueue(const JobId& id, std::string_view kind, const StoreId& store) = 0;
    /// Takes the next due job: attempt and epoch are raised, the lease runs for `lease`. Nothing due:
    /// nullopt. At most one running job per store.
    virtual Result<std::optional<Job>> claim(std::string_view worker, std::chrono::milliseconds lease) = 0;
    /// False: the lease is lost; stop at once.
    virtual Result<bool> renew(const Lease& lease, std::chrono::milliseconds duration) = 0;
    /// Conflict when the lease is lost: the fence of a turn's writes that do not touch the store's row.
    virtual Result<> require(const Lease& lease) = 0;
    /// Ends a turn. Snooze: due at the earlier of the delay and now, if `wake_seq` has grown since the claim.
    /// A turn that ended well breaks the row of failed attempts: they are forgotten, or a healthy store would
    /// stall after years of rare outages. Retry: due after `delay`. Conflict when the lease is lost.
    virtual Result<> finish(const Job& job) = 0;
    virtual Result<> snooze(const Job& job, std::chrono::milliseconds delay) = 0;
    virtual Result<> retry(const Job& job, std::chrono::milliseconds delay, std::string_view error) = 0;
    virtual Result<> give_back(const Job& job) = 0;
    virtual Result<> stall(const Job& job, std::string_view error) = 0;
    /// Raises `wake_seq` in whatever state; a snoozed (or stalled, when `person` asks) job becomes ready now
    /// and its attempts are forgotten when `person`. Returns false when the store has no job.
    virtual Result<bool> wake(const StoreId& store, bool person) = 0;
    /// Expired leases become ready again (the attempt stays counted); returns how many.
    virtual Result<int> reap() = 0;
    struct Count {
        std::string kind;
        JobState state;
        std::int64_t count;
    };
    virtual Result<std::vector<Count>> count_by_kind_and_state() = 0;
    /// Age of the oldest ready job.
    virtual Result<std::chrono::milliseconds> oldest_ready() = 0;
    /// Done before `time`, `limit` at most; returns how many.
    virtual Result<int> remove_ended_before(Timestamp time, int limit) = 0;
};

struct EventFilter {
    std::string team{};                // empty: all teams
    std::string store{};               // id; empty: all
    std::vector<std::string> types{};  // empty: all
    std::optional<Timestamp> since{};  // at this time or later
    std::optional<Timestamp> until{};  // before this time
};

struct EventTable {
    virtual ~EventTable() = default;
    /// Gives `store_seq`; on SQLite `number` too (one writer: commit order).
    virtual Result<> append(const Event& event) = 0;
    /// Ascending by number, after `after`.
    virtual Result<std::vector<Event>> read_after(std::int64_t after, const EventFilter& filter,
                                                  int limit) = 0;
    /// Descending by number, before `before` (0: newest).
    virtual Result<std::vector<Event>> read_before(std::int64_t before, const EventFilter& filter,
                                                   int limit) = 0;
    virtual Result<std::int64_t> newest_number() = 0;
    /// The oldest number still kept; a client that asks for less gets `resync`.
    virtual Result<std::int64_t> oldest_number() = 0;
    /// `limit` at most; the newest of all stays, so that no number is given twice. Returns how many.
    virtual Result<int> remove_older_than(Timestamp time, int limit) = 0;
};

/// A stored answer to a request with an Idempotency-Key.
struct StoredAnswer {
    std::string fingerprint;  // SHA-256 of the canonical request
    int status = 0;
    std::string body;
    std::string location;
    std::string etag;
};

struct IdempotencyTable {
    virtual ~IdempotencyTable() = default;
    virtual Result<std::optional<StoredAnswer>> find(std::string_view scope, std::string_view key) = 0;
    /// Conflict when the key exists.
    virtual Result<> insert(std::string_view scope, std::string_view key, const StoredAnswer& answer) = 0;
    /// `limit` at most; returns how many.
    virtual Result<int> remove_older_than(Timestamp time, int limit) = 0;
};

struct AuditEntry {
    std::string actor;
    std::string action;  // store.create, store.delete, credentials.reveal, ...
    std::string store_id;
    std::string reason;  // what the person said
    std::string request_id;
    Timestamp time{};
};

struct AuditTable {
    virtual ~AuditTable() = default;
    virtual Result<> append(const AuditEntry& entry) = 0;
    virtual Result<std::vector<AuditEntry>> list(std::string_view store, int limit) = 0;
};

/// An API token; only its hash is kept.
struct Token {
    TokenId id;
    std::string hash;  // hex of SHA-256 of the token (256 random bits need no slow hash)
    std::string user = "default";
    std::string team = "default";
    std::string role = "admin";
    Timestamp created{};
    std::optional<Timestamp> last_used{};
};

struct TokenTable {
    virtual ~TokenTable() = default;
    virtual Result<> insert(const Token& token) = 0;
    virtual Result<std::optional<Token>> find_by_hash(std::string_view hash) = 0;
    virtual Result<bool> any() = 0;
    virtual Result<> touch(const TokenId& id) = 0;
};

/// Somebody who signed in with a browser. Only the hash of the cookie's value is kept.
struct Session {
    SessionId id;
    std::string hash;  // hex of SHA-256 of the cookie's value
    std::string user = "default";
    std::string team = "default";
    std::string role = "admin";
    std::string address;  // where it was opened from
    std::string agent;    // what the browser called itself
    Timestamp created{};
    Timestamp last_used{};
    Timestamp expires{};
};

struct SessionTable {
    virtual ~SessionTable() = default;
    virtual Result<> insert(const Session& session) = 0;
    /// Those that have not expired by the transaction's now.
    virtual Result<std::optional<Session>> find_by_hash(std::string_view hash) = 0;
    virtual Result<std::vector<Session>> list(std::string_view user) = 0;  // newest first
    /// Sets `last_used` to now and `expires` to the given time. False when there is no such session.
    virtual Result<bool> touch(const SessionId& id, Timestamp expires) = 0;
    /// False when the user has no such session.
    virtual Result<bool> remove(const SessionId& id, std::string_view user) = 0;
    /// `limit` at most; returns how many.
    virtual Result<int> remove_expired(int limit) = 0;
};

/// A one-time code that opens a session: for a link. Only its hash is kept.
struct SignInCode {
    std::string hash;
    std::string user = "default";
    std::string team = "default";
    std::string role = "admin";
    Timestamp expires{};
};

/// Codes, and the sign-ins that were refused: both live for minutes.
struct SignInTable {
    virtual ~SignInTable() = default;
    virtual Result<> insert_code(const SignInCode& code) = 0;
    /// Removes the code and returns it: whoever takes it first has it. Expired ones are not found.
    virtual Result<std::optional<SignInCode>> take_code(std::string_view hash) = 0;
    virtual Result<> note_refusal(std::string_view address) = 0;
    virtual Result<int> count_refusals(std::string_view address, Timestamp since) = 0;
    /// Codes that expired and refusals that were noted before `time`, about `limit` of each; returns how
    /// many.
    virtual Result<int> remove_older_than(Timestamp time, int limit) = 0;
};

/// Packs by digest, kept as long as a store uses them.
struct PackTable {
    virtual ~PackTable() = default;
    virtual Result<bool> has(std::string_view digest) = 0;
    virtual Result<> insert(std::string_view digest, std::string_view engine, std::string_view version,
                            std::string_view archive) = 0;
    /// The archive; NotFound.
    virtual Result<std::string> load(std::string_view digest) = 0;
    /// Packs kept before `time` that no living store uses, `limit` at most; returns how many.
    virtual Result<int> remove_unused(Timestamp time, int limit) = 0;
};

/// Log lines and events saved when a store fails or is deleted (30 days).
struct KeptLog {
    StoreId store_id;
    std::string pod;
    std::string container;
    std::string text;  // at most the last 200 lines, secrets masked
    Timestamp time{};
};

struct KeptLogTable {
    virtual ~KeptLogTable() = default;
    virtual Result<> replace(const StoreId& store, const std::vector<KeptLog>& logs) = 0;
    virtual Result<std::vector<KeptLog>> list(const StoreId& store) = 0;
    /// `limit` at most; returns how many.
    virtual Result<int> remove_older_than(Timestamp time, int limit) = 0;
};

struct ReceiptTable {
    virtual ~ReceiptTable() = default;
    virtual Result<> save(const Receipt& receipt) = 0;  // insert or replace
    virtual Result<std::optional<Receipt>> find(const StoreId& store) = 0;
};

/// What all stores of a team together are and did.
struct StatsTable {
    virtual ~StatsTable() = default;
    struct StoreCount {
        std::string engine;
        Phase phase;
        std::string plan;
        std::int64_t count;
    };
    virtual Result<std::vector<StoreCount>> count_living(std::string_view team) = 0;
    /// A store that became Ready for the first time, from its admission on.
    struct Creation {
        StoreId store;
        std::string engine;
        Timestamp ready;
        std::chrono::microseconds took;
    };
    /// Deleted stores included, newest first.
    virtual Result<std::vector<Creation>> creations_since(std::string_view team, Timestamp since) = 0;
    /// The steps of the operation that made it; empty when they are not kept any more.
    virtual Result<std::vector<StepRecord>> creation_steps(const StoreId& store) = 0;
    struct FailureCount {
        std::string engine;
        std::string reason;
        std::int64_t count;
    };
    /// Operations that failed, most frequent first.
    virtual Result<std::vector<FailureCount>> count_failures(std::string_view team, Timestamp since) = 0;
};

struct UsageTable {
    virtual ~UsageTable() = default;
    /// `sample.time` is the same for all stores of one round.
    virtual Result<> add(const StoreId& store, const UsageSample& sample) = 0;
    /// Oldest first, thinned by leaving out so that `most` (2 or more) come at most.
    virtual Result<std::vector<UsageSample>> list(const StoreId& store, Timestamp since, Timestamp until,
                                                  int most) = 0;
    /// Of the team's living stores in the newest round; nothing when that is before `since`.
    virtual Result<std::optional<UsageSample>> newest_sum(std::string_view team, Timestamp since) = 0;
    /// `limit` at most; returns how many.
    virtual Result<int> remove_older_than(Timestamp time, int limit) = 0;
};

/// One transaction. Rolls back in its destructor unless committed. Used by one thread. No network call
/// inside.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual StoreTable& stores() = 0;
    virtual OperationTable& operations() = 0;
    virtual JobTable& jobs() = 0;
    virtual EventTable& events() = 0;
    virtual IdempotencyTable& idempotency() = 0;
    virtual AuditTable& audit() = 0;
    virtual TokenTable& tokens() = 0;
    virtual SessionTable& sessions() = 0;
    virtual SignInTable& sign_ins() = 0;
    virtual PackTable& packs() = 0;
    virtual KeptLogTable& kept_logs() = 0;
    virtual ReceiptTable& receipts() = 0;
    virtual StatsTable& stats() = 0;
    virtual UsageTable& usage() = 0;
    /// The database's clock, fixed within the transaction.
    virtual Timestamp now() const = 0;
    /// `name` is the fault point of this commit (docs/reference/fault-points.md): unique in the code.
    virtual Result<> commit(std::string_view name) = 0;
};

enum class Access { Read, Write };

/// Connections: how many there may be, are open, are lent out now, and how many threads wait for one.
struct ConnectionCounts {
    int capacity = 0;
    int open = 0;
    int in_use = 0;
    int waiting = 0;
    std::uint64_t timeouts = 0;  // since the start
};

/// Thread-safe: each begin takes a connection of the pool. Unavailable or Timeout when none can be had in
/// time.
class Database {
public:
    virtual ~Database() = default;
    virtual Result<std::unique_ptr<Transaction>> begin(Access access) = 0;
    /// Round trip, for health.
    virtual Result<std::chrono::microseconds> ping() = 0;
    virtual ConnectionCounts connections(Access access) const = 0;
};

}  // namespace souk::app
