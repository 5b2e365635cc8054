#pragma once

#include "core/common/id.hpp"
#include "core/common/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace souk {

/// One object that existed when the deletion began, and when it was seen to be gone.
struct ReceiptLine {
    std::string kind;  // Namespace, PersistentVolume, Secret, ...
    std::string name;  // never a secret's value
    std::string ns;    // empty for cluster-wide objects
    std::optional<Timestamp> gone{};

    friend bool operator==(const ReceiptLine&, const ReceiptLine&) = default;
};

/// The proof of a deletion: what existed, what is gone, when. Kept for ever.
struct Receipt {
    StoreId store_id;
    std::string store_name;
    std::string slug;
    std::string engine;
    std::string requested_by;
    Timestamp requested{};
    std::optional<Timestamp> completed{};
    std::vector<ReceiptLine> lines{};
};

}  // namespace souk
