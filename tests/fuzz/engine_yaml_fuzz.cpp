#include "adapters/engines/manifest.hpp"
#include "adapters/engines/pack.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// engine.yaml, a check and a stored pack come from people and disks: whatever they hold, they are accepted
/// or refused with at least one named problem, and what is accepted survives its archive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    souk::engines::PackFiles files;
    // One input plays both files: everything after the first NUL is the check.
    const std::size_t cut = text.find('\0');
    files["engine.yaml"] = text.substr(0, cut);
    if (cut != std::string::npos) {
        files["checks/page.yaml"] = text.substr(cut + 1);
    }
    for (const char* name : {"chart/Chart.yaml", "chart/values.yaml", "chart/values.schema.json",
                             "chart/values-local.yaml", "chart/values-prod.yaml"}) {
        files[name] = "";
    }
    const auto pack = souk::engines::make_pack(files, {});
    if (!pack && pack.error().message.empty()) {
        std::abort();
    }
    if (pack && !souk::engines::open_pack(pack->digest, pack->archive)) {
        std::abort();
    }
    const auto unpacked = souk::engines::unpack_files(text);
    if (unpacked && souk::engines::pack_files(*unpacked) != text) {
        std::abort();
    }
    static_cast<void>(souk::engines::decompress(text));
    return 0;
}
