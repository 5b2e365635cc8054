#include "tests/usecases/world.hpp"

namespace souk::usecases {
namespace {

StoreId create_in(World& world, const std::string& team, const std::string& name) {
    world.caller.team = team;
    return world.create(name);
}

TEST(CreateStore, OneNameInThreeTeamsIsThreeAddresses) {
    World world;
    const std::vector<std::string> teams = {"default", "north", "south"};
    const std::vector<std::string> slugs = {"tea", "tea-2", "tea-3"};
    for (std::size_t i = 0; i < teams.size(); ++i) {
        const StoreId id = create_in(world, teams[i], "Tea");
        const Store store = world.store(id);
        EXPECT_EQ(store.slug.str(), slugs[i]);
        EXPECT_EQ(store.hosts, std::vector<std::string>{slugs[i] + ".localhost"});
        EXPECT_EQ(store.ns, NamespaceName::for_store(store.slug, id));
    }
}

TEST(CreateStore, TheAddressOfADeletedStoreIsTheFirstToBeGivenAgain) {
    World world;
    create_in(world, "default", "Tea");
    const StoreId second = create_in(world, "north", "Tea");
    create_in(world, "south", "Tea");
    world.caller.team = "north";
    ASSERT_TRUE(world.remove(second, "Tea"));
    world.run_to_end(second);
    ASSERT_EQ(world.phase(second), Phase::Deleted);
    EXPECT_EQ(world.store(create_in(world, "west", "Tea")).slug.str(), "tea-2");
    EXPECT_EQ(world.store(create_in(world, "east", "Tea")).slug.str(), "tea-4");
}

TEST(CreateStore, ARenamedStoreKeepsItsAddressFromTheNextOfItsName) {
    World world;
    const StoreId first = world.create("Tea");
    ASSERT_TRUE(
        app::RenameStore(*world.database, world.signals)(first.str(), "Coffee", std::nullopt, world.caller));
    const StoreId second = world.create("Tea");
    EXPECT_EQ(world.store(first).slug.str(), "tea");
    EXPECT_EQ(world.store(second).slug.str(), "tea-2");
    EXPECT_EQ(world.store(second).name.str(), "Tea");
}

}  // namespace
}  // namespace souk::usecases
