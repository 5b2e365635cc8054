#pragma once

#include <chrono>

namespace souk::app {

/// Times of the reconcile loop. Tests scale them down; the shape stays.
struct ReconcileSettings {
    std::chrono::milliseconds max_snooze{30'000};        // while something is being made or deleted
    std::chrono::milliseconds sweep{600'000};            // of a Ready store
    std::chrono::milliseconds admission_poll{2'000};     // safety net of a waiting store
    std::chrono::milliseconds check_pause{1'000};        // between two runs of checks that do not pass yet
    std::chrono::milliseconds unavailable_pause{2'000};  // while the API server is away
    std::chrono::seconds helm_timeout{120};              // of one helm call
    std::chrono::milliseconds uninstall_deadline{
        120'000};  // then Helm's record is removed and the namespace takes the rest
    std::chrono::milliseconds deletion_deadline{600'000};  // then NeedsAttention names what holds it
    bool keep_failed = false;                              // leave release and volumes of a failed creation
};

}  // namespace souk::app
