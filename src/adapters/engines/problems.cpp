#include "adapters/engines/problems.hpp"

#include <utility>

namespace souk::engines {

void Problems::add(int line, int column, std::string_view field, std::string detail) {
    if (all_.size() >= kMost) {
        return;  // more than anybody reads at once; the rest shows when these are mended
    }
    std::string place = file_;
    if (line > 0) {
        place += ":" + std::to_string(line) + ":" + std::to_string(column);
    }
    if (!field.empty()) {
        place.append(" ").append(field);
    }
    all_.push_back({std::move(place), std::move(detail)});
}

Error Problems::to_error(std::string_view engine) const {
    Error error{
        ErrorCode::InvalidInput, "engine " + std::string(engine) + " cannot be used, ", "EngineInvalid", {}};
    error.message += std::to_string(all_.size()) + (all_.size() == 1 ? " problem:" : " problems:");
    for (const Problem& problem : all_) {
        error.message += "\n  " + problem.place + ": " + problem.detail;
        error.fields.push_back({problem.place, "invalid", problem.detail});
    }
    return error;
}

}  // namespace souk::engines
