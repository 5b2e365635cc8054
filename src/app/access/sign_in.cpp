#include "app/access/sign_in.hpp"

#include "app/access/session_rules.hpp"

#include <optional>
#include <utility>

namespace souk::app {
namespace {

template <class Row>
std::optional<Caller> caller_of(const std::optional<Row>& row) {
    if (!row) {
        return std::nullopt;
    }
    return Caller{.user = row->user, .team = row->team, .role = row->role, .request_id = {}};
}

}  // namespace

Result<> SignIn::throttle(const Visitor& visitor) const {
    auto tx = database_.begin(Access::Read);
    if (!tx) {
        return forward(tx);
    }
    const auto refusals = (*tx)->sign_ins().count_refusals(visitor.address, (*tx)->now() - kRefusalWindow);
    if (!refusals) {
        return forward(refusals);
    }
    if (*refusals >= kMostRefusals) {
        return fail(ErrorCode::QuotaExceeded, "too many attempts from this address; wait five minutes",
                    "TooManyAttempts");
    }
    return {};
}

Result<SignedIn> SignIn::operator()(const Proof& proof, const Visitor& visitor) const {
    if (auto free = throttle(visitor); !free) {
        return forward(free);
    }
    auto begun = database_.begin(Access::Write);
    if (!begun) {
        return forward(begun);
    }
    Transaction& tx = **begun;
    const auto found = who(tx, proof);
    if (!found) {
        return forward(found);
    }
    if (*found) {
        return open(tx, **found, visitor);
    }
    const auto noted =
        tx.sign_ins().note_refusal(visitor.address).and_then([&] { return tx.commit("sign_in_refused"); });
    if (!noted) {
        return forward(noted);
    }
    return fail(ErrorCode::Unauthenticated, "this token or code is not valid, or it is no longer",
                "Unauthenticated");
}

Result<std::optional<Caller>> SignIn::who(Transaction& tx, const Proof& proof) const {
    if (proof.text.empty() || proof.text.size() > kLongestProof) {
        return std::optional<Caller>();
    }
    const std::string hash = crypto_.sha256_hex(proof.text);
    switch (proof.kind) {
        case Proof::Kind::Token:
            return tx.tokens().find_by_hash(hash).map(caller_of<Token>);
        case Proof::Kind::Code:
            return tx.sign_ins().take_code(hash).map(caller_of<SignInCode>);
    }
    return std::optional<Caller>();
}

Result<SignedIn> SignIn::open(Transaction& tx, const Caller& who, const Visitor& visitor) const {
    Secret cookie(crypto_.random_token());
    Session session{.id = ids_.make<SessionId>(),
                    .hash = crypto_.sha256_hex(cookie.reveal()),
                    .user = who.user,
                    .team = who.team,
                    .role = who.role,
                    .address = visitor.address,
                    .agent = visitor.agent};
    session.created = tx.now();
    session.last_used = tx.now();
    session.expires = session_end(session.created, tx.now());
    const auto opened =
        tx.sessions()
            .insert(session)
            .and_then([&] {
                return tx.audit().append(
                    {who.user, "session.open", {}, session.id.str(), visitor.request_id, tx.now()});
            })
            .and_then([&] { return tx.commit("sign_in"); });
    if (!opened) {
        return forward(opened);
    }
    return SignedIn{std::move(session), std::move(cookie)};
}

}  // namespace souk::app
