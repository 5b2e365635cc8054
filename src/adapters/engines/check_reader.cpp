#include "adapters/engines/json_text.hpp"
#include "adapters/engines/manifest_fields.hpp"
#include "adapters/engines/manifest_parts.hpp"
#include "adapters/engines/map_reader.hpp"
#include "adapters/engines/placeholders.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace souk::engines {
namespace {

constexpr std::size_t kMostSteps = 50;
constexpr std::size_t kMostEntries = 50;

/// Reads one check; remembers the variables saved so far, so that a use before the save is a problem.
class CheckReader {
public:
    CheckReader(const Engine& engine, bool cookies, Problems& problems)
        : engine_(engine), cookies_(cookies), problems_(problems) {}

    CheckStep read_step(const YamlNode& node, const std::string& field) {
        const MapReader reader(node, field, fields::kStep, problems_);
        CheckStep step;
        step.name = reader.text("name", {60}).value_or("");
        if (const YamlNode* request = reader.require("request")) {
            read_request(*request, reader.path_of("request"), step);
        }
        if (const YamlNode* expect = reader.require("expect")) {
            read_expect(*expect, reader.path_of("expect"), step);
        }
        if (const YamlNode* save = reader.find("save")) {
            read_save(*save, reader.path_of("save"), step);
        }
        return step;
    }

private:
    void read_request(const YamlNode& node, const std::string& field, CheckStep& step) {
        constexpr std::array<std::string_view, 4> methods = {"GET", "POST", "PUT", "DELETE"};
        const MapReader reader(node, field, fields::kRequest, problems_);
        step.method = reader.text("method", {.required = false}).value_or("GET");
        if (std::ranges::find(methods, step.method) == methods.end()) {
            problems_.add(*reader.find("method"), reader.path_of("method"),
                          "must be GET, POST, PUT or DELETE");
        }
        step.path = reader.text("path", {1000}).value_or("");
        if (!step.path.empty()) {
            read_path(*reader.find("path"), reader.path_of("path"), step.path);
        }
        if (const YamlNode* headers = reader.find("headers")) {
            read_headers(*headers, reader.path_of("headers"), step);
        }
        const YamlNode* json = reader.find("json");
        const YamlNode* form = reader.find("form");
        if ((json != nullptr || form != nullptr) && step.method == "GET") {
            problems_.add(node, field, "a GET has no body");
        }
        if (json != nullptr && form != nullptr) {
            problems_.add(node, field, "has either json or form");
        }
        if (json != nullptr) {
            use_everywhere(*json, reader.path_of("json"));
            step.json = canonical_json(yaml_to_json(*json, reader.path_of("json"), problems_));
        }
        if (form != nullptr && is_map(*form, reader.path_of("form"), kMostEntries, problems_)) {
            step.form = read_texts(*form, reader.path_of("form"));
        }
    }

    void read_path(const YamlNode& node, const std::string& field, const std::string& path) {
        const bool characters = std::ranges::all_of(path, [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte > 0x20 && byte < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '#';
        });
        if (!path.starts_with('/') || path.starts_with("//") || !characters) {
            problems_.add(node, field, "must begin with one / and hold only the characters of a URL");
        }
        use(node, path, field);
    }

    void read_headers(const YamlNode& node, const std::string& field, CheckStep& step) {
        constexpr std::array<std::string_view, 5> ours = {"host", "content-length", "transfer-encoding",
                                                          "connection", "expect"};
        if (!is_map(node, field, kMostEntries, problems_)) {
            return;
        }
        step.headers = read_texts(node, field);
        for (const YamlEntry& entry : node.entries) {
            std::string lower = entry.key;
            std::ranges::transform(lower, lower.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            });
            if (!is_header_name(entry.key)) {
                problems_.add(entry, field + "." + entry.key, "is not the name of a header");
            }
            if (std::ranges::find(ours, lower) != ours.end() || (cookies_ && lower == "cookie")) {
                problems_.add(entry, field + "." + entry.key, "is set by Souk");
            }
        }
    }

