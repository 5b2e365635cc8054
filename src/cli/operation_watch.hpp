#pragma once

#include "cli/progress_view.hpp"
#include "cli/session.hpp"
#include "client/models.hpp"

namespace souk::cli {

/// Where progress goes and how: with documents on stdout it goes to stderr, and only if a person sits there.
ProgressView make_progress_view(const Session& session, std::string_view title);

/// Follows an operation to its end through the store's events; a lost connection is taken up again. Errors:
/// refused or unreachable for minutes, Cancelled after Ctrl-C. The operation itself is not touched by either.
client::ApiResult<client::Operation> watch_operation(const Session& session, const client::ApiClient& api,
                                                     client::Operation operation, ProgressView& view);

/// Brings steps up to date with what the event says.
void apply_event(client::Progress& progress, const client::Event& event);

}  // namespace souk::cli
