#include "runtime/crypto/uuid.hpp"

#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/random.hpp"
#include "runtime/time/clock.hpp"

#include <chrono>
#include <string_view>
#include <utility>

namespace souk::runtime {
namespace {

constexpr std::uint64_t kHighMask = (std::uint64_t{1} << 12) - 1;
constexpr std::uint64_t kLowMask = (std::uint64_t{1} << 62) - 1;

std::uint64_t read_number(std::span<const std::uint8_t> bytes) {
    std::uint64_t number = 0;
    for (const auto byte : bytes) {
        number = number << 8 | byte;
    }
    return number;
}

void write_number(std::span<std::uint8_t> bytes, std::uint64_t number) {
    for (std::size_t i = bytes.size(); i-- > 0; number >>= 8) {
        bytes[i] = static_cast<std::uint8_t>(number & 0xff);
    }
}

}  // namespace

std::string to_uuid_text(const UuidBytes& uuid) {
    std::string text = hex_encode({reinterpret_cast<const char*>(uuid.data()), uuid.size()});
    for (const std::size_t position : {8U, 13U, 18U, 23U}) {
        text.insert(position, 1, '-');
    }
    return text;
}

UuidV7Source::UuidV7Source() : UuidV7Source([] { return runtime::now(); }, &fill_random) {}

UuidV7Source::UuidV7Source(Now now, Random random) : now_(std::move(now)), random_(std::move(random)) {}

void UuidV7Source::draw_tail() {
    std::array<std::uint8_t, 10> bytes{};
    random_(bytes);
    // The first bit stays 0, which leaves room to count up within the millisecond.
    high_ = read_number(std::span(bytes).first<2>()) & (kHighMask >> 1);
    low_ = read_number(std::span(bytes).last<8>()) & kLowMask;
}

/// A random step keeps the next value hard to guess. The room is for at least 2^41 steps in one millisecond.
void UuidV7Source::advance_tail() {
    std::array<std::uint8_t, 4> bytes{};
    random_(bytes);
    low_ += 1 + read_number(bytes);
    high_ += low_ >> 62;
    low_ &= kLowMask;
}

UuidBytes UuidV7Source::next() {
    const auto now_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(now_().time_since_epoch()).count();
    const std::scoped_lock lock(mutex_);
    if (now_ms > last_ms_) {
        last_ms_ = now_ms;
        draw_tail();
    } else {
        advance_tail();
    }
    UuidBytes uuid{};
    write_number(std::span(uuid).subspan<0, 6>(), static_cast<std::uint64_t>(last_ms_));
    write_number(std::span(uuid).subspan<6, 2>(), std::uint64_t{7} << 12 | high_);
    write_number(std::span(uuid).subspan<8, 8>(), std::uint64_t{2} << 62 | low_);
    return uuid;
}

}  // namespace souk::runtime