    std::vector<std::pair<std::string, std::string>> read_texts(const YamlNode& node,
                                                                const std::string& field) {
        std::vector<std::pair<std::string, std::string>> texts;
        for (const YamlEntry& entry : node.entries) {
            const std::string path = field + "." + entry.key;
            const auto text = scalar_text(entry.value, path, {.most = 2000, .required = false}, problems_);
            use(entry.value, text.value_or(""), path);
            texts.emplace_back(entry.key, text.value_or(""));
        }
        return texts;
    }

    void read_expect(const YamlNode& node, const std::string& field, CheckStep& step) {
        const MapReader reader(node, field, fields::kExpect, problems_);
        if (const YamlNode* status = reader.require("status")) {
            read_statuses(*status, reader.path_of("status"), step);
        }
        if (const YamlNode* json = reader.find("json");
            json && is_map(*json, reader.path_of("json"), kMostEntries, problems_)) {
            for (const YamlEntry& entry : json->entries) {
                step.expect_json.push_back(
                    read_json_expectation(entry, reader.path_of("json") + "." + entry.key));
            }
        }
        const std::string contains = reader.path_of("body_contains");
        if (const YamlNode* list = reader.find("body_contains");
            list && is_list(*list, contains, kMostEntries, problems_)) {
            each_item(*list, contains, [&](const YamlNode& item, const std::string& path) {
                const std::string text = scalar_text(item, path, {500}, problems_).value_or("");
                use(item, text, path);
                step.body_contains.push_back(text);
            });
        }
        if (const YamlNode* header = reader.find("header");
            header && is_map(*header, reader.path_of("header"), kMostEntries, problems_)) {
            for (const YamlEntry& entry : header->entries) {
                read_header_expectation(entry, reader.path_of("header") + "." + entry.key, step);
            }
        }
    }

    void read_statuses(const YamlNode& node, const std::string& field, CheckStep& step) {
        const auto take = [&](const YamlNode& item, const std::string& path) {
            const std::string& text = item.text;
            const bool number = item.kind == YamlNode::Kind::Scalar && !item.quoted && text.size() == 3 &&
                                text.find_first_not_of("0123456789") == std::string::npos && text >= "200" &&
                                text <= "599";
            if (!number) {
                problems_.add(item, path, "must be a status from 200 to 599, or a list of them");
                return;
            }
            step.statuses.push_back(std::stoi(text));
        };
        if (node.kind != YamlNode::Kind::Sequence) {
            take(node, field);
            return;
        }
        if (is_list(node, field, kMostEntries, problems_)) {
            each_item(node, field, take);
        }
        if (node.items.empty()) {
            problems_.add(node, field, "must hold at least one status");
        }
    }

    JsonExpectation read_json_expectation(const YamlEntry& entry, const std::string& field) {
        JsonExpectation expectation;
        expectation.pointer = entry.key;
        if (!is_json_pointer(entry.key)) {
            problems_.add(entry, field, "must be an RFC 6901 pointer such as /cart/id");
        }
        const bool text = entry.value.kind == YamlNode::Kind::Scalar;
        if (text && entry.value.text == "exists") {
            expectation.kind = JsonExpectation::Kind::Exists;
            return expectation;
        }
        if (text && entry.value.text == "non_empty") {
            expectation.kind = JsonExpectation::Kind::NonEmpty;
            return expectation;
        }
        use_everywhere(entry.value, field);
        expectation.kind = JsonExpectation::Kind::Equals;
        expectation.literal = canonical_json(yaml_to_json(entry.value, field, problems_));
        return expectation;
    }

    void read_header_expectation(const YamlEntry& entry, const std::string& field, CheckStep& step) {
        if (!is_header_name(entry.key)) {
            problems_.add(entry, field, "is not the name of a header");
        }
        const MapReader reader(entry.value, field, fields::kHeaderExpectation, problems_);
        if (const YamlNode* contains = reader.require("contains")) {
            const std::string text =
                scalar_text(*contains, reader.path_of("contains"), {500}, problems_).value_or("");
            use(*contains, text, reader.path_of("contains"));
            step.header_contains.emplace_back(entry.key, text);
        }
    }

