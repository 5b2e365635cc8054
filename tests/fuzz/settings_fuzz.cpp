// The settings file, environment variables and flags.
#include "runtime/config/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace souk::runtime;

const SettingsTable& table() {
    static const SettingsTable all(
        "SOUK_",
        {{.name = "a.text", .allowed = {"", "one", "two"}},
         {.name = "a.number", .type = SettingType::Integer, .default_value = "1", .min = 1, .max = 65535},
         {.name = "a.flag", .type = SettingType::Boolean, .default_value = "false"},
         {.name = "b.time", .type = SettingType::Duration, .default_value = "1s", .min = 0},
         {.name = "b.size", .type = SettingType::Bytes, .default_value = "1Ki"},
         {.name = "b.list", .type = SettingType::TextList},
         {.name = "b.secret", .secret = true}});
    return all;
}

void load(const SettingsSources& sources) {
    const auto settings = load_settings(table(), sources);
    if (!settings) {
        if (settings.error().fields.empty()) {
            std::abort();  // every problem names its place
        }
        return;
    }
    const auto number = settings->integer("a.number");
    if (number < 1 || number > 65535 || settings->duration("b.time").count() < 0) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string text(reinterpret_cast<const char*>(data), size);
    load({.file_name = "souk.toml", .file_text = text});
    load({.environment = {
              {"SOUK_A_NUMBER", text}, {"SOUK_A_FLAG", text}, {"SOUK_B_TIME", text}, {"SOUK_B_LIST", text}}});
    load({.environment = {{"SOUK_B_SIZE", text}}, .flags = {text, "--b.time=" + text}});
    return 0;
}
