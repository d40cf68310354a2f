// The board as the shell runs it: feed in, picture out, redrawn only when the picture differs.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "displays/board/board_model.h"
#include "displays/board/screen_size.h"
#include "displays/kit/shell.h"

namespace hall::board {

// How the screen reaches the hall. `newest` gives the feed's latest view. `ask` hands a question
// over and returns at once; `deliver` brings the answers that have come to BoardScreen::answered.
// Without `ask` the board has no query line.
struct BoardLink {
    std::function<BoardModel::Newest()> newest;
    std::function<void(const Asking&)> ask = {};
    std::function<void()> deliver = {};
};

class BoardScreen final : public kit::Screen {
  public:
    // `trace`, when open, gets "SEQ NANOSECONDS\n" for every picture shown (docs: frame trace).
    BoardScreen(BoardLink link, std::uint32_t window, ScreenSize screen, std::ofstream trace = {});

    void answered(std::uint64_t id, const client::Answer& answer);

    bool update(std::int64_t now_ms) override;
    std::int64_t idle_ms(std::int64_t now_ms) const override;
    bool typed(kit::Key key, std::int64_t now_ms) override;
    void draw(kit::Frame& frame) override;
    bool ready() const override { return model_.known(); }
    void shown(std::int64_t monotonic_ns) override;

  private:
    bool can_ask() const { return link_.ask && model_.live(); }
    BoardPicture picture(std::int64_t now_ms) const;
    // The picture without the pages when nothing has pages: their turning changes nothing then.
    BoardPicture relevant(std::int64_t now_ms) const;

    BoardLink link_;
    BoardModel model_;
    QueryModel query_;
    ScreenSize screen_;
    std::ofstream trace_;
    std::optional<BoardPicture> shown_;
    Turning turning_;
};

// Says on the screen that it is too small, until it is closed.
class TooSmallScreen final : public kit::Screen {
  public:
    explicit TooSmallScreen(std::string sentence) : sentence_(std::move(sentence)) {}

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
    void draw(kit::Frame& frame) override;

  private:
    std::string sentence_;
};

}  // namespace hall::board