    void read_save(const YamlNode& node, const std::string& field, CheckStep& step) {
        if (!is_map(node, field, 20, problems_)) {
            return;
        }
        for (const YamlEntry& entry : node.entries) {
            const std::string path = field + "." + entry.key;
            if (!is_word(entry.key, 40)) {
                problems_.add(entry, path, "a variable's name is a letter and then letters, digits, _ or -");
            }
            const MapReader reader(entry.value, path, fields::kSave, problems_);
            SavedValue saved;
            saved.variable = entry.key;
            saved.json_pointer = reader.text("json", {.most = 300, .required = false}).value_or("");
            saved.header = reader.text("header", {.most = 100, .required = false}).value_or("");
            if (saved.json_pointer.empty() == saved.header.empty()) {
                problems_.add(entry, path, "must have either json (a pointer) or header (a name)");
            } else if (!saved.header.empty() ? !is_header_name(saved.header)
                                             : !is_json_pointer(saved.json_pointer)) {
                problems_.add(entry, path, "must name an RFC 6901 pointer or a header");
            }
            saved_.insert(entry.key);
            step.save.push_back(std::move(saved));
        }
    }

    void use_everywhere(const YamlNode& node, const std::string& field) {
        if (node.kind == YamlNode::Kind::Scalar) {
            use(node, node.text, field);
        }
        each_item(node, field,
                  [&](const YamlNode& item, const std::string& path) { use_everywhere(item, path); });
        for (const YamlEntry& entry : node.entries) {
            use_everywhere(entry.value, field + "." + entry.key);
        }
    }

    void use(const YamlNode& node, std::string_view text, const std::string& field) {
        const Result<std::vector<std::string>> names = placeholder_names(text);
        if (!names) {
            problems_.add(node, field, names.error().message);
            return;
        }
        for (const std::string& name : *names) {
            if (!is_store_placeholder(name) && !saved_.contains(name) && !is_secret(name)) {
                problems_.add(node, field,
                              "unknown placeholder ${" + name + "}, or it is saved by a later step");
            }
        }
    }

    bool is_secret(std::string_view name) const {
        return std::ranges::any_of(engine_.secrets, [&](const EngineSecret& secret) {
            return std::ranges::any_of(secret.keys, [&](const EngineSecretKey& key) {
                return name == "secret." + secret.name + "." + key.key;
            });
        });
    }

    const Engine& engine_;
    const bool cookies_;
    Problems& problems_;
    std::set<std::string> saved_;
};

}  // namespace

EngineCheck read_check(const YamlNode& root, std::string_view name, const Engine& engine,
                       Problems& problems) {
    const MapReader reader(root, "", fields::kCheck, problems);
    EngineCheck check;
    if (root.kind != YamlNode::Kind::Map) {
        return check;
    }
    check.name = reader.text("name").value_or("");
    if (!check.name.empty() &&
        (check.name != name || !is_route_path("/" + check.name) || check.name.size() > 60)) {
        problems.add(*reader.find("name"), "name",
                     "must be the file's name without .yaml, at most 60 characters");
    }
    check.title = reader.text("title", {120}).value_or("");
    const std::string when = reader.text("when").value_or("always");
    if (when != "always" && when != "provisioning") {
        problems.add(*reader.find("when"), "when", "must be always or provisioning");
    }
    check.always = when == "always";
    check.cookies = reader.flag("cookies", false);
    CheckReader steps(engine, check.cookies, problems);
    if (const YamlNode* list = reader.require("steps");
        list && is_list(*list, "steps", kMostSteps, problems)) {
        each_item(*list, "steps", [&](const YamlNode& item, const std::string& field) {
            check.steps.push_back(steps.read_step(item, field));
        });
        if (list->items.empty()) {
            problems.add(*list, "steps", "must hold at least one step");
        }
    }
    return check;
}

}  // namespace souk::engines
