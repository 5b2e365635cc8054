#include "adapters/engines/catalogue.hpp"
#include "adapters/engines/manifest_fields.hpp"
#include "core/plan/plan.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;
namespace json = boost::json;

namespace souk::contract {
namespace {

const fs::path kSource = SOUK_SOURCE_DIR;

json::value schema() {
    std::ifstream stream(kSource / "engines/engine.schema.json");
    return json::parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

struct Table {
    const char* definition;  // in $defs; empty: the root
    std::span<const std::string_view> fields;
};

namespace fields = engines::fields;

const std::vector<Table> kTables = {{"", fields::kEngine},
                                    {"secret", fields::kSecret},
                                    {"secretKey", fields::kSecretKey},
                                    {"generate", fields::kGenerate},
                                    {"resources", fields::kResources},
                                    {"amounts", fields::kAmounts},
                                    {"route", fields::kRoute},
                                    {"urls", fields::kUrls},
                                    {"setup", fields::kSetup},
                                    {"data", fields::kData},
                                    {"backup", fields::kBackup},
                                    {"hints", fields::kHints},
                                    {"check", fields::kCheck},
                                    {"step", fields::kStep},
                                    {"request", fields::kRequest},
                                    {"expect", fields::kExpect},
                                    {"save", fields::kSave},
                                    {"headerExpectation", fields::kHeaderExpectation}};

TEST(EngineSchema, NamesTheFieldsThatTheParserTakesAndNoOthers) {
    const json::value root = schema();
    for (const Table& table : kTables) {
        const json::value& object = *table.definition == '\0' ? root : root.at("$defs").at(table.definition);
        std::vector<std::string> named;
        for (const auto& property : object.at("properties").as_object()) {
            named.emplace_back(property.key());
        }
        const std::vector<std::string> known(table.fields.begin(), table.fields.end());
        EXPECT_THAT(named, ::testing::UnorderedElementsAreArray(known)) << table.definition;
        EXPECT_FALSE(object.at("additionalProperties").as_bool()) << table.definition;
    }
}

TEST(EngineSchema, HasATableForEveryObjectWithFields) {
    const json::value root = schema();
    std::size_t objects = 1;
    for (const auto& definition : root.at("$defs").as_object()) {
        objects += definition.value().as_object().contains("properties") ? 1U : 0U;
    }
    EXPECT_EQ(objects, kTables.size());
}

/// Every engine of this repository, with the plans Souk has by default.
TEST(EngineFolders, AreAcceptedByTheParser) {
    std::vector<std::string> plans;
    for (const Plan& plan : default_plans()) {
        plans.push_back(plan.name);
    }
    std::string name = (fs::temp_directory_path() / "souk-catalogue-XXXXXX").string();
    const fs::path cache = ::mkdtemp(name.data());
    engines::FolderEngineCatalogue catalogue(
        {{kSource / "engines", kSource / "tests/engines"}, cache, plans});
    for (const engines::BrokenEngine& broken : catalogue.reload()) {
        ADD_FAILURE() << broken.error.message;
    }
    const auto tiny = catalogue.find("tiny");
    ASSERT_NE(tiny, nullptr);
    EXPECT_EQ(tiny->engine.checks.size(), 1U);
    const auto chart = catalogue.chart_path(*tiny);
    ASSERT_TRUE(chart) << chart.error().message;
    EXPECT_TRUE(fs::exists(fs::path(*chart) / "templates/web.yaml"));
    EXPECT_FALSE(fs::exists(fs::path(*chart) / "tests"));
    fs::remove_all(cache);
}

}  // namespace
}  // namespace souk::contract
