#include "adapters/kube/watcher.hpp"

#include <iterator>
#include <utility>

namespace souk::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto kListTimeout = 60s;
constexpr std::size_t kMaxPage = std::size_t{64} * 1024 * 1024;
constexpr int kPageSize = 500;

}  // namespace

Watcher::Watcher(Watched kind, std::string path, WatcherOptions options, Cache& cache, Start start,
                 Changed changed, Note note)
    : kind_(kind),
      path_(std::move(path)),
      options_(std::move(options)),
      cache_(cache),
      start_(std::move(start)),
      changed_(std::move(changed)),
      note_(std::move(note)),
      backoff_(options_.retry_base, options_.retry_cap, options_.random) {}

std::optional<Watcher::Clock::time_point> Watcher::tick(Clock::time_point now) {
    if (state_ != State::Idle) {
        return std::nullopt;
    }
    if (now < due_) {
        return due_;
    }
    if (resource_version_.empty()) {
        start_list();
    } else {
        start_watch();
    }
    return std::nullopt;
}

void Watcher::begin(State state, const Query& query, std::chrono::milliseconds timeout,
                    std::chrono::milliseconds idle) {
    state_ = state;
    status_ = 0;
    body_.clear();
    broken_ = false;
    lines_ = LineSplitter();
    stream_ = start_(path_, query, timeout, idle, ++stream_number_);
}

void Watcher::start_list() {
    Query query{{"labelSelector", options_.selector}, {"limit", std::to_string(kPageSize)}};
    if (!continue_.empty()) {
        query.emplace_back("continue", continue_);
    }
    begin(State::Listing, query, kListTimeout, kListTimeout / 2);
}

void Watcher::start_watch() {
    const auto lifetime = std::chrono::seconds(static_cast<std::chrono::seconds::rep>(
        static_cast<double>(options_.lifetime.count()) * (0.8 + 0.2 * options_.random())));
    const Query query{{"labelSelector", options_.selector},
                      {"watch", "true"},
                      {"allowWatchBookmarks", "true"},
                      {"resourceVersion", resource_version_},
                      {"timeoutSeconds", std::to_string(lifetime.count())}};
    // The server ends it; if it does not, we do.
    begin(State::Watching, query, lifetime + 30s, options_.idle);
}

void Watcher::take(const StreamNews& news, Clock::time_point now) {
    if (news.stream != stream_number_ || state_ == State::Idle) {
        return;  // of a stream that we gave up
    }
    switch (news.what) {
        case StreamNews::What::Head:
            status_ = news.status;
            if (state_ == State::Watching && status_ == 200) {
                cache_.set_live(kind_, true);
            }
            return;
        case StreamNews::What::Data:
            take_data(news.data);
            return;
        case StreamNews::What::Done:
            break;
    }
    const State was = state_;
    stream_.reset();
    state_ = State::Idle;
    due_ = now;
    if (was == State::Watching) {
        watch_done(news.error, now);
    } else if (news.error) {
        retry(now, "list", *news.error);
    } else {
        list_done(now);
    }
}

void Watcher::take_data(std::string_view data) {
    if (broken_) {
        return;
    }
    if (state_ == State::Listing || status_ != 200) {
        broken_ = body_.size() + data.size() > kMaxPage;
        if (!broken_) {
            body_.append(data);
        }
    } else {
        broken_ = !lines_.feed(data, [this](std::string_view line) { return take_event(line); });
    }
    if (broken_ && stream_) {
        stream_->cancel();
    }
}

bool Watcher::take_event(std::string_view line) {
    auto event = parse_watch_event(line);
    if (!event) {
        forget();
        note_("watch", event.error());
        return false;
    }
    switch (event->type) {
        case WatchEvent::Type::Expired:
            forget();
            return false;
        case WatchEvent::Type::Error:
            // Nothing says whether we missed something, so the next attempt reads everything.
            forget();
            note_("watch", Error{ErrorCode::Unavailable, event->message, {}, {}});
            return false;
        case WatchEvent::Type::Bookmark:
            break;
        case WatchEvent::Type::Added:
        case WatchEvent::Type::Modified:
        case WatchEvent::Type::Deleted:
            break;
    }
    attempt_ = 0;  // only news prove that the watch works: a server may answer 200 and then an error, again
                   // and again
    resource_version_ = event->resource_version;
    if (event->type == WatchEvent::Type::Bookmark) {
        return true;
    }
    if (auto listed = read_listed(kind_, event->object)) {
        if (event->type == WatchEvent::Type::Deleted) {
            changed_(cache_.remove(kind_, listed->key));
        } else {
            changed_(cache_.put(kind_, listed->store, listed->key, std::move(listed->object)));
        }
        if (options_.told) {
            options_.told(listed->store);
        }
    }
    return true;
}

void Watcher::list_done(Clock::time_point now) {
    if (status_ == 410) {
        continue_.clear();  // the pages aged: from the first one again
        listed_.clear();
    }
    if (status_ != 200 || broken_) {
        retry(now, "list",
              Error{ErrorCode::Unavailable, "the API server answered " + std::to_string(status_), {}, {}});
        return;
    }
    auto page = parse_list_page(kind_, body_);
    body_.clear();
    body_.shrink_to_fit();
    if (!page) {
        retry(now, "list", page.error());
        return;
    }
    std::move(page->objects.begin(), page->objects.end(), std::back_inserter(listed_));
    continue_ = page->next;
    if (!continue_.empty()) {
        return;  // due now: the next page
    }
    ++lists_;
    resource_version_ = page->resource_version;
    auto stores = cache_.replace(kind_, std::exchange(listed_, {}));
    changed_(stores);  // what happened while nobody watched, the time before the start included
}

void Watcher::watch_done(const std::optional<Error>& error, Clock::time_point now) {
    cache_.set_live(kind_, false);
    if (status_ == 410) {
        forget();
        return;
    }
    if (status_ != 200) {
        const Error why =
            error
                ? *error
                : Error{ErrorCode::Unavailable, "the API server answered " + std::to_string(status_), {}, {}};
        if (status_ >= 400 && status_ < 500 && status_ != 401 && status_ != 429) {
            forget();
        }
        retry(now, "watch", why);
        return;
    }
    if (error && !broken_) {
        retry(now, "watch", *error);
    }
    // Otherwise it ended in peace, or told us that it expired: go on at once.
    if (broken_) {
        retry(now, "watch", Error{ErrorCode::Unavailable, "the watch must start anew", {}, {}});
    }
}

void Watcher::retry(Clock::time_point now, std::string_view what, const Error& error) {
    note_(what, error);
    if (what == "list") {
        continue_.clear();
        listed_.clear();
    }
    due_ = now + backoff_.delay(attempt_);
    ++attempt_;
}

void Watcher::forget() {
    resource_version_.clear();
    continue_.clear();
    listed_.clear();
}

void Watcher::cancel() {
    if (stream_) {
        stream_->cancel();
        stream_->wait();
        stream_.reset();
    }
    cache_.set_live(kind_, false);
    state_ = State::Idle;
}

}  // namespace souk::kube
