#include "client/test_server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

/// The whole program as a process, against a server with canned answers.
namespace souk::cli {
namespace {

using client::testing::accepted_json;
using client::testing::operation_json;
using client::testing::sse;
using client::testing::store_json;
using client::testing::stream_of;
using client::testing::TestServer;
using runtime::Response;

constexpr const char* kStore = "/api/v1/stores/str_1";

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("pipe");
        }
    }
    ~Pipe() {
        ::close(ends[0]);
        close_writer();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_writer() {
        if (ends[1] >= 0) {
            ::close(std::exchange(ends[1], -1));
        }
    }
    /// Until the text is there or the writer is gone.
    std::string read_until(const std::string& mark) const {
        std::string text;
        std::array<char, 4096> buffer{};
        while (mark.empty() || text.find(mark) == std::string::npos) {
            pollfd ready{ends[0], POLLIN, 0};
            if (::poll(&ready, 1, 60'000) <= 0) {
                ADD_FAILURE() << "nothing came; so far: " << text;
                break;
            }
            const auto count = ::read(ends[0], buffer.data(), buffer.size());
            if (count <= 0) {
                break;
            }
            text.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return text;
    }
    std::array<int, 2> ends{};
};

class Program {
public:
    Program(std::vector<std::string> arguments, std::vector<std::string> environment) {
        arguments.insert(arguments.begin(), SOUK_PROGRAM);
        std::vector<char*> argv;
        for (auto& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        std::vector<char*> env;
        for (auto& variable : environment) {
            env.push_back(variable.data());
        }
        env.push_back(nullptr);
        posix_spawn_file_actions_t files{};
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, out.ends[1], 1);
        posix_spawn_file_actions_adddup2(&files, err.ends[1], 2);
        if (posix_spawn(&pid_, SOUK_PROGRAM, &files, nullptr, argv.data(), env.data()) != 0) {
            throw std::runtime_error("cannot start " SOUK_PROGRAM);
        }
        posix_spawn_file_actions_destroy(&files);
        out.close_writer();
        err.close_writer();
    }
    void signal(int number) const { ::kill(pid_, number); }
    int wait() const {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }

    Pipe out;
    Pipe err;

private:
    pid_t pid_ = 0;
};

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

class CliProgram : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("souk-cli-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "token") << "the-token\n";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::vector<std::string> environment() const {
        return {"XDG_CONFIG_HOME=" + folder_.string(), "SOUK_SERVER=" + server_.url(),
                "SOUK_TOKEN_FILE=" + (folder_ / "token").string()};
    }
    Ran run(std::vector<std::string> arguments) const { return run(std::move(arguments), environment()); }
    static Ran run(std::vector<std::string> arguments, std::vector<std::string> variables) {
        const Program program(std::move(arguments), std::move(variables));
        Ran ran;
        ran.out = program.out.read_until("");
        ran.err = program.err.read_until("");
        ran.code = program.wait();
        return ran;
    }
    void accept_creation() { server_.on("POST /api/v1/stores", 202, accepted_json()); }

    std::filesystem::path folder_;
    TestServer server_;
};

TEST_F(CliProgram, CreateFollowsTheStepsThroughACutStreamUntilReady) {
    accept_creation();
    server_.on("GET /api/v1/stores/str_1/events", [](const auto&, int call) {
        return call == 0
                   ? stream_of("retry: 50\nid: 1\n\n" +
                               sse(2, "store.step",
                                   R"(,"step":"release","state":"running","message":"pulling","percent":50)"))
                   : stream_of(sse(3, "store.step", R"(,"step":"release","state":"done","percent":100)") +
                                   sse(4, "operation.ended", R"(,"operation":"op_1")"),
                               true);
    });
    server_.on("GET /api/v1/operations/op_1", [this](const auto&, int) {
        // Ended for the server only once the second stream was asked for.
        const bool ended = server_.requests("GET /api/v1/stores/str_1/events").size() > 1;
        return Response::json(200, operation_json(ended ? "succeeded" : "running"));
    });
    server_.on("GET /api/v1/stores/str_1", 200, store_json("Ready"));
    const auto ran = run({"create", "Green Tea", "--engine", "tiny"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("Green Tea: namespace done after 1s\n"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("Green Tea: release running: pulling\n"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("Connection lost"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("Green Tea is Ready after 1m 05s\n"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("http://green-tea.localhost\n"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << "no escapes into a pipe";
    EXPECT_EQ(server_.requests("GET /api/v1/stores/str_1/events").at(1).headers.value("Last-Event-ID"), "2");
}

TEST_F(CliProgram, CreateThatFailsSaysWhyAndExitsWithOne) {
    accept_creation();
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on(
        "GET /api/v1/operations/op_1", 200,
        operation_json("failed", R"({"reason":"ImagePullFailed","message":"no \u001b[31msuch image"})"));
    server_.on("GET /api/v1/stores/str_1", 200, store_json("Failed"));
    const auto ran = run({"create", "Green Tea", "--engine", "tiny"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.out.find("ImagePullFailed: no \\x1b[31msuch image"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("souk logs green-tea"), std::string::npos) << ran.out;
}

TEST_F(CliProgram, CreateAsJsonPrintsOneDocumentAtTheEnd) {
    accept_creation();
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200, operation_json("succeeded"));
    server_.on("GET /api/v1/stores/str_1", 200, store_json("Ready"));
    const auto ran = run({"create", "Green Tea", "--engine", "tiny", "-o", "json"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(boost::json::parse(ran.out).at("store").at("phase"), "Ready");
    EXPECT_EQ(ran.err, "");
}

TEST_F(CliProgram, SuspendFollowsItsStepsAndSaysHowItWent) {
    server_.on("POST /api/v1/stores/green-tea/actions/suspend", 202, accepted_json());
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200, operation_json("succeeded"));
    server_.on("GET /api/v1/stores/str_1", 200, store_json("Suspended"));
    const auto ran = run({"suspend", "green-tea"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("Green Tea is Suspended after 1m 05s\n"), std::string::npos) << ran.out;
    const auto asked = server_.requests("POST /api/v1/stores/green-tea/actions/suspend");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_NE(asked.front().headers.value("Idempotency-Key"), "");
}

TEST_F(CliProgram, AResumeThatFailsSaysWhyAndExitsWithOne) {
    server_.on("POST /api/v1/stores/green-tea/actions/resume", 202, accepted_json());
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200,
               operation_json("failed", R"({"reason":"CheckFailed","message":"no page"})"));
    server_.on("GET /api/v1/stores/str_1", 200, store_json("Degraded"));
    const auto ran = run({"resume", "green-tea"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.out.find("Green Tea is not Ready: CheckFailed: no page"), std::string::npos) << ran.out;
}

TEST_F(CliProgram, ARestartThatIsNotWaitedForOpensNoStream) {
    server_.on("POST /api/v1/stores/green-tea/actions/restart", 202, accepted_json());
    const auto ran = run({"restart", "green-tea", "--no-wait"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("souk get green-tea"), std::string::npos) << ran.out;
    EXPECT_TRUE(server_.requests("GET /api/v1/stores/str_1/events").empty());
}

TEST_F(CliProgram, CreateWithoutWaitingDoesNotOpenAStream) {
    accept_creation();
    const auto ran = run({"create", "Green Tea", "--engine", "tiny", "--no-wait"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_TRUE(server_.requests("GET /api/v1/stores/str_1/events").empty());
}

TEST_F(CliProgram, ADryRunSaysWhatWouldBeMadeAndAsksForNothingElse) {
    server_.on(
        "POST /api/v1/stores", 200,
        R"({"valid":true,"name":"Green Tea","slug":"green-tea","urls":{"storefront":"http://green-tea.localhost"},)"
        R"("engine":"tiny","engine_version":"1","plan":{"name":"large"},"waits":true,)"
        R"("makes":[{"kind":"Namespace","name":"","purpose":"A space of its own"}]})");
    const auto ran = run({"create", "Green Tea", "--engine", "tiny", "--plan", "large", "--dry-run"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    for (const char* word :
         {"http://green-tea.localhost", "large", "in line", "Namespace", "A space of its own"}) {
        EXPECT_NE(ran.out.find(word), std::string::npos) << word << " in " << ran.out;
    }
    EXPECT_NE(ran.err.find("Nothing was made."), std::string::npos) << ran.err;
    const auto asked = server_.requests("POST /api/v1/stores");
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(*asked[0].query.find("validate_only"), "true");
    EXPECT_EQ(boost::json::parse(asked[0].body).at("plan"), "large");
    EXPECT_EQ(run({"create", "x", "--engine", "tiny", "--dry-run", "-o", "json"}).err, "");
}

TEST_F(CliProgram, ResourcesAreATreeEvenIfTheServerIsWrongAboutIt) {
    server_.on("GET /api/v1/stores/tea/resources", 200,
               R"({"resources":[{"kind":"Pod","name":"web-0","parent":"Deployment/web","health":"degraded",)"
               R"("reason":"CrashLoopBackOff","message":"back-off"},)"
               R"({"kind":"Deployment","name":"web","parent":null,"health":"degraded"},)"
               R"({"kind":"Job","name":"own","parent":"Job/own","health":"healthy"}]})");
    const auto ran = run({"resources", "tea"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    const auto above = ran.out.find("\nDeployment/web ");
    const auto below = ran.out.find("\n  Pod/web-0 ");
    EXPECT_NE(above, std::string::npos) << ran.out;
    EXPECT_NE(below, std::string::npos) << ran.out;
    EXPECT_LT(above, below);
    EXPECT_NE(ran.out.find("CrashLoopBackOff: back-off"), std::string::npos) << ran.out;
    server_.on("GET /api/v1/stores/tea/resources", 200, R"({"resources":[]})");
    EXPECT_NE(run({"resources", "tea"}).err.find("no objects"), std::string::npos);
}

TEST_F(CliProgram, UsageIsAgainstWhatThePlanAllows) {
    const std::string quota =
        R"("quota":{"limits_cpu_millicores":3000,"limits_memory_bytes":4294967296,"storage_bytes":10737418240})";
    server_.on("GET /api/v1/stores/tea/usage", 200,
               R"({"now":{"pods":[{"pod":"web-0","cpu_millicores":300,"memory_bytes":429496729}],)"
               R"("cpu_millicores":300,"memory_bytes":429496729,"storage_bytes":5368709120},)" +
                   quota + "}");
    const auto ran = run({"usage", "tea"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    for (const char* word : {"300m", "3000m", "10%", "409Mi", "4096Mi", "50%", "web-0"}) {
        EXPECT_NE(ran.out.find(word), std::string::npos) << word << " in " << ran.out;
    }
    server_.on("GET /api/v1/stores/tea/usage", 200, R"({"now":null,)" + quota + "}");
    const auto unknown = run({"usage", "tea"});
    EXPECT_EQ(unknown.code, 0);
    EXPECT_NE(unknown.err.find("Nothing can be measured"), std::string::npos) << unknown.err;
}

TEST_F(CliProgram, CtrlCLeavesTheCreationRunningAndSaysSo) {
    accept_creation();
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200, operation_json("running"));
    const Program program({"create", "Green Tea", "--engine", "tiny"}, environment());
    program.out.read_until("namespace done");
    program.signal(SIGINT);
    EXPECT_NE(program.err.read_until("").find("goes on"), std::string::npos);
    EXPECT_EQ(program.wait(), 130);
}

TEST_F(CliProgram, ProblemsAreToldWithEveryFieldAndTheRequestId) {
    server_.on("POST /api/v1/stores", [](const auto&, int) {
        return Response::with_type(
            422, "application/problem+json",
            R"({"detail":"2 fields are wrong","code":"invalid_store","request_id":"r1","errors":[)"
            R"({"pointer":"/name","code":"x","detail":"too long"},{"pointer":"/engine","code":"y","detail":"unknown"}]})");
    });
    const auto text = run({"create", "x", "--engine", "y"});
    EXPECT_EQ(text.code, 7);
    EXPECT_EQ(text.out, "");
    EXPECT_NE(text.err.find("souk: 2 fields are wrong\n  /name: too long\n  /engine: unknown\n  request "),
              std::string::npos)
        << text.err;
    const auto json = run({"create", "x", "--engine", "y", "-o", "json"});
    EXPECT_EQ(json.code, 7);
    EXPECT_EQ(boost::json::parse(json.err).at("code"), "invalid_store");
}

TEST_F(CliProgram, EachKindOfFailureHasItsExitCode) {
    const std::vector<std::pair<int, int>> table = {{401, 4}, {404, 5}, {410, 5},
                                                    {409, 6}, {500, 1}, {503, 3}};
    for (const auto& [status, code] : table) {
        server_.on("GET /api/v1/stores/tea", status, R"({"detail":"no"})");
        EXPECT_EQ(run({"get", "tea"}).code, code) << status;
    }
    EXPECT_EQ(run({"get"}).code, 2);
    EXPECT_EQ(
        run({"list"}, {"SOUK_SERVER=http://127.0.0.1:1", "SOUK_TOKEN=x", "HOME=" + folder_.string()}).code,
        3);
}

TEST_F(CliProgram, GetPrintsTheServersDocumentAsItIs) {
    server_.on("GET /api/v1/stores/tea", 200, store_json("Ready", "Tea \\u009b"));
    const auto ran = run({"get", "tea", "--output", "json"});
    EXPECT_EQ(boost::json::parse(ran.out), boost::json::parse(store_json("Ready", "Tea \\u009b")));
    EXPECT_EQ(ran.out.find("\xC2\x9B"), std::string::npos);
}

TEST_F(CliProgram, ListReadsAllPagesOrUpToTheLimit) {
    server_.on("GET /api/v1/stores", [](const auto& request, int) {
        const bool first = request.query.find("page_token") == nullptr;
        return Response::json(200, R"({"stores":[)" + store_json("Ready", first ? "One" : "Two") +
                                       R"(],"next_page_token":")" + (first ? "t" : "") + R"("})");
    });
    const auto all = run({"list", "--phase", "Ready", "--phase", "Failed", "--search", "a b"});
    EXPECT_NE(all.out.find("One"), std::string::npos);
    EXPECT_NE(all.out.find("Two"), std::string::npos);
    EXPECT_EQ(server_.requests("GET /api/v1/stores").at(1).query.find_all("phase").size(), 2U);
    EXPECT_EQ(*server_.requests("GET /api/v1/stores").at(1).query.find("search"), "a b");
    const auto one = run({"list", "--limit", "1", "-o", "json"});
    EXPECT_EQ(boost::json::parse(one.out).at("stores").as_array().size(), 1U);
}

TEST_F(CliProgram, DeleteNeedsAPersonOrYes) {
    server_.on("GET /api/v1/stores/tea", 200, store_json("Ready"));
    EXPECT_EQ(run({"delete", "tea"}).code, 2);
    EXPECT_TRUE(server_.requests(std::string("DELETE ") + kStore).empty());
}

TEST_F(CliProgram, DeleteFollowsToTheReceipt) {
    server_.on("GET /api/v1/stores/tea", 200, store_json("Ready"));
    server_.on(std::string("DELETE ") + kStore, 202, accepted_json("Deleting"));
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200, operation_json("succeeded"));
    server_.on(
        "GET /api/v1/stores/str_1/receipt", 200,
        R"({"store_id":"str_1","store_name":"Green Tea","requested_by":"admin","requested":"2026-11-21T09:30:00Z",)"
        R"("completed":"2026-11-21T09:30:20Z","lines":[{"kind":"Namespace","name":"souk-x","namespace":"","gone":"2026-11-21T09:30:20Z"}]})");
    const auto ran = run({"delete", "tea", "--yes"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(
        ran.out.find("Green Tea is deleted, nothing of it is left, after 20s (1 of 1 objects are gone)"),
        std::string::npos)
        << ran.out;
    EXPECT_EQ(*server_.requests(std::string("DELETE ") + kStore).at(0).query.find("confirm"), "Green Tea");
}

TEST_F(CliProgram, OpenWithoutANamePrintsALinkToTheDashboard) {
    server_.on("POST /api/v1/sign-in-codes", 201,
               R"({"code":"abc","expires":"2026-11-22T10:00:00Z","url":"http://127.0.0.1:1/#code=abc"})");
    const auto opened = run({"open", "--print"});
    EXPECT_EQ(opened.code, 0) << opened.err;
    EXPECT_EQ(opened.out, "http://127.0.0.1:1/#code=abc\n");
    EXPECT_NE(opened.err.find("once, within five minutes"), std::string::npos) << opened.err;
    EXPECT_EQ(run({"open", "--print", "-o", "json"}).out,
              "{\n  \"url\": \"http://127.0.0.1:1/#code=abc\"\n}\n");
    EXPECT_EQ(run({"open", "--admin"}).code, 2) << "of which store?";
}

TEST_F(CliProgram, CredentialsPrintUsernameAndPassword) {
    server_.on("POST /api/v1/stores/tea/credentials", 200, R"({"username":"admin","password":"p w"})");
    EXPECT_EQ(run({"credentials", "tea", "--reason", "first"}).out, "username  admin\npassword  p w\n");
    EXPECT_EQ(run({"credentials", "tea"}).code, 2) << "a reason is needed";
}

TEST_F(CliProgram, LogsAreHarmlessAndFollowEndsWithTheStream) {
    server_.on("GET /api/v1/stores/tea/logs", [](const auto& request, int) {
        return request.query.find("follow") == nullptr
                   ? Response::text(200, "web/web a\x1b[2Jb\n")
                   : Response::stream("text/plain", [](const auto& stream) {
                         stream->send("web/web one\nweb/we");
                         stream->send("b two");
                         stream->close();
                     });
    });
    EXPECT_EQ(run({"logs", "tea", "--tail", "5"}).out, "web/web a\\x1b[2Jb\n");
    EXPECT_EQ(run({"logs", "tea", "-f"}).out, "web/web one\nweb/web two\n");
    EXPECT_EQ(*server_.requests("GET /api/v1/stores/tea/logs").at(0).query.find("tail"), "5");
}

TEST_F(CliProgram, CancelSucceedsWhenTheOperationEndsCancelled) {
    server_.on("GET /api/v1/stores/tea", 200, store_json("Provisioning"));
    server_.on("POST /api/v1/operations/op_1/actions/cancel", 202, operation_json("running"));
    server_.on("GET /api/v1/stores/str_1/events",
               [](const auto&, int) { return stream_of("id: 1\n\n", true); });
    server_.on("GET /api/v1/operations/op_1", 200,
               operation_json("failed", R"({"reason":"Cancelled","message":"by admin"})"));
    EXPECT_EQ(run({"cancel", "tea"}).code, 0);
}

TEST_F(CliProgram, LoginSavesWhatLaterCommandsUse) {
    server_.on("GET /api/v1/health", 200, R"({"status":"ok","version":"9","checks":{}})");
    const std::vector<std::string> bare = {"XDG_CONFIG_HOME=" + folder_.string()};
    EXPECT_EQ(
        run({"login", "--server", server_.url(), "--token-file", (folder_ / "token").string()}, bare).code,
        0);
    const auto status = run({"status", "-o", "json"}, bare);
    EXPECT_EQ(status.code, 0) << status.err;
    EXPECT_EQ(boost::json::parse(status.out).at("version"), "9");
    EXPECT_EQ(boost::json::parse(status.out).at("server").as_string(), server_.url().c_str());
}

}  // namespace
}  // namespace souk::cli
