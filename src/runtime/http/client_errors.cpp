#include "runtime/http/client_errors.hpp"

#include <curl/curl.h>

namespace souk::runtime {

ErrorCode error_code_of(int code) {
    switch (code) {
        case CURLE_URL_MALFORMAT:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
            return ErrorCode::InvalidInput;
        case CURLE_OPERATION_TIMEDOUT:
            return ErrorCode::Timeout;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
        case CURLE_PROXY:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_SHUTDOWN_FAILED:
        case CURLE_SSL_CLIENTCERT:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_NO_CONNECTION_AVAILABLE:
        case CURLE_OUT_OF_MEMORY:
        case CURLE_AGAIN:
            return ErrorCode::Unavailable;
        default:
            return ErrorCode::Internal;
    }
}

bool detail_is_harmless(int code) {
    return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
           code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
           code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CACERT_BADFILE ||
           code == CURLE_OPERATION_TIMEDOUT || code == CURLE_RECV_ERROR;
}

}  // namespace souk::runtime
