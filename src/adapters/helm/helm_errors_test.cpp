#include "adapters/helm/helm_errors.hpp"

#include <gtest/gtest.h>

#include <string>

namespace souk::helm {
namespace {

struct Case {
    const char* says;
    ErrorCode code;
    const char* reason;
};

class HelmErrors : public ::testing::TestWithParam<Case> {};

TEST_P(HelmErrors, AreToldApart) {
    const Error error = classify_helm_failure("install", std::string("Error: ") + GetParam().says + "\n");
    EXPECT_EQ(error.code, GetParam().code) << to_string(error.code) << " " << GetParam().says;
    EXPECT_EQ(error.reason, GetParam().reason) << GetParam().says;
}

// Sentences of Helm 3 and 4 and of Kubernetes.
INSTANTIATE_TEST_SUITE_P(
    Sentences, HelmErrors,
    ::testing::Values(
        Case{"UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress",
             ErrorCode::Conflict, "ReleaseLocked"},
        Case{"Kubernetes cluster unreachable: Get \"https://127.0.0.1:6443/version\": dial tcp "
             "127.0.0.1:6443: connect: connection refused",
             ErrorCode::Unavailable, "ClusterUnreachable"},
        Case{"Get \"https://10.0.0.1:443/api\": dial tcp 10.0.0.1:443: i/o timeout", ErrorCode::Unavailable,
             "ClusterUnreachable"},
        Case{"Get \"https://10.0.0.1:443/api\": net/http: TLS handshake timeout", ErrorCode::Unavailable,
             "ClusterUnreachable"},
        Case{"Get \"https://10.0.0.1:443/api\": x509: certificate signed by unknown authority",
             ErrorCode::Unavailable, "ClusterUnreachable"},
        Case{"Get \"https://10.0.0.1:443/api\": EOF", ErrorCode::Unavailable, "ClusterUnreachable"},
        Case{"unable to build kubernetes objects from release manifest: Get \"https://x/openapi\": "
             "connection refused",
             ErrorCode::Unavailable, "ClusterUnreachable"},
        Case{"etcdserver: leader changed", ErrorCode::Unavailable, "ClusterUnreachable"},
        Case{"the server has asked for the client to provide credentials", ErrorCode::Unavailable,
             "ClusterUnauthorized"},
        Case{"UPGRADE FAILED: context deadline exceeded", ErrorCode::Timeout, "HelmTimeout"},
        Case{"persistentvolumeclaims \"data\" is forbidden: exceeded quota: plan, requested: "
             "requests.storage=9Gi",
             ErrorCode::QuotaExceeded, "QuotaExceeded"},
        Case{"pods \"web\" is forbidden: violates PodSecurity \"restricted:v1.36\": runAsNonRoot != true",
             ErrorCode::Forbidden, "PodRefused"},
        Case{"services \"web\" is forbidden: ValidatingAdmissionPolicy 'souk' with binding 'souk' denied "
             "request: no NodePort",
             ErrorCode::Forbidden, "AdmissionDenied"},
        Case{"admission webhook \"x.example\" denied the request: no", ErrorCode::Forbidden,
             "AdmissionDenied"},
        Case{"query: failed to query with labels: secrets is forbidden: User "
             "\"system:serviceaccount:souk-system:soukd\" cannot list resource",
             ErrorCode::Forbidden, "Forbidden"},
        Case{"secrets \"sh.helm.release.v1.ann.v1\" is forbidden: unable to create new content in namespace "
             "x because it is being terminated",
             ErrorCode::Conflict, "NamespaceTerminating"},
        Case{"create: failed to create: namespaces \"souk-ann-abcdef\" not found", ErrorCode::Conflict,
             "NamespaceMissing"},
        Case{"values don't meet the specifications of the schema(s) in the following chart(s):\ntiny:\n- at "
             "'/web': got string",
             ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"parse error at (tiny/templates/web.yaml:1): unexpected EOF", ErrorCode::InvalidInput,
             "ChartInvalid"},
        Case{"execution error at (tiny/templates/web.yaml:9:20): images.web is set by Souk",
             ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"YAML parse error on tiny/templates/web.yaml: error converting YAML to JSON",
             ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"Deployment.apps \"x\" is invalid: spec.selector: Invalid value: field is immutable",
             ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"unable to build kubernetes objects from release manifest: no matches for kind \"Foo\"",
             ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"path \"/nowhere/chart\" not found", ErrorCode::InvalidInput, "ChartInvalid"},
        Case{"UPGRADE FAILED: \"ann\" has no deployed releases", ErrorCode::Conflict, "ReleaseBroken"},
        Case{"Service \"x\" exists and cannot be imported into the current release: invalid ownership "
             "metadata",
             ErrorCode::Conflict, "ObjectsExist"},
        Case{"uninstall: Release not loaded: ann: release: not found", ErrorCode::NotFound, "ReleaseMissing"},
        Case{"release has no 7 version", ErrorCode::NotFound, "RevisionMissing"},
        Case{"conflict occurred while applying object x/y apps/v1: Apply failed with 1 conflict",
             ErrorCode::Conflict, "ObjectConflict"},
        Case{"something nobody has seen", ErrorCode::Internal, "HelmFailed"},
        Case{"", ErrorCode::Internal, "HelmFailed"}));

TEST(HelmSentence, IsTheLastErrorInOneLine) {
    EXPECT_EQ(helm_sentence("WARNING: connection refused\nError: first\nError: a\n\tb  c\n"), "a b c");
    EXPECT_EQ(helm_sentence("only this\n"), "only this");
    EXPECT_EQ(helm_sentence(""), "");
}

TEST(HelmSentence, WarningsAboveTheErrorDecideNothing) {
    EXPECT_EQ(
        classify_helm_failure("install", "W1 connection refused, exceeded quota\nError: forbidden\n").code,
        ErrorCode::Forbidden);
}

TEST(HelmSentence, IsCutWithoutBreakingACharacter) {
    std::string text = "Error: ";
    for (int i = 0; i < 400; ++i) {
        text += "ä";
    }
    const std::string sentence = helm_sentence(text + "x");
    EXPECT_LE(sentence.size(), 500U);
    EXPECT_EQ(sentence.size() % 2, 0U);
    EXPECT_LE(helm_sentence(std::string(5000, 'x')).size(), 500U);
}

}  // namespace
}  // namespace souk::helm
