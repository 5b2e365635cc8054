#include "daemon/first_start.hpp"

#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/random.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace souk::daemon {
namespace {

tl::unexpected<Error> refused(const std::string& path, int error) {
    return fail(ErrorCode::Unavailable,
                "cannot write " + path + ": " + std::generic_category().message(error), "FileNotWritten");
}

Result<> write_private_file(const std::string& path, const std::string& text) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path folder = fs::path(path).parent_path();
    if (!folder.empty() && !fs::exists(folder, error)) {
        fs::create_directories(folder, error);
        if (error) {
            return refused(path, error.value());
        }
        fs::permissions(folder, fs::perms::owner_all, error);
    }
    const std::string temporary = path + ".new";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return refused(temporary, errno);
    }
    const bool written = ::fchmod(fd, 0600) == 0 &&
                         ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(fd) == 0;
    const int why = errno;
    ::close(fd);
    if (!written) {
        return refused(temporary, why);
    }
    fs::rename(temporary, path, error);
    if (error) {
        return refused(path, error.value());
    }
    return {};
}

}  // namespace

Result<> write_first_token(const Secret& token, const TokenFiles& files, const app::FaultPoint& reach) {
    auto written = app::around(reach, "file.token",
                               [&] { return write_private_file(files.token, token.reveal() + "\n"); });
    if (!written || files.context.empty()) {
        return written;
    }
    const boost::json::object context = {{"server", files.server},
                                         {"token_file", std::filesystem::absolute(files.token).string()}};
    return app::around(reach, "file.context", [&] {
        return write_private_file(files.context, boost::json::serialize(context) + "\n");
    });
}

Result<Secret> page_token_key(const std::string& path, const app::FaultPoint& reach) {
    constexpr std::size_t kBytes = 32;
    if (std::ifstream file(path); file) {
        std::string text;
        std::getline(file, text);
        if (text.size() != 2 * kBytes || text.find_first_not_of("0123456789abcdef") != std::string::npos) {
            return fail(ErrorCode::InvalidInput,
                        path + " does not hold a key: 64 hexadecimal digits; remove it to get a new one",
                        "BadPageTokenKey");
        }
        return Secret(std::move(text));
    }
    std::string text = runtime::hex_encode(runtime::random_bytes(kBytes));
    auto written = app::around(reach, "file.page_key", [&] { return write_private_file(path, text + "\n"); });
    if (!written) {
        return forward(written);
    }
    return Secret(std::move(text));
}

}  // namespace souk::daemon
