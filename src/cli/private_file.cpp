#include "cli/private_file.hpp"

#include "runtime/process/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace souk::cli {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;

tl::unexpected<Error> refused(std::string_view doing, const std::string& path, int error) {
    return fail(error == ENOENT ? ErrorCode::NotFound : ErrorCode::InvalidInput,
                "cannot " + std::string(doing) + " " + path + ": " + std::generic_category().message(error));
}

Result<std::string> read_open(int fd, const std::string& path) {
    std::string text;
    std::array<char, 4096> buffer{};
    while (true) {
        const auto count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return refused("read", path, errno);
        }
        if (count == 0) {
            return text;
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > kMaxBytes) {
            return fail(ErrorCode::InvalidInput, path + " is too large");
        }
    }
}

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
}

Result<> make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (folder.empty() || std::filesystem::exists(folder, error)) {
        return {};
    }
    std::filesystem::create_directories(folder, error);
    if (!error) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    return error ? Result<>(refused("make", folder.string(), error.value())) : Result<>();
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is variadic
    const runtime::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return fd.get() < 0 ? Result<std::string>(refused("read", path, errno)) : read_open(fd.get(), path);
}

Result<std::string> read_private_file(const std::string& path) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is variadic
    const runtime::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) {
        return refused("read", path, errno);
    }
    struct stat about{};
    if (::fstat(fd.get(), &about) != 0) {
        return refused("read", path, errno);
    }
    if (about.st_uid != ::geteuid()) {
        return fail(ErrorCode::InvalidInput, path + " belongs to somebody else, so it is not used");
    }
    if ((about.st_mode & 077U) != 0) {
        return fail(ErrorCode::InvalidInput,
                    "others can read " + path + ", so it is not used: chmod 600 it, or change the token");
    }
    return read_open(fd.get(), path);
}

Result<> write_private_file(const std::string& path, const std::string& text) {
    if (auto folder = make_folder(std::filesystem::path(path).parent_path()); !folder) {
        return folder;
    }
    const std::string temporary = path + ".new";
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call is variadic
    const runtime::UniqueFd fd(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    const bool written = fd.get() >= 0 && ::fchmod(fd.get(), 0600) == 0 && write_all(fd.get(), text) &&
                         ::fsync(fd.get()) == 0 && ::rename(temporary.c_str(), path.c_str()) == 0;
    return written ? Result<>() : Result<>(refused("write", path, errno));
}

}  // namespace souk::cli
