#include "app/stores/reveal_credentials.hpp"

#include "app/events/record_event.hpp"
#include "app/stores/find_store.hpp"

namespace souk::app {
namespace {
constexpr std::string_view kAdminSecret = "souk-admin";
}

Result<Credentials> RevealCredentials::operator()(std::string_view id, const std::string& reason,
                                                  const Caller& caller, std::stop_token stop) const {
    if (reason.find_first_not_of(" \t\r\n") == std::string::npos || reason.size() > 500) {
        Error error{ErrorCode::InvalidInput, "say why the credentials are needed", "ReasonNeeded", {}};
        error.fields.push_back({"/reason", reason.size() > 500 ? "too_long" : "required",
                                "1 to 500 characters that the audit log keeps"});
        return tl::unexpected(std::move(error));
    }
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const auto store = find_living_store(tx, caller, id);
    if (!store) {
        return forward(store);
    }
    const auto written =
        tx.audit()
            .append({caller.user, "credentials.reveal", store->id.str(), reason, caller.request_id, tx.now()})
            .and_then([&] {
                return record_event(
                    tx, *store, {"store.credentials_revealed", {}, {}, {}, "revealed to " + caller.user, {}});
            })
            .and_then([&] { return tx.commit("reveal_credentials"); });
    if (!written) {
        return forward(written);
    }
    begun->reset();  // no transaction is held while the cluster is asked
    signals_.events_appended();
    auto values = cluster_.read_secret(StoreRef::of(*store), kAdminSecret, stop);
    if (!values) {
        if (values.error().code == ErrorCode::NotFound || values.error().code == ErrorCode::Forbidden) {
            return fail(ErrorCode::Conflict, "the store has no credentials yet", "NotMadeYet");
        }
        return forward(values);
    }
    const auto username = values->find("username");
    const auto password = values->find("password");
    if (username == values->end() || password == values->end()) {
        return fail(ErrorCode::Conflict, "this engine has no admin login", "NotMadeYet");
    }
    return Credentials{username->second.reveal(), password->second};
}

}  // namespace souk::app
