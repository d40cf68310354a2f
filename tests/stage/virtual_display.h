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

    // Types letters of any writing into the window with this title.
    bool write(const std::string& title, const std::string& text) const;

    // Clicks there; a display without a window manager has its windows at the upper left.
    bool click(int x, int y) const;

  private:
    // The window with this title as xdotool names it; empty: there is none.
    std::string window_of(const std::string& title) const;

    Folder folder_;
    Process server_;
    std::string name_;
};

}  // namespace hall::stage
