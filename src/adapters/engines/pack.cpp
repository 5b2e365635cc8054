#include "adapters/engines/pack.hpp"

#include "runtime/crypto/hash.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace souk::engines {
namespace {

constexpr std::string_view kMagic = "souk-pack 1\n";
constexpr std::size_t kMaxContainerBytes = kMaxPackBytes + kMaxPackFiles * 256 + kMagic.size();
constexpr std::size_t kMaxPathBytes = 200;

/// Relative, plain characters, no empty, "." or ".." segment: safe to append to a folder on any machine.
bool is_plain_path(std::string_view path) {
    if (path.empty() || path.size() > kMaxPathBytes) {
        return false;
    }
    const bool characters = std::ranges::all_of(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-' || c == '/' || c == '+';
    });
    while (characters && !path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
    return false;
}

Error corrupt(std::string what) {
    return {ErrorCode::Internal, "the stored engine pack is damaged: " + std::move(what), "PackCorrupt", {}};
}

std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.substr(0, kMaxPathBytes + 1).find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::size_t> parse_size(std::string_view text) {
    std::size_t size = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool canonical = text.size() == 1 || !text.starts_with('0');
    if (ec != std::errc() || end != text.data() + text.size() || !canonical || size > kMaxPackFileBytes) {
        return std::nullopt;
    }
    return size;
}

}  // namespace

Result<std::string> pack_files(const PackFiles& files) {
    if (files.size() > kMaxPackFiles) {
        return fail(ErrorCode::InvalidInput,
                    "an engine has at most " + std::to_string(kMaxPackFiles) + " files", "EngineInvalid");
    }
    std::string container(kMagic);
    std::size_t total = 0;
    for (const auto& [path, content] : files) {
        if (!is_plain_path(path)) {
            return fail(ErrorCode::InvalidInput,
                        "a file of an engine must have a plain name, not '" + path.substr(0, 80) + "'",
                        "EngineInvalid");
        }
        total += content.size();
        if (content.size() > kMaxPackFileBytes || total > kMaxPackBytes) {
            return fail(ErrorCode::InvalidInput,
                        "an engine's files are at most 1 MiB each and 4 MiB together: " + path,
                        "EngineInvalid");
        }
        container += path;
        container += '\n';
        container += std::to_string(content.size());
        container += '\n';
        container += content;
        container += '\n';
    }
    return container;
}

Result<PackFiles> unpack_files(std::string_view container) {
    if (!container.starts_with(kMagic)) {
        return tl::unexpected(corrupt("unknown format"));
    }
    container.remove_prefix(kMagic.size());
    PackFiles files;
    std::size_t total = 0;
    while (!container.empty()) {
        const auto path = take_line(container);
        const auto line = path ? take_line(container) : std::nullopt;
        const auto size = line ? parse_size(*line) : std::nullopt;
        if (!size || !is_plain_path(*path) || container.size() <= *size || container[*size] != '\n') {
            return tl::unexpected(corrupt("a broken entry"));
        }
        if (!files.empty() && std::string_view(files.rbegin()->first) >= *path) {
            return tl::unexpected(corrupt("entries out of order"));
        }
        total += *size;
        if (files.size() >= kMaxPackFiles || total > kMaxPackBytes) {
            return tl::unexpected(corrupt("too large"));
        }
        files.emplace_hint(files.end(), std::string(*path), std::string(container.substr(0, *size)));
        container.remove_prefix(*size + 1);
    }
    return files;
}

Result<std::string> compress(std::string_view container) {
    uLongf size = ::compressBound(static_cast<uLong>(container.size()));
    std::string archive(size, '\0');
    // zlib's types are bytes of either sign; the text is only read and written as bytes.
    const int status = ::compress2(reinterpret_cast<Bytef*>(archive.data()), &size,
                                   reinterpret_cast<const Bytef*>(container.data()),
                                   static_cast<uLong>(container.size()), 9);
    if (status != Z_OK) {
        return fail(ErrorCode::Internal, "an engine pack cannot be compressed");
    }
    archive.resize(size);
    return archive;
}

Result<std::string> decompress(std::string_view archive) {
    if (archive.size() > kMaxContainerBytes) {
        return tl::unexpected(corrupt("too large"));
    }
    z_stream stream{};
    if (::inflateInit(&stream) != Z_OK) {
        return fail(ErrorCode::Internal, "an engine pack cannot be opened: no memory");
    }
    std::string out;
    std::string piece(std::size_t{64} * 1024, '\0');
    // zlib never writes through next_in; its type lacks the const.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(archive.data()));
    stream.avail_in = static_cast<uInt>(archive.size());
    int status = Z_OK;
    while (status == Z_OK && out.size() <= kMaxContainerBytes) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        status = ::inflate(&stream, Z_NO_FLUSH);
        out.append(piece, 0, piece.size() - stream.avail_out);
    }
    const bool whole = status == Z_STREAM_END && stream.avail_in == 0;
    ::inflateEnd(&stream);
    if (!whole || out.size() > kMaxContainerBytes) {
        return tl::unexpected(corrupt("not a whole archive"));
    }
    return out;
}

std::string pack_digest(std::string_view container) { return "sha256:" + runtime::sha256_hex(container); }

Result<EnginePack> make_pack(const PackFiles& files, const ManifestRules& rules) {
    Result<std::string> container = pack_files(files);
    if (!container) {
        return forward(container);
    }
    Result<Engine> engine = parse_manifest(files, rules);
    if (!engine) {
        return forward(engine);
    }
    Result<std::string> archive = compress(*container);
    if (!archive) {
        return forward(archive);
    }
    return EnginePack{std::move(*engine), pack_digest(*container), std::move(*archive)};
}

Result<EnginePack> open_pack(std::string_view digest, std::string_view archive) {
    const Result<std::string> container = decompress(archive);
    if (!container) {
        return forward(container);
    }
    if (pack_digest(*container) != digest) {
        return tl::unexpected(corrupt("its content is not what its digest says"));
    }
    const Result<PackFiles> files = unpack_files(*container);
    if (!files) {
        return forward(files);
    }
    Result<Engine> engine = parse_manifest(*files, {});
    if (!engine) {
        return tl::unexpected(std::move(engine.error()).within("open the stored engine pack"));
    }
    return EnginePack{std::move(*engine), std::string(digest), std::string(archive)};
}

Result<PackFiles> files_of(const EnginePack& pack) {
    const Result<std::string> container = decompress(pack.archive);
    return container ? unpack_files(*container) : Result<PackFiles>(forward(container));
}

}  // namespace souk::engines
