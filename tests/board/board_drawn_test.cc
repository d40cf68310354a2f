// Every rule of docs/ACCESSIBILITY.md for boards, measured on what was drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "displays/board/board_layout.h"
#include "displays/board/board_report.h"
#include "tests/board/sample_view.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

using protocol::Phase;

constexpr std::int64_t kDrawnFromMs = 8'000'000;
// No more are looked at; the longest answer has fewer on every screen here.
constexpr int kPagesMax = 7;

struct Case {
    std::string name;
    BoardModel::Newest newest;
    std::uint32_t window = 0;
    QueryPicture query = {};
};

QueryPicture typed(const std::string& number) {
    QueryPicture query;
    query.typed = number;
    return query;
}

QueryPicture answered(const std::string& number, const std::string& text) {
    QueryPicture query;
    query.number = number;
    query.text = text;
    return query;
}

// All that a sentence can say.
QueryPicture long_answer(const std::string& number) {
    return answered(
        number,
        "前面 125 位,其中 38 位享受优先照顾。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。"
        "预计等候 115–120 分钟。");
}

QueryPicture hint() {
    QueryPicture query;
    query.hint = true;
    return query;
}

protocol::BoardView with_long_names() {
    auto view = open_view();
    view.mutable_head()->set_hall_name("广西壮族自治区南宁市社会保险事业管理中心");
    view.clear_groups();
    add_group(view, "城乡居民基本养老保险", 1'234);
    add_group(view, "城镇职工基本医疗保险", 56);
    add_group(view, "机关事业单位养老保险关系转移接续", 7);
    add_group(view, "社会保障卡", 0);
    return view;
}

protocol::BoardView with_numbers(const std::string& letter, int number, std::uint32_t window) {
    auto view = hall_view(Phase::extended, kNineFortyTwoMs);
    for (int i = 0; i < 8; ++i) {
        add_call(view, fmt::format("{}{:03}", letter, number - i), (window + 3 * i - 1) % 30 + 1,
                 i < 3, i % 2 == 0, 80 - i);
    }
    add_group(view, "养老", 14);
    return view;
}

protocol::BoardView many_calling() {
    auto view = hall_view(Phase::open, kNineFortyTwoMs);
    for (int i = 0; i < 16; ++i) {
        add_call(view, fmt::format("W{:03}", 400 + i), i + 15, true, i % 2 == 0, 90 - i);
    }
    return view;
}

protocol::BoardView with_windows() {
    auto view = open_view();
    auto* serving = view.add_windows();
    serving->set_number(12);
    serving->set_state(protocol::WindowState::serving);
    serving->set_ticket_number("A1023");
    serving->set_green(true);
    auto* paused = view.add_windows();
    paused->set_number(30);
    paused->set_state(protocol::WindowState::paused);
    return view;
}

protocol::BoardView early_with_many_windows() {
    auto view = early_view();
    for (auto& first : *view.mutable_first()) {
        first.clear_windows();
        for (const std::uint32_t window : {1U, 2U, 3U, 7U, 9U, 11U, 12U, 13U, 30U}) {
            first.add_windows(window);
        }
    }
    return view;
}

std::vector<Case> cases() {
    BoardModel::Newest connecting;
    BoardModel::Newest never;
    never.state = client::FeedState::stale;
    BoardModel::Newest strange = live(open_view());
    strange.state = client::FeedState::not_enrolled;
    return {
        {"open", live(open_view())},
        {"nobody yet", live(hall_view(Phase::open, kNineFortyTwoMs))},
        {"three digits", live(with_numbers("B", 117, 30))},
        {"four digits", live(with_numbers("W", 1'008, 30))},
        {"many calling", live(many_calling())},
        {"long names", live(with_long_names())},
        {"early", live(early_view())},
        {"early, many windows", live(early_with_many_windows())},
        {"early, nobody", live(early_view(0))},
        {"closed", live(hall_view(Phase::closed, kMidnightMs + 18 * kHourMs))},
        {"stale", stale(open_view())},
        {"stale, four digits", stale(with_numbers("A", 1'023, 28))},
        {"stale, early", stale(early_view())},
        {"stale, closed", stale(hall_view(Phase::closed, kMidnightMs + 18 * kHourMs))},
        {"not enrolled", strange},
        {"connecting", connecting},
        {"never connected", never},
        {"hint", live(with_numbers("A", 23, 12)), 0, hint()},
        {"typing too much", live(open_view()), 0, typed("WWWWWWWWWWWWWWWWWWWWWWWW")},
        {"answer", live(open_view()), 0, long_answer("A023")},
        {"answer, many calling", live(many_calling()), 0, long_answer("A1023")},
        {"answer, early", live(early_view()), 0, long_answer("A023")},
        {"refusal", live(hall_view(Phase::open, kNineFortyTwoMs)), 0,
         answered("", "今天没有这个号“A999”,请核对号票。")},
        {"window serving", live(with_windows()), 12},
        {"window paused", live(with_windows()), 30},
        {"window stale", stale(with_windows()), 12},
    };
}

// Draws every page of every case on one screen and hands each picture to `check`.
template <typename Check>
void draw_all(const ScreenSize& size, Check check) {
    auto shell =
        kit::open_off_screen_shell(size.width_px, size.height_px, kit::kBoardColours.ground);
    for (const Case& here : cases()) {
        BoardModel model(here.window);
        model.take(here.newest, kDrawnFromMs);
        for (int page = 0; page < kPagesMax; ++page) {
            SCOPED_TRACE(fmt::format("{} page {} at {} m", here.name, page, size.distance_m));
            StillBoard still;
            still.size = size;
            still.picture = model.picture(kDrawnFromMs + 200);
            still.picture.now_page = page;
            still.picture.list_page = page;
            still.picture.query = here.query;
            still.picture.query.page = page;
            kit::draw_once(*shell, still);
            check(*shell, here, page);
            if (!still.turning.any()) break;
        }
    }
}

class DrawnAt : public testing::TestWithParam<ScreenSize> {};

TEST_P(DrawnAt, EveryTextMeetsItsTierAndNothingIsSmallerThanC) {
    const ScreenSize size = GetParam();
    const auto minutes = [&](double px) {
        return arc_minutes(px * size.mm_per_px(), size.distance_m);
    };
    draw_all(size, [&](const kit::Shell& shell, const Case&, int) {
        EXPECT_FALSE(shell.drawn().texts.empty());
        for (const kit::DrawnText& text : shell.drawn().texts) {
            Tier tier = Tier::c;
            if (text.role == "A") tier = Tier::a;
            if (text.role == "B") tier = Tier::b;
            EXPECT_TRUE(text.role == "A" || text.role == "B" || text.role == "C") << text.role;
            if (text.has_hanzi) {
                EXPECT_GE(minutes(text.hanzi_px), least_arc_minutes(tier, true)) << text.string;
            }
            if (text.has_latin) {
                EXPECT_GE(minutes(text.digit_px), least_arc_minutes(tier, false)) << text.string;
            }
        }
    });
}

TEST_P(DrawnAt, ContrastIsAtLeastSevenOnWhatIsReallyBehind) {
    draw_all(GetParam(), [&](kit::Shell& shell, const Case&, int) {
        const kit::Picture picture = shell.picture();
        for (const kit::DrawnText& text : shell.drawn().texts) {
            EXPECT_GE(text.contrast, 7.0) << text.string;
            // Both colours of the record are in the picture where the text is.
            bool colour = false;
            bool ground = false;
            for (int y = static_cast<int>(text.ink.y); y < static_cast<int>(text.ink.bottom());
                 ++y) {
                for (int x = static_cast<int>(text.ink.x); x < static_cast<int>(text.ink.right());
                     x += 2) {
                    const kit::Rgb pixel = picture.at(x, y);
                    colour = colour || pixel == text.colour;
                    ground = ground || pixel == text.ground;
                }
                if (colour && ground) break;
            }
            EXPECT_TRUE(colour && ground)
                << text.string << " " << hex(text.colour) << " on " << hex(text.ground);
        }
    });
}

TEST_P(DrawnAt, NothingOverlapsAndNothingIsCutOff) {
    const ScreenSize size = GetParam();
    const kit::Box screen{0, 0, static_cast<float>(size.width_px),
                          static_cast<float>(size.height_px)};
    draw_all(size, [&](const kit::Shell& shell, const Case& here, int) {
        const auto& texts = shell.drawn().texts;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const kit::Box& ink = texts[i].ink;
            EXPECT_GE(ink.x, screen.x) << texts[i].string;
            EXPECT_GE(ink.y, screen.y) << texts[i].string;
            EXPECT_LE(ink.right(), screen.right()) << texts[i].string;
            EXPECT_LE(ink.bottom(), screen.bottom()) << texts[i].string;
            // A name longer than the screen is wide ends in …; a number, a time and an
            // instruction never do.
            if (here.name.rfind("long names", 0) != 0) {
                EXPECT_FALSE(texts[i].elided) << texts[i].string;
            }
            if (texts[i].role != "C") {
                EXPECT_FALSE(texts[i].elided) << texts[i].string;
            }
            for (std::size_t j = i + 1; j < texts.size(); ++j) {
                EXPECT_FALSE(ink.overlaps(texts[j].ink))
                    << texts[i].string << " and " << texts[j].string;
            }
        }
    });
}

TEST_P(DrawnAt, EveryCurrentCallIsSeenOnSomePageWithItsWindow) {
    const ScreenSize size = GetParam();
    auto shell =
        kit::open_off_screen_shell(size.width_px, size.height_px, kit::kBoardColours.ground);
    BoardModel model;
    const auto view = many_calling();
    model.take(live(view), kDrawnFromMs);
    std::set<std::string> seen;
    for (int page = 0; page < 16; ++page) {
        StillBoard still;
        still.size = size;
        still.picture = model.picture(kDrawnFromMs);
        still.picture.now_page = page;
        kit::draw_once(*shell, still);
        const auto& texts = shell->drawn().texts;
        for (std::size_t i = 0; i + 1 < texts.size(); ++i) {
            if (texts[i].role == "A") seen.insert(texts[i].string + ">" + texts[i + 1].string);
        }
    }
    for (const auto& call : view.calls()) {
        EXPECT_TRUE(seen.count(fmt::format("{}>{}", call.number(), call.window())) == 1)
            << call.number();
    }
}

std::string without_spaces(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

// On the panel's ground calls have only 号窗口 at tier B.
bool is_asked(const kit::DrawnText& text) {
    return text.role == "B" && text.ground == kit::kBoardColours.panel &&
           text.string != wording::text("board.window_unit");
}

// What the query line says on this page.
std::string asked_text(const kit::Drawn& drawn) {
    std::string out;
    for (const kit::DrawnText& text : drawn.texts) {
        if (is_asked(text)) out += text.string;
    }
    return without_spaces(out);
}

int asked_lines(const kit::Shell& shell) {
    std::vector<float> feet;
    for (const kit::DrawnText& text : shell.drawn().texts) {
        const bool known = std::any_of(feet.begin(), feet.end(), [&](float foot) {
            return std::abs(text.ink.bottom() - foot) < text.digit_px / 2;
        });
        if (is_asked(text) && !known) feet.push_back(text.ink.bottom());
    }
    return static_cast<int>(feet.size());
}

TEST_P(DrawnAt, AnAnswerIsReadToItsEndAtTierBOverItsPages) {
    const ScreenSize size = GetParam();
    auto shell =
        kit::open_off_screen_shell(size.width_px, size.height_px, kit::kBoardColours.ground);
    for (const auto& view : {open_view(), hall_view(Phase::open, kNineFortyTwoMs), early_view()}) {
        BoardModel model;
        model.take(live(view), kDrawnFromMs);
        StillBoard still;
        still.size = size;
        still.picture = model.picture(kDrawnFromMs);
        still.picture.query = long_answer("C041");
        std::string read;
        do {
            kit::draw_once(*shell, still);
            const std::string page = asked_text(shell->drawn());
            const bool named = page.rfind("C041", 0) == 0;
            // Whose place it is: on each page, unless that is a single line.
            ASSERT_TRUE(named || (still.picture.query.page > 0 && asked_lines(*shell) == 1))
                << page;
            read += named ? page.substr(4) : page;
        } while (++still.picture.query.page < still.turning.query);
        EXPECT_EQ(read, without_spaces(still.picture.query.text));
        EXPECT_LT(still.turning.query, kPagesMax) << read;
    }
}

TEST_P(DrawnAt, WhatIsAskedNeverTakesTheCallOfNowFromTheBoard) {
    const ScreenSize size = GetParam();
    auto shell =
        kit::open_off_screen_shell(size.width_px, size.height_px, kit::kBoardColours.ground);
    const auto calls = [&] {
        std::vector<std::string> out;
        for (const kit::DrawnText& text : shell->drawn().texts) {
            if (text.role == "A") out.push_back(text.string);
        }
        return out;
    };
    for (const auto& view : {open_view(), with_numbers("W", 1'008, 30), many_calling()}) {
        BoardModel model;
        model.take(live(view), kDrawnFromMs);
        StillBoard still;
        still.size = size;
        still.picture = model.picture(kDrawnFromMs);
        kit::draw_once(*shell, still);
        const auto before = calls();
        for (const QueryPicture& query : {typed("A02"), long_answer("C041")}) {
            still.picture.query = query;
            kit::draw_once(*shell, still);
            const auto now = calls();
            ASSERT_GE(now.size(), 2U);
            EXPECT_EQ(now[0], before[0]);
            EXPECT_EQ(now[1], before[1]);
            EXPECT_FALSE(asked_text(shell->drawn()).empty());
            for (const kit::DrawnText& call : shell->drawn().texts) {
                for (const kit::DrawnText& asked : shell->drawn().texts) {
                    const bool pair = call.role == "A" && is_asked(asked);
                    EXPECT_FALSE(pair && call.ink.bottom() > asked.ink.y)
                        << call.string << " and " << asked.string;
                }
            }
        }
    }
}

TEST_P(DrawnAt, TheStaleBoardKeepsTheLastCallAndTheWholeSentence) {
    const ScreenSize size = GetParam();
    std::set<std::string> sentence;
    draw_all(size, [&](const kit::Shell& shell, const Case& here, int) {
        if (here.name != "stale" && here.name != "stale, four digits") return;
        bool number = false;
        for (const kit::DrawnText& text : shell.drawn().texts) {
            number = number || text.role == "A";
            if (text.ground == kit::kBoardColours.warm) sentence.insert(text.string);
        }
        EXPECT_TRUE(number);
    });
    std::size_t length = 0;
    for (const std::string& part : sentence) length += part.size();
    EXPECT_GE(length, wording::text("board.stale").size());
}

ScreenSize mounted(double distance_m, double height_m) {
    ScreenSize screen = screen_at(distance_m);
    screen.mounted_m = height_m;
    return screen;
}

ScreenSize small_over_window() {
    ScreenSize screen = screen_at(3, 21);
    screen.width_px = 1366;
    screen.height_px = 768;
    return screen;
}

INSTANTIATE_TEST_SUITE_P(Screens, DrawnAt,
                         testing::Values(screen_at(5), screen_at(8), mounted(5, 2.2),
                                         mounted(8, 1.7), small_over_window()));

TEST(TooSmall, AScreenSaysWhichDistanceItServesAndThatDistanceFits) {
    kit::Text text;
    const std::string unit = wording::text("board.window_unit");
    EXPECT_TRUE(fits(text, screen_at(5), unit));
    EXPECT_TRUE(fits(text, screen_at(8), unit));
    const ScreenSize small = screen_at(8, 32);
    EXPECT_FALSE(fits(text, small, unit));
    const double serves = serves_m(text, small, unit);
    EXPECT_GT(serves, 3.5);
    EXPECT_LT(serves, 8);
    EXPECT_TRUE(fits(text, screen_at(serves, 32), unit));
    EXPECT_FALSE(fits(text, screen_at(serves + 0.2, 32), unit));
}

TEST(LitPanel, KeepsContrastSeven) {
    EXPECT_GE(kit::contrast(kit::kBoardColours.text, kLitPanel), 7.0);
    EXPECT_GE(kit::contrast(kit::kBoardColours.green, kLitPanel), 7.0);
    // A change that is seen: WCAG's flash needs 10 % of luminance, this stays well below.
    EXPECT_GT(kit::oklab_distance(kit::kBoardColours.panel, kLitPanel), 5.0);
}

}  // namespace
}  // namespace hall::board
