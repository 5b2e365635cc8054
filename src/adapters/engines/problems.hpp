#pragma once

#include "adapters/engines/yaml_tree.hpp"
#include "core/common/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace souk::engines {

/// Everything that is wrong with an engine, each with file, line, column and field. Not thread-safe.
class Problems {
public:
    void in_file(std::string file) { file_ = std::move(file); }
    void add(int line, int column, std::string_view field, std::string detail);
    void add(const YamlNode& at, std::string_view field, std::string detail) {
        add(at.line, at.column, field, std::move(detail));
    }
    void add(const YamlEntry& at, std::string_view field, std::string detail) {
        add(at.line, at.column, field, std::move(detail));
    }
    /// About the file as a whole.
    void add(std::string detail) { add(0, 0, {}, std::move(detail)); }

    bool empty() const { return all_.empty(); }
    std::size_t size() const { return all_.size(); }
    /// InvalidInput, reason "EngineInvalid". The message names every problem, one a line after the first
    /// line; `fields` holds them apart (pointer = "engine.yaml:12:5 routes[0].port").
    Error to_error(std::string_view engine) const;

private:
    struct Problem {
        std::string place;
        std::string detail;
    };
    static constexpr std::size_t kMost = 100;

    std::string file_;
    std::vector<Problem> all_;
};

}  // namespace souk::engines
