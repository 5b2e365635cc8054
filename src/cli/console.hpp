#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace souk::cli {

enum class Colour { None, Green, Yellow, Red, Grey, Bold };

/// Where text goes and what the other end can do. A plain value for one thread.
struct Console {
    std::ostream& out;
    std::ostream& err;
    int in_fd = 0;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool in_is_terminal = false;
    bool colours = false;
    std::size_t width = 80;  // columns of the terminal

    /// With the codes for the colour, or as it is when colours are off.
    std::string paint(Colour colour, std::string_view text) const;
};

/// Of this process. `no_color`: NO_COLOR is set to something; `dumb`: TERM says that the terminal cannot move
/// its cursor.
Console process_console(bool no_color, bool dumb);

}  // namespace souk::cli
