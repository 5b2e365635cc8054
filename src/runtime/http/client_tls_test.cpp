#include "runtime/http/client_curl.hpp"
#include "runtime/http/client_test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>
#include <memory>
#include <string>

namespace souk::runtime {
namespace {

using ::testing::HasSubstr;

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

/// A self-signed certificate with its key; it is its own authority.
struct Identity {
    Owned<EVP_PKEY> key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free};
    Owned<X509> cert{X509_new(), &X509_free};

    explicit Identity(const std::string& host) {
        X509_set_version(cert.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3600);
        X509_set_pubkey(cert.get(), key.get());
        X509_NAME* name = X509_get_subject_name(cert.get());
        const auto* bytes = reinterpret_cast<const unsigned char*>(host.c_str());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes, -1, -1, 0);
        X509_set_issuer_name(cert.get(), name);
        const std::string names = "DNS:" + host;
        const Owned<X509_EXTENSION> alternative(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()), &X509_EXTENSION_free);
        X509_add_ext(cert.get(), alternative.get(), -1);
        X509_sign(cert.get(), key.get(), EVP_sha256());
    }

    std::string cert_pem() const {
        return text([&](BIO* out) { PEM_write_bio_X509(out, cert.get()); });
    }
    std::string key_pem() const {
        return text([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

private:
    template <class Write>
    static std::string text(const Write& write) {
        const Owned<BIO> out(BIO_new(BIO_s_mem()), &BIO_free_all);
        write(out.get());
        std::string all(BIO_pending(out.get()), '\0');
        BIO_read(out.get(), all.data(), static_cast<int>(all.size()));
        return all;
    }
};

int accept_any_certificate(int /*ok*/, X509_STORE_CTX* /*context*/) { return 1; }

class HttpClientTls : public ::testing::Test {
protected:
    HttpClientTls() {
        SSL_CTX_use_certificate(context_.get(), server_.cert.get());
        SSL_CTX_use_PrivateKey(context_.get(), server_.key.get());
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, &accept_any_certificate);
    }

    /// Answers with the name of the client's certificate.
    void serve(RawPeer& peer) {
        // Writing to a client that refused us must not end the test; the client's own thread has its own
        // protection.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        const Owned<SSL> tls(SSL_new(context_.get()), &SSL_free);
        SSL_set_fd(tls.get(), peer.fd());
        char buffer[4096];
        if (SSL_accept(tls.get()) != 1 || SSL_read(tls.get(), buffer, sizeof buffer) <= 0) {
            return;
        }
        const Owned<X509> client(SSL_get1_peer_certificate(tls.get()), &X509_free);
        char name[256] = "nobody";
        if (client) {
            X509_NAME_get_text_by_NID(X509_get_subject_name(client.get()), NID_commonName, name, sizeof name);
        }
        const std::string body = name;
        const std::string answer =
            "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
        SSL_shutdown(tls.get());
    }

    Result<HttpResponse> get(const std::string& host, TlsOptions tls) {
        return client_.send(
            {.url = "https://" + host + "/",
             .tls = std::make_shared<TlsOptions>(std::move(tls)),
             .resolve =
                 ResolveOverride{
                     .host = host, .port = 443, .address = "127.0.0.1", .address_port = listener_.port()}},
            {});
    }

    const Identity server_{"shop.test"};
    Owned<SSL_CTX> context_{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    RawServer listener_{[this](RawPeer& peer) { serve(peer); }};
    CurlHttpClient client_;
};

TEST_F(HttpClientTls, TrustsTheGivenAuthorityForTheNameInTheUrl) {
    const auto response = get("shop.test", {.ca_pem = server_.cert_pem()});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "nobody");
}

TEST_F(HttpClientTls, ACertificateForAnotherNameIsUnavailable) {
    const auto response = get("other.test", {.ca_pem = server_.cert_pem()});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

TEST_F(HttpClientTls, AnUnknownAuthorityIsUnavailableAndTheMessageSaysWhy) {
    for (const auto& tls : {TlsOptions{}, TlsOptions{.ca_pem = Identity("shop.test").cert_pem()}}) {
        const auto response = get("shop.test", tls);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
        EXPECT_THAT(response.error().message, HasSubstr("certificate"));
    }
}

TEST_F(HttpClientTls, AGivenAuthorityReplacesTheSystemsAndATrustedConnectionIsNotSharedWithOthers) {
    ASSERT_TRUE(get("shop.test", {.ca_pem = server_.cert_pem()}));
    EXPECT_FALSE(get("shop.test", {}));
}

TEST_F(HttpClientTls, WithoutVerificationAnythingGoes) { EXPECT_TRUE(get("other.test", {.verify = false})); }

TEST_F(HttpClientTls, PresentsTheClientCertificateFromMemory) {
    const Identity ann("ann");
    const auto response = get("shop.test", {.ca_pem = server_.cert_pem(),
                                            .client_cert_pem = ann.cert_pem(),
                                            .client_key_pem = Secret(ann.key_pem())});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "ann");
}

TEST_F(HttpClientTls, CredentialsThatAreNoPemAreInvalidInput) {
    const auto no_client = get("shop.test", {.ca_pem = server_.cert_pem(),
                                             .client_cert_pem = "no certificate",
                                             .client_key_pem = Secret("no key")});
    ASSERT_FALSE(no_client);
    EXPECT_EQ(no_client.error().code, ErrorCode::InvalidInput) << no_client.error().message;
    const auto no_authority = get("shop.test", {.ca_pem = "no certificate"});
    ASSERT_FALSE(no_authority);
    EXPECT_EQ(no_authority.error().code, ErrorCode::InvalidInput) << no_authority.error().message;
}

}  // namespace
}  // namespace souk::runtime
