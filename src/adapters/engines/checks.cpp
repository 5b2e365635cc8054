#include "adapters/engines/checks.hpp"

#include "adapters/engines/check_run.hpp"

#include <utility>

namespace souk::engines {
namespace {

constexpr std::size_t kLeastMasked = 4;

/// The sentences are made of the engine's own texts; this is the second lock on the same door.
std::string mask(std::string text, const app::CheckRequest& request) {
    for (const auto& [name, keys] : request.secrets) {
        for (const auto& [key, secret] : keys) {
            const std::string& value = secret.reveal();
            if (value.size() < kLeastMasked) {
                continue;
            }
            for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at + 3)) {
                text.replace(at, value.size(), "***");
            }
        }
    }
    return text;
}

}  // namespace

Result<std::optional<app::CheckFailure>> HttpEngineChecks::run(const app::CheckRequest& request,
                                                               std::stop_token stop) {
    if (request.store == nullptr || request.engine == nullptr) {
        return fail(ErrorCode::Internal, "checks without a store or an engine");
    }
    if (!take_turn(stop)) {
        return fail(ErrorCode::Cancelled, "the checks were stopped");
    }
    try {
        Result<std::optional<app::CheckFailure>> result = run_all(request, stop);
        give_turn_back();
        return result;
    } catch (...) {
        give_turn_back();
        return fail(ErrorCode::Internal, "the checks ended with an exception");
    }
}

Result<std::optional<app::CheckFailure>> HttpEngineChecks::run_all(const app::CheckRequest& request,
                                                                   const std::stop_token& stop) {
    for (const EngineCheck& check : request.engine->checks) {
        if (request.only_always && !check.always) {
            continue;
        }
        Result<std::optional<app::CheckFailure>> failure =
            CheckRun(client_, options_, request, check).play(stop);
        if (!failure) {
            return tl::unexpected(std::move(failure.error()).within("check " + check.name));
        }
        if (*failure) {
            (*failure)->message = mask(std::move((*failure)->message), request);
            return failure;
        }
    }
    return std::nullopt;
}

bool HttpEngineChecks::take_turn(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!free_.wait(lock, stop, [this] { return running_ < options_.at_once; })) {
        return false;
    }
    ++running_;
    return true;
}

void HttpEngineChecks::give_turn_back() {
    {
        const std::scoped_lock lock(mutex_);
        --running_;
    }
    free_.notify_one();
}

}  // namespace souk::engines
