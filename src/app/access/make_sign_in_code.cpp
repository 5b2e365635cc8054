#include "app/access/make_sign_in_code.hpp"

#include "app/access/session_rules.hpp"

namespace souk::app {

Result<MadeSignInCode> MakeSignInCode::operator()(const Caller& caller) const {
    auto tx = database_.begin(Access::Write);
    if (!tx) {
        return forward(tx);
    }
    MadeSignInCode made{Secret(crypto_.random_token()), (*tx)->now() + kCodeLife};
    const auto kept = (*tx)
                          ->sign_ins()
                          .insert_code({.hash = crypto_.sha256_hex(made.code.reveal()),
                                        .user = caller.user,
                                        .team = caller.team,
                                        .role = caller.role,
                                        .expires = made.expires})
                          .and_then([&] {
                              return (*tx)->audit().append(
                                  {caller.user, "session.code", {}, {}, caller.request_id, (*tx)->now()});
                          })
                          .and_then([&] { return (*tx)->commit("sign_in_code"); });
    if (!kept) {
        return forward(kept);
    }
    return made;
}

}  // namespace souk::app
