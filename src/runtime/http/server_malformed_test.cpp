#include "runtime/http/server_test_support.hpp"

namespace souk::runtime {
namespace {

using testing::RawClient;
using testing::TestServer;

struct Probe {
    std::string name;
    std::string bytes;
    int status;
};

std::string with_headers(const std::string& headers, const std::string& body = {}) {
    return "POST /echo HTTP/1.1\r\n" + headers + "\r\n" + body;
}

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

std::vector<Probe> probes() {
    const std::string host = "Host: souk\r\n";
    return {
        {"length_and_chunked",
         with_headers(host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"chunked_and_length",
         with_headers(host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
        {"two_different_lengths", with_headers(host + "Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
         400},
        {"two_equal_lengths", with_headers(host + "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
         400},
        {"length_list", with_headers(host + "Content-Length: 5, 5\r\n", "hello"), 400},
        {"length_with_plus", with_headers(host + "Content-Length: +5\r\n", "hello"), 400},
        {"negative_length", with_headers(host + "Content-Length: -5\r\n", "hello"), 400},
        {"hexadecimal_length", with_headers(host + "Content-Length: 0x5\r\n", "hello"), 400},
        {"length_beyond_64_bits", with_headers(host + "Content-Length: 99999999999999999999999\r\n"), 400},
        {"unknown_transfer_encoding", with_headers(host + "Transfer-Encoding: gzip\r\n"), 501},
        {"gzip_then_chunked", with_headers(host + "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        {"chunked_twice", with_headers(host + "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501},
        {"almost_chunked", with_headers(host + "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
        {"chunked_from_http10",
         "POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"bad_chunk_size", with_headers(host + "Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n"),
         400},
        {"chunk_without_end", with_headers(host + "Transfer-Encoding: chunked\r\n", "5\r\nhelloXX0\r\n\r\n"),
         400},
        {"chunk_extension_without_end",
         with_headers(host + "Transfer-Encoding: chunked\r\n", "5;" + std::string(40'000, 'a')), 400},
        {"trailer_without_end",
         with_headers(host + "Transfer-Encoding: chunked\r\n", "0\r\nA: " + std::string(40'000, 'a')), 400},
        {"bare_line_feeds", "GET / HTTP/1.1\nHost: souk\n\n", 400},
        {"one_bare_line_feed", "GET / HTTP/1.1\r\nHost: souk\nX-A: b\r\n\r\n", 400},
        {"carriage_return_in_value", with_headers(host + "X-A: b\rc\r\n"), 400},
        {"space_before_colon", with_headers(host + "Content-Length : 5\r\n", "hello"), 400},
        {"no_colon", with_headers(host + "Nonsense\r\n"), 400},
        {"empty_name", with_headers(host + ": value\r\n"), 400},
        {"folded_header", with_headers(host + "X-A: b\r\n c\r\n"), 400},
        {"null_in_value", with_headers(host + "X-A: a" + std::string(1, '\0') + "b\r\n"), 400},
        {"null_in_name", with_headers(host + "X" + std::string(1, '\0') + ": b\r\n"), 400},
        {"empty_first_line", "\r\nGET / HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"no_host", with_headers("X-A: b\r\n"), 400},
        {"two_hosts", with_headers(host + host), 400},
        {"host_with_space", with_headers("Host: souk evil\r\n"), 400},
        {"host_with_user", with_headers("Host: a@souk\r\n"), 400},
        {"header_of_one_mebibyte", with_headers(host + "X-A: " + std::string(1U << 20U, 'a') + "\r\n"), 431},
        {"many_headers", with_headers(host + repeat("A: b\r\n", 200'000)), 431},
        {"more_headers_than_allowed", with_headers(host + repeat("A: b\r\n", 101)), 431},
        {"long_target", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: souk\r\n\r\n", 414},
        {"endless_first_line", std::string(100'000, 'A'), 414},
        {"body_of_100_megabytes_announced", with_headers(host + "Content-Length: 104857600\r\n"), 413},
        {"chunk_of_100_megabytes_announced",
         with_headers(host + "Transfer-Encoding: chunked\r\n", "6400000\r\n"), 413},
        {"chunks_that_add_up",
         with_headers(host + "Transfer-Encoding: chunked\r\n",
                      repeat("10000\r\n" + std::string(65536, 'a') + "\r\n", 17)),
         413},
        {"unknown_expectation", with_headers(host + "Expect: 200-ok\r\nContent-Length: 1\r\n", "a"), 417},
        {"compressed_body", with_headers(host + "Content-Encoding: gzip\r\nContent-Length: 1\r\n", "a"), 415},
        {"unknown_method", "BREW / HTTP/1.1\r\nHost: souk\r\n\r\n", 501},
        {"trace", "TRACE / HTTP/1.1\r\nHost: souk\r\n\r\n", 501},
        {"connect", "CONNECT souk:443 HTTP/1.1\r\nHost: souk\r\n\r\n", 501},
        {"lower_case_method", "get / HTTP/1.1\r\nHost: souk\r\n\r\n", 501},
        {"http2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"unknown_version", "GET / HTTP/1.7\r\nHost: souk\r\n\r\n", 505},
        {"asterisk", "OPTIONS * HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"no_target", "GET HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"dot_segments", "GET /a/../echo HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"escaped_dot_segments", "GET /a/%2e%2e/echo HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"bad_escape", "GET /%zz HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"escaped_null", "GET /a%00b HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"bad_query", "GET /echo?a=%0d%0a HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"other_host_in_target", "GET http://evil/echo HTTP/1.1\r\nHost: souk\r\n\r\n", 400},
        {"tls_hello", std::string("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11), 400},
    };
}

class Malformed : public ::testing::TestWithParam<Probe> {};

TEST_P(Malformed, IsRefusedWithAProblemAndTheConnectionEnds) {
    TestServer server;
    bool reached = false;
    const auto handler = [&](const Request&) {
        reached = true;
        return Response::empty();
    };
    for (const auto* method : {"GET", "POST", "OPTIONS"}) {
        server.on(method, "/echo", handler);
        server.on(method, "/", handler);
    }
    RawClient client(server.start());
    client.send(GetParam().bytes);
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, GetParam().status) << reply.body;
    EXPECT_NE(reply.head.find("Connection: close\r\n"), std::string::npos);
    EXPECT_NE(reply.head.find("X-Request-Id: "), std::string::npos);
    EXPECT_NE(reply.head.find("application/problem+json"), std::string::npos);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_FALSE(reached);
    EXPECT_EQ(server.exchange(0).status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Probes, Malformed, ::testing::ValuesIn(probes()),
                         [](const auto& parameters) { return parameters.param.name; });

TEST(WellFormed, UnusualRequestsAreServed) {
    TestServer server;
    server.on("POST", "/echo",
              [](const Request& request) { return Response::text(200, request.path + request.body); });
    const auto port = server.start();
    const std::vector<std::string> requests{
        "POST http://souk/echo HTTP/1.1\r\nHost: SOUK\r\nContent-Length: 1\r\n\r\na",
        with_headers("Host: souk\r\nTransfer-Encoding: Chunked\r\n", "1\r\na\r\n0\r\n\r\n"),
        with_headers("Host: [::1]:8080\r\nContent-Length: 01\r\n", "a"),
        with_headers("host:souk\r\ncontent-encoding: identity\r\ncontent-length:1\r\n", "a"),
        with_headers("Host: souk\r\nContent-Length: 1\r\n" + repeat("A: b\r\n", 98), "a"),
    };
    for (const auto& request : requests) {
        RawClient client(port);
        EXPECT_EQ(client.ask(request).body, "/echoa") << request;
    }
}

TEST(WellFormed, ABodyOfExactlyTheLimitIsServed) {
    TestServer server;
    server.on("POST", "/echo", [](const Request& request) {
        return Response::text(200, std::to_string(request.body.size()));
    });
    RawClient client(server.start());
    EXPECT_EQ(
        client.ask(with_headers("Host: souk\r\nContent-Length: 1048576\r\n", std::string(1U << 20U, 'a')))
            .body,
        "1048576");
}

}  // namespace
}  // namespace souk::runtime
