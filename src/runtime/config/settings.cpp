#include "runtime/config/settings.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

extern char** environ;  // POSIX asks programs to declare it

namespace souk::runtime {
namespace {

constexpr std::size_t kMaxSettingsFileBytes = 1 << 20;

template <class T>
const T& value_of(const SettingValue& value, std::string_view name) {
    const T* found = std::get_if<T>(&value);
    if (found == nullptr) {
        throw std::logic_error("setting " + std::string(name) + " was asked for as another type");
    }
    return *found;
}

void require(bool holds, std::string_view name) {
    if (!holds) {
        throw std::logic_error("setting " + std::string(name) + " was asked for as another type");
    }
}

}  // namespace

const Settings::Entry& Settings::entry(std::string_view name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) {
        throw std::logic_error("there is no setting " + std::string(name));
    }
    return found->second;
}

const std::string& Settings::text(std::string_view name) const {
    const Entry& found = entry(name);
    require(!found.secret, name);
    return value_of<std::string>(found.value, name);
}

std::int64_t Settings::integer(std::string_view name) const {
    const Entry& found = entry(name);
    require(found.type == SettingType::Integer, name);
    return value_of<std::int64_t>(found.value, name);
}

bool Settings::boolean(std::string_view name) const { return value_of<bool>(entry(name).value, name); }

std::chrono::milliseconds Settings::duration(std::string_view name) const {
    const Entry& found = entry(name);
    require(found.type == SettingType::Duration, name);
    return std::chrono::milliseconds(value_of<std::int64_t>(found.value, name));
}

std::int64_t Settings::bytes(std::string_view name) const {
    const Entry& found = entry(name);
    require(found.type == SettingType::Bytes, name);
    return value_of<std::int64_t>(found.value, name);
}

const std::vector<std::string>& Settings::list(std::string_view name) const {
    return value_of<std::vector<std::string>>(entry(name).value, name);
}

Secret Settings::secret(std::string_view name) const {
    const Entry& found = entry(name);
    require(found.secret, name);
    return Secret(value_of<std::string>(found.value, name));
}

const std::string& Settings::origin(std::string_view name) const { return entry(name).origin; }

Result<std::string> read_settings_file(const std::string& path) {
    std::error_code unknown;  // what is not there says so when it is opened
    if (std::filesystem::is_directory(path, unknown)) {
        return fail(ErrorCode::Unavailable, path + ": " + std::generic_category().message(EISDIR));
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const int error = errno;
        return fail(error == ENOENT ? ErrorCode::NotFound : ErrorCode::Unavailable,
                    path + ": " + std::generic_category().message(error));
    }
    // Not by istreambuf_iterator, whose errors are exceptions.
    std::string text(kMaxSettingsFileBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) {
        return fail(ErrorCode::Unavailable, path + ": could not be read");
    }
    if (text.size() > kMaxSettingsFileBytes) {
        return fail(ErrorCode::Unavailable, path + ": is larger than 1 MiB");
    }
    return text;
}

std::vector<std::pair<std::string, std::string>> process_environment() {
    std::vector<std::pair<std::string, std::string>> variables;
    for (char** line = environ; line != nullptr && *line != nullptr; ++line) {
        const std::string_view text(*line);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

}  // namespace souk::runtime
