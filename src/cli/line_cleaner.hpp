#pragma once

#include <string>
#include <string_view>

namespace souk::cli {

/// Makes a stream of text harmless line by line, so that no character is cut in two by the network. Bounded:
/// a line without end is given out in parts.
class LineCleaner {
public:
    /// What is complete, with its line feeds.
    std::string feed(std::string_view bytes);
    /// The rest, with a line feed of its own.
    std::string finish();

private:
    std::string rest_;
};

}  // namespace souk::cli
