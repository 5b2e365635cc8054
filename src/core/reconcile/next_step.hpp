#pragma once

#include "core/reconcile/desired.hpp"
#include "core/reconcile/observed.hpp"
#include "core/store/step.hpp"

#include <string>

namespace souk {

/// What one turn of the reconciler does.
struct Decision {
    enum class Kind {
        Act,      // run the step's code, then look again
        Wait,     // nothing to do until the cluster changes
        Fail,     // a person must change something (before the first Ready: the store is Failed)
        Settled,  // reality is as wished
    };
    Kind kind = Kind::Settled;
    Step step = Step::Ready;
    std::string reason;   // PascalCase; what is waited for or why it fails
    std::string message;  // one sentence
};

/// Pure; reads top to bottom, most urgent first. Every row of its test is an ordinary case.
Decision next_step(const Desired& want, const Observed& have);

}  // namespace souk
