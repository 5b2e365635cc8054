#pragma once

#include "core/common/id.hpp"
#include "core/common/result.hpp"
#include "core/common/strong_text.hpp"

#include <string>
#include <string_view>

namespace souk {

/// What a person calls the store: 1 to 63 characters (code points) of valid UTF-8, trimmed, no control or
/// text-direction characters. May be changed at any time.
class StoreName final : public StrongText<StoreName> {
public:
    static Result<StoreName> parse(std::string_view text);

private:
    using StrongText::StrongText;
};

/// The store's part of host, namespace and release: a DNS label of at most 40 characters. Never changes.
class Slug final : public StrongText<Slug> {
public:
    /// Refuses reserved words (the platform's own hosts) too.
    static Result<Slug> parse(std::string_view text);

    /// Letters and digits of the name, Latin ones without their marks ("Vélo" is "velo"), everything else one
    /// hyphen; "store" when nothing is left, "-store" behind a reserved word. Always parses.
    static Slug from_name(const StoreName& name);

    /// `-2`, `-3`, ... for the same slug in another team, cut so that it stays within 40 characters.
    Slug numbered(int n) const;

private:
    using StrongText::StrongText;
};

/// A Kubernetes namespace that belongs to one store.
class NamespaceName final : public StrongText<NamespaceName> {
public:
    static Result<NamespaceName> parse(std::string_view text);
    /// `souk-<slug>-<last six characters of the id>`: unique for ever, because ids are.
    static NamespaceName for_store(const Slug& slug, const StoreId& id);

private:
    using StrongText::StrongText;
};

}  // namespace souk
