// The query line: what is typed, and the sentence of a place.
#include "displays/board/board_painter.h"
#include "wording/wording.h"

namespace hall::board {

using kit::Box;
using kit::kBoardColours;
using kit::Rgb;
using kit::TextStyle;
using wording::format;
using wording::text;

namespace {

// A line of hanzi, in heights of its box: what of a comma hangs below it is in the gap.
constexpr float kLine = 1.06F;
// Between a digit and a hanzi, in widths of a hanzi.
constexpr float kSpace = 0.22F;

std::size_t bytes_of(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte < 0x80) return 1;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_word(const std::string& character) {
    const char c = character.front();
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ':' ||
           c == '-' || c == '/' || character == "–";
}

bool is_one_of(const std::string& character, std::string_view set) {
    return set.find(character) != std::string_view::npos;
}

bool closes(const std::string& character) {
    return is_one_of(character, ",，。、;；:：!！?？)）”");
}

bool opens(const std::string& character) {
    return is_one_of(character, "(（“");
}

// Where a page may end without tearing a thought.
bool ends_clause(const std::string& piece) {
    for (const std::string_view end : {",", "，", "。", ";", "；"}) {
        if (piece.size() >= end.size() && piece.substr(piece.size() - end.size()) == end) {
            return true;
        }
    }
    return false;
}

}  // namespace

// What stays together on a line: a number with the word behind it, a hanzi with the sign after it.
std::vector<std::string> Painter::pieces_of(const std::string& sentence) {
    std::vector<std::string> out;
    bool joins = false;  // the next character belongs to the last piece
    bool word = false;   // the last character was of a number or a Latin word
    for (std::size_t at = 0; at < sentence.size();) {
        const std::string character = sentence.substr(at, bytes_of(sentence[at]));
        at += character.size();
        const bool here = is_word(character);
        const bool glued =
            !out.empty() && (joins || closes(character) || (word && (here || character == " ")));
        if (glued) {
            out.back() += character;
        } else if (character != " " || out.empty()) {
            out.push_back(character);
        } else {
            out.back() += character;
        }
        joins = opens(character) || (character == " " && word);
        word = here;
    }
    return out;
}

// Digits and hanzi are drawn each in its own style, so that neither is below tier B and neither
// takes more room than that.
std::vector<Painter::Run> Painter::runs_of(const std::string& string) {
    std::vector<Run> out;
    for (std::size_t at = 0; at < string.size();) {
        const std::string character = string.substr(at, bytes_of(string[at]));
        at += character.size();
        if (character == " ") {
            if (!out.empty()) out.back().space = true;
            continue;
        }
        const bool word = is_word(character);
        if (out.empty() || out.back().word != word || out.back().space) {
            out.push_back({"", word, false});
        }
        out.back().string += character;
    }
    return out;
}

float Painter::mixed_width(const std::string& string) {
    float width = 0;
    for (const Run& run : runs_of(string)) {
        width += width_of(run.string, run.word ? styles_.b : styles_.b_hanzi);
        if (run.space) width += styles_.b_hanzi_box.em * kSpace;
    }
    return width;
}

// `top` and `line`: of the row; digits fill it, and hanzi stand on their foot.
void Painter::write_mixed(const std::string& string, float x, float top, float line) {
    const float base = digit_baseline(top + line / 2, styles_.b_box);
    const float hanzi_base = base + styles_.b_box.digit_bottom - styles_.b_hanzi_box.hanzi_bottom;
    for (const Run& run : runs_of(string)) {
        const TextStyle& style = run.word ? styles_.b : styles_.b_hanzi;
        canvas_.write(run.string, style, x, run.word ? base : hanzi_base, kBoardColours.text,
                      kBoardColours.panel, role_of(Tier::b));
        x += width_of(run.string, style);
        if (run.space) x += styles_.b_hanzi_box.em * kSpace;
    }
}

// `pieces` in lines of `width`.
Painter::Lines Painter::lines_of(const std::vector<std::string>& pieces, float width) {
    Lines out;
    for (const std::string& piece : pieces) {
        if (out.empty() || mixed_width(out.back() + piece) > width) {
            out.push_back(piece);
        } else {
            out.back() += piece;
        }
    }
    return out;
}

// The sentence in pages of `lines_max` lines, which end with a clause where they can. Each begins
// with the number: without it the whole hall would read 您 as itself.
std::vector<Painter::Lines> Painter::query_pages(float width, std::size_t lines_max) {
    const QueryPicture& query = picture_.query;
    std::vector<std::string> head;
    if (!query.number.empty()) head.push_back(query.number + " ");
    // Where it would take more than a quarter of each page, only the first begins with it.
    const bool repeats =
        head.empty() || 4 * mixed_width(head.front()) <= width * static_cast<float>(lines_max);
    std::vector<Lines> pages;
    std::vector<std::string> page = head;
    std::vector<std::string> clause;
    const auto fits = [&](const std::vector<std::string>& pieces) {
        return lines_of(pieces, width).size() <= lines_max;
    };
    const auto turn = [&] {
        if (page.size() == head.size()) return;
        pages.push_back(lines_of(page, width));
        if (!repeats) head.clear();
        page = head;
    };
    const auto take_clause = [&] {
        std::vector<std::string> both = page;
        both.insert(both.end(), clause.begin(), clause.end());
        if (!fits(both)) turn();
        // A clause longer than a page goes on over the next.
        for (const std::string& piece : clause) {
            page.push_back(piece);
            if (fits(page)) continue;
            page.pop_back();
            turn();
            page.push_back(piece);
        }
        clause.clear();
    };
    for (const std::string& piece : pieces_of(query.text)) {
        if (opens(piece.substr(0, bytes_of(piece.front())))) take_clause();
        clause.push_back(piece);
        if (ends_clause(piece)) take_clause();
    }
    take_clause();
    turn();
    return pages;
}

// Room at the foot that leaves the calls of now where they are: as many as were there, and if that
// leaves no line, one less; never less than the newest.
float Painter::room_for_query(float least) {
    const float between = styles_.gap / 2;
    if (picture_.now.empty() || !shape_) return left_.h - kept_height() - between;
    const float one = shape_->height + between;
    int kept = std::min(static_cast<int>(picture_.now.size()),
                        std::max(1, static_cast<int>((left_.h + between) / one)));
    while (kept > 1 && left_.h - static_cast<float>(kept) * one < least) --kept;
    return left_.h - static_cast<float>(kept) * one;
}

// What is typed, and after it a mark that more can come.
void Painter::draw_typed(const Box& box, float line) {
    std::string typed = picture_.query.typed;
    const float caret = std::max(4.0F, std::round(styles_.gap * 0.3F));
    const auto whole = [&] { return format("board.query.typing", {{"number", typed}}); };
    while (typed.size() > 1 && mixed_width(whole()) + styles_.gap + caret > box.w)
        typed.erase(0, 1);
    write_mixed(whole(), box.x, box.y, line);
    const float x = box.x + mixed_width(whole()) + styles_.gap / 2;
    canvas_.fill({x, box.y, caret, line}, kBoardColours.text);
    const std::string how = text("board.query.how");
    const float how_w = width_of(how, styles_.c_hanzi);
    if (x + caret + 2 * styles_.gap + how_w > box.right()) return;
    canvas_.write_in({box.right() - how_w - 2, box.y, how_w + 2, line}, how, styles_.c_hanzi,
                     kit::Align::right, kBoardColours.text, kBoardColours.panel, role_of(Tier::c));
}

void Painter::draw_query() {
    const float line = styles_.b_hanzi_box.hanzi_height() * kLine;
    const float pad = styles_.gap * 0.6F;
    const float room = room_for_query(line + 2 * pad);
    const auto lines_max = static_cast<int>((room - pad) / (line + pad));
    if (lines_max < 1) return;
    std::vector<Lines> pages(1);
    if (picture_.query.typed.empty()) {
        pages = query_pages(left_.w, static_cast<std::size_t>(lines_max));
        turning_.query = static_cast<int>(pages.size());
    }
    // As high as its highest page, so that nothing moves when a page turns.
    std::size_t rows = 1;
    for (const Lines& page : pages) rows = std::max(rows, page.size());
    const auto count = static_cast<float>(rows);
    const float spread = std::clamp((room - count * line) / (count + 1), pad, styles_.gap * 1.5F);
    const float height = count * (line + spread) + spread;
    const Box band{0, area_.bottom() - height, area_.w, height};
    canvas_.fill(band, kBoardColours.panel);
    canvas_.fill({0, band.y, band.w, std::max(3.0F, std::round(styles_.gap * 0.22F))},
                 kBoardColours.info);
    float y = band.y + spread;
    if (!picture_.query.typed.empty()) draw_typed({left_.x, y, left_.w, line}, line);
    const auto page = page_of(pages, 1, picture_.query.page);
    for (const std::string& string : page.items.front()) {
        write_mixed(string, left_.x, y, line);
        y += line + spread;
    }
    left_.h = band.y - styles_.gap / 2 - left_.y;
}

// That one can ask, at the end of the counts when they leave room.
void Painter::draw_hint(const Box& box, float from) {
    const std::string hint = text("board.query.hint");
    const float width = width_of(hint, styles_.c_hanzi);
    if (from + 2 * styles_.gap + width > box.right()) return;
    canvas_.write_in({box.right() - width - 2, box.y, width + 2, box.h}, hint, styles_.c_hanzi,
                     kit::Align::right, kBoardColours.text, kBoardColours.panel, role_of(Tier::c));
}

}  // namespace hall::board
