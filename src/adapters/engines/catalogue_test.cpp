#include "adapters/engines/catalogue.hpp"

#include "adapters/engines/test_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace fs = std::filesystem;

namespace souk::engines {
namespace {

class Catalogue : public ::testing::Test {
protected:
    Catalogue() {
        std::string name = (fs::temp_directory_path() / "souk-engines-XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        fs::create_directories(root_ / "engines");
    }
    ~Catalogue() override { fs::remove_all(root_); }

    void write(const std::string& engine, const PackFiles& files) {
        for (const auto& [path, content] : files) {
            const fs::path file = root_ / "engines" / engine / path;
            fs::create_directories(file.parent_path());
            std::ofstream(file, std::ios::binary) << content;
        }
    }
    static PackFiles named(const std::string& name) { return changed("name: demo", "name: " + name); }
    static std::string read(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    CatalogueOptions options() const { return {{root_ / "engines"}, root_ / "cache", {"starter"}}; }

    fs::path root_;
};

TEST_F(Catalogue, ListsEnginesByNameAndFindsThem) {
    write("two", named("two"));
    write("one", named("one"));
    FolderEngineCatalogue catalogue(options());
    EXPECT_TRUE(catalogue.list().empty());
    EXPECT_TRUE(catalogue.reload().empty());
    ASSERT_EQ(catalogue.list().size(), 2U);
    EXPECT_EQ(catalogue.list()[0]->engine.name, "one");
    ASSERT_NE(catalogue.find("two"), nullptr);
    EXPECT_EQ(catalogue.find("three"), nullptr);
}

TEST_F(Catalogue, LeavesABrokenEngineOutAndSaysAllThatIsWrong) {
    write("good", named("good"));
    write("bad", changed("title: Demo", "titel: Demo"));
    FolderEngineCatalogue catalogue(options());
    const std::vector<BrokenEngine> broken = catalogue.reload();
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_THAT(broken[0].folder, ::testing::EndsWith("bad"));
    EXPECT_EQ(broken[0].error.fields.size(), 3U) << broken[0].error.message;
    EXPECT_NE(catalogue.find("good"), nullptr);
    EXPECT_EQ(catalogue.find("bad"), nullptr);
}

TEST_F(Catalogue, SeesAChangeAtTheNextReloadWhileOldPacksStayAlive) {
    write("demo", test_engine());
    FolderEngineCatalogue catalogue(options());
    ASSERT_TRUE(catalogue.reload().empty());
    const auto before = catalogue.find("demo");
    write("demo", changed("1.2.3-1", "1.2.4-1"));
    ASSERT_TRUE(catalogue.reload().empty());
    EXPECT_EQ(before->engine.version, "1.2.3-1");
    EXPECT_EQ(catalogue.find("demo")->engine.version, "1.2.4-1");
    EXPECT_NE(catalogue.find("demo")->digest, before->digest);
}

TEST_F(Catalogue, SaysThatAPathIsNotThere) {
    CatalogueOptions wrong = options();
    wrong.paths.push_back(root_ / "nowhere");
    EXPECT_EQ(FolderEngineCatalogue(wrong).reload().size(), 1U);
}

TEST_F(Catalogue, TakesTheFirstOfTwoEnginesWithOneName) {
    write("demo", test_engine());
    CatalogueOptions twice = options();
    twice.paths.push_back(root_ / "engines" / "demo/");
    FolderEngineCatalogue catalogue(twice);
    EXPECT_EQ(catalogue.reload().size(), 1U);
    EXPECT_EQ(catalogue.list().size(), 1U);
}

TEST_F(Catalogue, RefusesLinksInAPack) {
    write("demo", test_engine());
    fs::create_symlink("/etc/passwd", root_ / "engines/demo/chart/stolen");
    FolderEngineCatalogue catalogue(options());
    ASSERT_EQ(catalogue.reload().size(), 1U);
}

TEST_F(Catalogue, LeavesChartTestsAndImagesOutOfThePack) {
    write("demo", test_engine());
    FolderEngineCatalogue catalogue(options());
    ASSERT_TRUE(catalogue.reload().empty());
    const std::string digest = catalogue.find("demo")->digest;
    write("demo", {{"chart/tests/a.yaml", "x"}, {"images/build", "x"}});
    ASSERT_TRUE(catalogue.reload().empty());
    EXPECT_EQ(catalogue.find("demo")->digest, digest);
}

TEST_F(Catalogue, UnpacksTheChartOnceAndAgainWhenItIsDamaged) {
    write("demo", test_engine());
    FolderEngineCatalogue catalogue(options());
    ASSERT_TRUE(catalogue.reload().empty());
    const auto pack = catalogue.find("demo");
    const Result<std::string> path = catalogue.chart_path(*pack);
    ASSERT_TRUE(path) << path.error().message;
    EXPECT_EQ(read(fs::path(*path) / "Chart.yaml"), test_engine().at("chart/Chart.yaml"));
    EXPECT_EQ(catalogue.chart_path(*pack).value_or(""), *path);

    std::ofstream(fs::path(*path) / "Chart.yaml") << "cut off";
    std::ofstream(fs::path(*path) / "extra.yaml") << "not ours";
    FolderEngineCatalogue restarted(options());
    EXPECT_EQ(restarted.chart_path(*pack).value_or(""), *path);
    EXPECT_EQ(read(fs::path(*path) / "Chart.yaml"), test_engine().at("chart/Chart.yaml"));
    EXPECT_FALSE(fs::exists(fs::path(*path) / "extra.yaml"));

    fs::remove(fs::path(*path).parent_path() / "complete");  // as after a crash: no marker
    std::ofstream(fs::path(*path) / "Chart.yaml") << "cut off";
    EXPECT_EQ(restarted.chart_path(*pack).value_or(""), *path);
    EXPECT_EQ(read(fs::path(*path) / "Chart.yaml"), test_engine().at("chart/Chart.yaml"));

    fs::remove_all(root_ / "cache");
    EXPECT_EQ(restarted.chart_path(*pack).value_or(""), *path);
    EXPECT_TRUE(fs::exists(fs::path(*path) / "Chart.yaml"));
}

TEST_F(Catalogue, OpensAPackOfAnEngineThatIsGone) {
    write("demo", test_engine());
    std::string digest;
    std::string archive;
    {
        FolderEngineCatalogue catalogue(options());
        ASSERT_TRUE(catalogue.reload().empty());
        digest = catalogue.find("demo")->digest;
        archive = catalogue.find("demo")->archive;
    }
    fs::remove_all(root_ / "engines/demo");
    FolderEngineCatalogue catalogue(options());
    ASSERT_TRUE(catalogue.reload().empty());
    const auto opened = catalogue.open(digest, archive);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ((*opened)->engine.name, "demo");
    EXPECT_EQ(catalogue.open(digest, "not looked at again").value_or(nullptr), *opened);
    EXPECT_TRUE(catalogue.chart_path(**opened));
}

TEST_F(Catalogue, SaysThatTheCacheCannotBeWritten) {
    write("demo", test_engine());
    std::ofstream(root_ / "cache") << "a file, not a folder";
    FolderEngineCatalogue catalogue(options());
    ASSERT_TRUE(catalogue.reload().empty());
    const Result<std::string> path = catalogue.chart_path(*catalogue.find("demo"));
    ASSERT_FALSE(path);
    EXPECT_EQ(path.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace souk::engines
