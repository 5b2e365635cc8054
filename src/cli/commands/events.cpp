#include "cli/commands/commands.hpp"
#include "cli/documents.hpp"
#include "cli/looks.hpp"
#include "cli/session.hpp"
#include "cli/table.hpp"
#include "cli/text.hpp"
#include "cli/times.hpp"
#include "client/event_feed.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace souk::cli {
namespace {

constexpr int kLargestPage = 1000;

struct Values {
    client::EventFilter filter;
    bool follow = false;
    int limit = 50;
};

std::string what_happened(const client::Event& event) {
    std::string text;
    for (const auto* part : {&event.step, &event.condition, &event.state, &event.reason, &event.message}) {
        if (!part->empty()) {
            text += (text.empty() ? "" : " ") + *part;
        }
    }
    return text;
}

std::string line_of(const Console& console, const client::Event& event) {
    std::string text = event.time ? format_true_time(*event.time) : std::string("-");
    text = console.paint(Colour::Grey, text) + "  " + clean(event.store_name) + "  " +
           console.paint(phase_colour(event.phase), pad(clean(event.phase), 12)) + "  " + clean(event.type);
    const auto happened = clean(what_happened(event));
    return happened.empty() ? text + "\n" : text + "  " + happened + "\n";
}

void print_event(const Session& session, const client::Event& event) {
    session.print(session.wants_table()
                      ? line_of(session.console(), event)
                      : to_stream_text(boost::json::value(*event.document), session.options().format));
}

ExitCode follow(const Session& session, const client::ApiClient& api, const Values& values) {
    client::EventFeed feed(api, values.filter.store);
    while (session.console().out.good()) {
        const auto notice = feed.next(std::chrono::seconds(1));
        if (!notice) {
            return notice.error().error.code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                                     : session.report(notice.error());
        }
        if (notice->kind == client::EventFeed::Kind::Event) {
            if (values.filter.type.empty() || notice->event.type == values.filter.type) {
                print_event(session, notice->event);
            }
        } else if (notice->kind == client::EventFeed::Kind::Lost) {
            session.note("Connection lost (" + clean(notice->text) + "), trying again");
        } else if (notice->kind == client::EventFeed::Kind::Resync) {
            session.note("Some events were missed: the server does not keep them any more");
        }
    }
    return ExitCode::Failed;  // nobody reads any more
}

client::ApiResult<std::vector<client::Event>> read_newest(const client::ApiClient& api,
                                                          const Values& values) {
    std::vector<client::Event> events;
    std::string token;
    do {
        const int missing = values.limit - static_cast<int>(events.size());
        auto page = api.list_events(values.filter, std::min(kLargestPage, missing), token);
        if (!page) {
            return tl::unexpected(page.error());
        }
        std::move(page->items.begin(), page->items.end(), std::back_inserter(events));
        token = page->next_page_token;
    } while (!token.empty() && static_cast<int>(events.size()) < values.limit);
    std::reverse(events.begin(), events.end());
    return events;
}

ExitCode run(Session& session, const Values& values) {
    const auto* api = session.api();
    if (api == nullptr) {
        return ExitCode::Usage;
    }
    if (values.follow) {
        return follow(session, *api, values);
    }
    const auto events = read_newest(*api, values);
    if (!events) {
        return session.report(events.error());
    }
    boost::json::array documents;
    for (const auto& event : *events) {
        if (session.wants_table()) {
            print_event(session, event);
        } else {
            documents.push_back(*event.document);
        }
    }
    if (!session.wants_table()) {
        session.print_document(boost::json::value{{"events", std::move(documents)}});
    } else if (events->empty()) {
        session.note("No events.");
    }
    return ExitCode::Ok;
}

}  // namespace

Command events_command() {
    auto values = std::make_shared<Values>();
    return {.name = "events",
            .summary = "Print what happened, oldest first, or follow what happens",
            .arguments = {{"NAME", &values->filter.store, "Name, slug or id; all stores without it", false}},
            .options = {{"-f,--follow", &values->follow, "Print events as they happen, until Ctrl-C"},
                        {"--type", &values->filter.type, "Only those of this type, store.renamed for example",
                         "TYPE"},
                        {"--limit", &values->limit, "The newest so many (50)", "N"}},
            .run = [values](Session& session) { return run(session, *values); }};
}

}  // namespace souk::cli
