#pragma once

#include "app/ports/database.hpp"
#include "core/store/operation.hpp"
#include "core/store/store.hpp"

#include <functional>

namespace souk::app {

/// Renders the answer of accepted long work, inside its transaction. Given by the edge, which alone knows the
/// wire form.
using RenderAccepted = std::function<StoredAnswer(const Store& store, const Operation& operation)>;

/// An answer to long work: fresh, or the stored one of the same request.
struct Accepted {
    StoredAnswer answer;
    bool replayed = false;
};

}  // namespace souk::app
