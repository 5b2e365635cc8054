#include "runtime/crypto/encoding.hpp"

#include "runtime/crypto/sodium_ready.hpp"

namespace souk::runtime {
namespace {

std::string encode(std::string_view data, int variant) {
    ensure_sodium();
    std::string text(sodium_base64_encoded_len(data.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(data.data()),
                      data.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

Result<std::string> decode(std::string_view text, int variant, const char* ignored) {
    ensure_sodium();
    std::string data(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int result = sodium_base642bin(reinterpret_cast<unsigned char*>(data.data()), data.size(),
                                         text.data(), text.size(), ignored, &size, &end, variant);
    if (result != 0 || end != text.data() + text.size()) {
        return fail(ErrorCode::InvalidInput, "this is not valid base64");
    }
    data.resize(size);
    return data;
}

}  // namespace

std::string hex_encode(std::string_view data) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(data.size() * 2);
    for (const char c : data) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::string base64_encode(std::string_view data) { return encode(data, sodium_base64_VARIANT_ORIGINAL); }

std::string base64url_encode(std::string_view data) {
    return encode(data, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Result<std::string> base64_decode(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL, "\r\n");
}

Result<std::string> base64url_decode(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, nullptr);
}

}  // namespace souk::runtime
