#pragma once

#include "cli/session.hpp"
#include "client/models.hpp"

namespace souk::cli {

/// The proof of a deletion for people: one line for each thing that existed.
void print_receipt(const Session& session, const client::Receipt& receipt);

}  // namespace souk::cli
