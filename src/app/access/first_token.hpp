#pragma once

#include "app/ports/crypto.hpp"
#include "app/ports/database.hpp"
#include "app/ports/ids.hpp"
#include "core/common/secret.hpp"

#include <optional>

namespace souk::app {

/// Makes the admin token of the first start; nullopt when a token exists. The caller writes it to a file with
/// mode 0600 before it commits to anything else; only the path is ever printed. Safe to repeat.
class FirstToken {
public:
    FirstToken(Database& database, IdSource& ids, Crypto& crypto)
        : database_(database), ids_(ids), crypto_(crypto) {}
    /// `write` stores the token; when it fails nothing is committed.
    template <class Write>
    Result<bool> operator()(Write&& write) const {
        auto tx = database_.begin(app::Access::Write);
        if (!tx) {
            return forward(tx);
        }
        const auto any = (*tx)->tokens().any();
        if (!any) {
            return forward(any);
        }
        if (*any) {
            return false;
        }
        const Secret token("souk_" + crypto_.random_token());
        Token row{.id = ids_.make<TokenId>(),
                  .hash = crypto_.sha256_hex(token.reveal()),
                  .created = (*tx)->now(),
                  .last_used = {}};
        if (auto inserted = (*tx)->tokens().insert(row); !inserted) {
            return forward(inserted);
        }
        if (auto written = write(token); !written) {
            return forward(written);
        }
        if (auto committed = (*tx)->commit("first_token"); !committed) {
            return forward(committed);
        }
        return true;
    }

private:
    Database& database_;
    IdSource& ids_;
    Crypto& crypto_;
};

}  // namespace souk::app
