#pragma once

#include "cli/console.hpp"

#include <string>
#include <vector>

namespace souk::cli {

struct Cell {
    std::string text;  // as the server sent it; the table makes it harmless
    Colour colour = Colour::None;
};

/// Columns as wide as their widest cell, two spaces between them. On a terminal the last column is cut at its
/// edge.
class Table {
public:
    explicit Table(std::vector<std::string> headers) : headers_(std::move(headers)) {}
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.empty(); }
    std::string text(const Console& console) const;

private:
    std::vector<std::string> headers_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace souk::cli
