#include "database_fixture.hpp"

#include <algorithm>

namespace souk::test {
namespace {

using Sort = app::StoreQuery::Sort;

class StoreListContract : public DatabaseContract {
protected:
    /// Thirty stores with ties in every sort column but the name, and one deleted.
    void fill() {
        committed([&](app::Transaction& tx) {
            for (unsigned n = 1; n <= 30; ++n) {
                Store store = make_store(n);
                store.created = from_micros(n / 4);
                store.updated = from_micros(100 - n / 5);
                store.engine = n % 3 == 0 ? "medusa" : "woocommerce";
                store.plan = n % 5 == 0 ? "large" : "starter";
                store.phase = n % 2 == 0 ? Phase::Ready : Phase::Requested;
                stores_.push_back(store);
                ASSERT_TRUE(tx.stores().insert(store));
            }
            Store deleted = make_store(31);
            deleted.phase = Phase::Deleted;
            ASSERT_TRUE(tx.stores().insert(deleted));
            ASSERT_TRUE(tx.stores().insert(make_store(32, "Foreign", "other")));
        });
    }

    static std::string key_of(const Store& store, Sort sort) {
        switch (sort) {
            case Sort::CreatedDesc:
            case Sort::CreatedAsc:
                return std::to_string(to_micros(store.created));
            case Sort::NameAsc:
            case Sort::NameDesc:
                return store.name.str();
            case Sort::UpdatedDesc:
                return std::to_string(to_micros(store.updated));
        }
        return {};
    }

    std::vector<std::string> all_pages(app::StoreQuery query) {
        std::vector<std::string> ids;
        for (;;) {
            const auto page = read()->stores().list(query).value();
            for (const app::ListedStore& row : page) {
                ids.push_back(row.store.id.str());
            }
            if (page.size() < static_cast<std::size_t>(query.limit)) {
                return ids;
            }
            query.after_key = key_of(page.back().store, query.sort);
            query.after_id = page.back().store.id.str();
        }
    }

    std::vector<std::string> names_found(const app::StoreQuery& query) {
        std::vector<std::string> names;
        const auto found = read()->stores().list(query).value();
        for (const app::ListedStore& row : found) {
            names.push_back(row.store.name.str());
        }
        return names;
    }

