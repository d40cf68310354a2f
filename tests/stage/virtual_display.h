// A hidden display (Xvfb) of its own, and hands for it (xdotool).
#pragma once

#include <string>

#include "tests/stage/process.h"

namespace hall::stage {

class VirtualDisplay {
  public:
    VirtualDisplay(int width, int height);

    const std::string& name() const { return name_; }  // ":7"

    // Presses a key in the window with this title, as a person would; false when there is no such
    // window yet.
    bool press(const std::string& title, const std::string& key) const;

    // Clicks there; a display without a window manager has its windows at the upper left.
    bool click(int x, int y) const;

  private:
    Folder folder_;
    Process server_;
    std::string name_;
};

}  // namespace hall::stage
