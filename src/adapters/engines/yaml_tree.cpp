#include "adapters/engines/yaml_tree.hpp"

#include "adapters/engines/utf8.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <utility>

namespace souk::engines {
namespace {

/// Leaves yaml-cpp from inside a callback; never leaves this file.
struct Refusal {
    YamlProblem problem;
};

[[noreturn]] void refuse(const YAML::Mark& mark, std::string detail) {
    throw Refusal{{std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1, std::move(detail)}};
}

/// Builds the tree from yaml-cpp's events, so that limits hold while the text is read and not after.
class TreeBuilder final : public YAML::EventHandler {
public:
    std::optional<YamlNode> take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (root_) {
            refuse(mark, "a second document in the same file");
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        place(mark, node_at(mark, YamlNode::Kind::Null, anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "aliases are not supported");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, "tags are not supported");
        }
        const auto is_control = [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
        };
        if (std::ranges::any_of(value, is_control)) {
            refuse(mark, "a control character in a text");
        }
        YamlNode node = node_at(mark, YamlNode::Kind::Scalar, anchor);
        node.quoted = tag == "!";
        node.text = value;
        place(mark, std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, YamlNode::Kind::Sequence, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, YamlNode::Kind::Map, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        YamlNode node;
        std::optional<YamlEntry> entry;  // a key that waits for its value
    };

    YamlNode node_at(const YAML::Mark& mark, YamlNode::Kind kind, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            refuse(mark, "anchors are not supported");
        }
        if (++count_ > kMaxYamlNodes) {
            refuse(mark, "too many nodes");
        }
        YamlNode node;
        node.kind = kind;
        node.line = std::max(mark.line, 0) + 1;
        node.column = std::max(mark.column, 0) + 1;
        return node;
    }

    void open(const YAML::Mark& mark, const std::string& tag, YamlNode::Kind kind, YAML::anchor_t anchor) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, "tags are not supported");
        }
        if (stack_.size() >= kMaxYamlDepth) {
            refuse(mark, "nested too deeply");
        }
        if (wants_key()) {
            refuse(mark, "a key must be a text");
        }
        stack_.push_back({node_at(mark, kind, anchor), std::nullopt});
    }

    void close() {
        YamlNode node = std::move(stack_.back().node);
        stack_.pop_back();
        attach(std::move(node));
    }

    bool wants_key() const {
        return !stack_.empty() && stack_.back().node.kind == YamlNode::Kind::Map && !stack_.back().entry;
    }

    void place(const YAML::Mark& mark, YamlNode node) {
        if (!wants_key()) {
            attach(std::move(node));
            return;
        }
        Frame& frame = stack_.back();
        if (node.kind != YamlNode::Kind::Scalar || node.text.empty()) {
            refuse(mark, "a key must be a text");
        }
        if (node.text == "<<" && !node.quoted) {
            refuse(mark, "merge keys are not supported");
        }
        if (std::ranges::any_of(frame.node.entries, [&](const YamlEntry& e) { return e.key == node.text; })) {
            refuse(mark, "the key '" + node.text.substr(0, 60) + "' is there twice");
        }
        frame.entry = YamlEntry{std::move(node.text), node.line, node.column, {}};
    }

    void attach(YamlNode node) {
        if (stack_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& frame = stack_.back();
        if (frame.node.kind == YamlNode::Kind::Sequence) {
            frame.node.items.push_back(std::move(node));
            return;
        }
        frame.entry->value = std::move(node);
        frame.node.entries.push_back(std::move(*frame.entry));
        frame.entry.reset();
    }

    std::vector<Frame> stack_;
    std::optional<YamlNode> root_;
    std::size_t count_ = 0;
};

}  // namespace

tl::expected<YamlNode, YamlProblem> parse_yaml(std::string_view text) {
    if (text.size() > kMaxYamlBytes) {
        return tl::unexpected(YamlProblem{1, 1, "the file is larger than 128 KiB"});
    }
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos) {
        return tl::unexpected(YamlProblem{1, 1, "the file is not UTF-8 text"});
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        std::optional<YamlNode> root = builder.take();
        return root ? std::move(*root) : YamlNode{};
    } catch (Refusal& refusal) {
        return tl::unexpected(std::move(refusal.problem));
    } catch (const YAML::Exception& error) {
        return tl::unexpected(YamlProblem{std::max(error.mark.line, 0) + 1,
                                          std::max(error.mark.column, 0) + 1,
                                          "not YAML: " + error.msg.substr(0, 200)});
    } catch (const std::exception&) {
        return tl::unexpected(YamlProblem{1, 1, "not YAML"});
    }
}

}  // namespace souk::engines