    std::vector<Store> stores_;
};
INSTANTIATE_TEST_SUITE_P(Databases, StoreListContract, testing::Values("SqliteFile", "SqliteMemory"),
                         [](const auto& instance) { return instance.param; });

TEST_P(StoreListContract, PagesHoldEveryStoreOnceInEverySort) {
    fill();
    for (const Sort sort :
         {Sort::CreatedDesc, Sort::CreatedAsc, Sort::NameAsc, Sort::NameDesc, Sort::UpdatedDesc}) {
        auto wanted = stores_;
        const bool descending = sort != Sort::CreatedAsc && sort != Sort::NameAsc;
        std::sort(wanted.begin(), wanted.end(), [&](const Store& a, const Store& b) {
            const auto less = [&](const Store& x, const Store& y) {
                if (sort == Sort::NameAsc || sort == Sort::NameDesc) {
                    return std::pair(x.name.str(), x.id.str()) < std::pair(y.name.str(), y.id.str());
                }
                const auto time = [&](const Store& s) {
                    return sort == Sort::UpdatedDesc ? s.updated : s.created;
                };
                return std::pair(time(x), x.id.str()) < std::pair(time(y), y.id.str());
            };
            return descending ? less(b, a) : less(a, b);
        });
        std::vector<std::string> ids;
        for (const Store& store : wanted) {
            ids.push_back(store.id.str());
        }
        app::StoreQuery query;
        query.sort = sort;
        query.limit = 4;
        EXPECT_EQ(all_pages(query), ids) << "sort " << static_cast<int>(sort);
    }
}

TEST_P(StoreListContract, EachRowKnowsItsRunningOperation) {
    fill();
    const Operation running = make_operation(1, id_of<StoreId>(5));
    Operation ended = make_operation(2, id_of<StoreId>(6));
    ended.state = OperationState::Failed;
    ended.ended = from_micros(9);
    committed([&](app::Transaction& tx) {
        ASSERT_TRUE(tx.operations().insert(running));
        ASSERT_TRUE(tx.operations().insert(ended));
    });
    app::StoreQuery query;
    query.limit = 100;
    const auto rows = read()->stores().list(query).value();
    ASSERT_EQ(rows.size(), 30U);
    for (const app::ListedStore& row : rows) {
        EXPECT_EQ(row.operation.has_value(), row.store.id == running.store_id) << row.store.id.str();
    }
    const auto places = read()->stores().living_places().value();
    EXPECT_EQ(places.size(), 31U) << "of all teams, without the deleted one";
}

TEST_P(StoreListContract, FiltersNarrowTheList) {
    fill();
    const auto count = [&](const app::StoreQuery& query) {
        return read()->stores().list(query).value().size();
    };
    app::StoreQuery query;
    query.limit = 100;
    EXPECT_EQ(count(query), 30U) << "deleted and foreign ones are hidden";
    query.engine = "medusa";
    EXPECT_EQ(count(query), 10U);
    query.plan = "large";
    EXPECT_EQ(count(query), 2U);
    query.phases = {Phase::Ready};
    EXPECT_EQ(count(query), 1U);
    query.engine.clear();
    query.plan.clear();
    EXPECT_EQ(count(query), 15U);
    query.phases = {Phase::Deleted};
    EXPECT_EQ(count(query), 1U);
    query.phases = {Phase::Deleted, Phase::Requested};
    EXPECT_EQ(count(query), 16U);
    query.phases.clear();
    query.team = "other";
    EXPECT_EQ(count(query), 1U);
}

TEST_P(StoreListContract, SearchIsLiteralAndIgnoresCase) {
    add_store(make_store(1, "100% Cotton"));
    add_store(make_store(2, "under_score"));
    add_store(make_store(3, "back\\slash"));
    add_store(make_store(4, "BÄRBELS Laden"));
    app::StoreQuery query;
    const auto names = [&](const std::string& search) {
        query.search = search;
        return names_found(query);
    };
    EXPECT_EQ(names("100%"), std::vector<std::string>{"100% Cotton"});
    EXPECT_EQ(names("%"), std::vector<std::string>{"100% Cotton"});
    EXPECT_EQ(names("_"), std::vector<std::string>{"under_score"});
    EXPECT_EQ(names("\\"), std::vector<std::string>{"back\\slash"});
    EXPECT_EQ(names("bärbel"), std::vector<std::string>{"BÄRBELS Laden"});
    EXPECT_EQ(names("COTTON"), std::vector<std::string>{"100% Cotton"});
    EXPECT_EQ(names("shop-4"), std::vector<std::string>{"BÄRBELS Laden"}) << "by slug";
    EXPECT_TRUE(names("nothing").empty());
    EXPECT_TRUE(names("cottonshop").empty()) << "nothing matches across name and slug";
}

TEST_P(StoreListContract, ANewNameIsFound) {
    add_store(make_store(1, "Before"));
    Store store = load(1);
    store.name = StoreName::parse("Afterwards").value();
    committed([&](app::Transaction& tx) { ASSERT_TRUE(tx.stores().update(store, nullptr)); });
    app::StoreQuery query;
    query.search = "afterw";
    EXPECT_EQ(names_found(query).size(), 1U);
    query.search = "before";
    EXPECT_TRUE(names_found(query).empty());
}

TEST_P(StoreListContract, APageKeyOfAnotherSortIsInvalidInput) {
    app::StoreQuery query;
    query.after_key = "Shop 1";
    query.after_id = id_of<StoreId>(1).str();
    const auto refused = read()->stores().list(query);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace souk::test
