# Writes api/openapi.yaml as a C++ source: cmake -DINPUT=... -DOUTPUT=... -P embed_contract.cmake
# As numbers: a string literal would have to be escaped and has a limit of length.
file(READ "${INPUT}" text HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${text}")
file(WRITE "${OUTPUT}"
  "#include \"adapters/http/contract.hpp\"\n\nnamespace souk::http {\nnamespace {\n"
  "constexpr unsigned char kText[] = {${bytes}};\n}\n"
  "std::string_view contract_text() {\n"
  "    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters\n"
  "    return {reinterpret_cast<const char*>(kText), sizeof kText};\n}\n}  // namespace souk::http\n")
