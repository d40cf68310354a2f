#include "displays/board/query_model.h"

#include <algorithm>
#include <utility>

#include "client/refusal_text.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

constexpr std::size_t kDigitsLeast = 3;

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

bool is_letter(char character) {
    return character >= 'A' && character <= 'Z';
}

std::string after_last_slash(const std::string& text) {
    return text.substr(text.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace

std::string number_asked(
    const std::string& typed,
    const google::protobuf::RepeatedPtrField<protocol::BoardView::Group>& groups) {
    std::string number = after_last_slash(typed);
    if (!number.empty() && is_digit(number.front()) && groups.size() == 1) {
        number.insert(0, groups[0].letter());
    }
    const bool plain = number.size() > 1 && is_letter(number.front()) &&
                       std::all_of(number.begin() + 1, number.end(), is_digit);
    if (plain && number.size() < kDigitsLeast + 1) {
        number.insert(1, kDigitsLeast + 1 - number.size(), '0');
    }
    if (typed.find('/') == std::string::npos) return number;
    const std::string before = typed.substr(0, typed.rfind('/'));
    return after_last_slash(before) + "/" + number;
}

void QueryModel::type(char character, std::int64_t now_ms) {
    if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 'a' + 'A');
    const bool known =
        is_digit(character) || is_letter(character) || character == '-' || character == '/';
    if (!known) return;
    if (stage_ != Stage::typing) typed_.clear();
    stage_ = Stage::typing;
    since_ms_ = now_ms;
    typed_ += character;
    if (typed_.size() > kTypedMax) typed_.erase(0, 1);
}

void QueryModel::erase(std::int64_t now_ms) {
    if (stage_ == Stage::typing && typed_.size() > 1) {
        typed_.pop_back();
        since_ms_ = now_ms;
        return;
    }
    clear();
}

void QueryModel::clear() {
    stage_ = Stage::empty;
    typed_.clear();
    outgoing_.reset();
}

void QueryModel::enter(const google::protobuf::RepeatedPtrField<protocol::BoardView::Group>& groups,
                       std::int64_t now_ms) {
    if (stage_ != Stage::typing) return;
    asked_ = number_asked(typed_, groups);
    stage_ = Stage::asking;
    since_ms_ = now_ms;
    outgoing_ = Asking{{}, ++id_};
    outgoing_->query.mutable_place()->set_number(asked_);
}

std::optional<Asking> QueryModel::outgoing() {
    return std::exchange(outgoing_, std::nullopt);
}

void QueryModel::answered(std::uint64_t id, const client::Answer& answer, std::int32_t utc_offset_s,
                          std::int64_t now_ms) {
    if (id != id_ || stage_ != Stage::asking) return;
    stage_ = Stage::answered;
    since_ms_ = now_ms;
    number_.clear();
    if (answer && answer->has_place()) {
        number_ = answer->place().number();
        text_ = client::place_sentence(answer->place(), utc_offset_s);
    } else if (answer && answer->has_refusal()) {
        text_ = client::refusal_text(answer->refusal());
    } else {
        text_ = wording::text("board.stale");
    }
}

std::int64_t QueryModel::shown_for_ms(int pages) const {
    return std::max(kAnswerMs, pages * kPageMs);
}

void QueryModel::pass(std::int64_t now_ms, int pages) {
    const std::int64_t since_ms = now_ms - since_ms_;
    const bool left = stage_ == Stage::typing && since_ms >= kTypedMs;
    const bool told = stage_ == Stage::answered && since_ms >= shown_for_ms(pages);
    if (left || told) clear();
}

QueryPicture QueryModel::picture(std::int64_t now_ms) const {
    QueryPicture out;
    switch (stage_) {
        case Stage::empty:
            out.hint = true;
            break;
        case Stage::typing:
            out.typed = after_last_slash(typed_);
            // A scanner's payload before its number: there is something, and nothing to read yet.
            if (out.typed.empty()) out.typed = "/";
            break;
        case Stage::asking:
            if (now_ms - since_ms_ < kAskingMs) {
                out.typed = after_last_slash(typed_);
            } else {
                out.text =
                    wording::format("board.query.asking", {{"number", after_last_slash(asked_)}});
            }
            break;
        case Stage::answered:
            out.number = number_;
            out.text = text_;
            out.page = (now_ms - since_ms_) / kPageMs;
            break;
    }
    return out;
}

std::optional<std::int64_t> QueryModel::idle_ms(std::int64_t now_ms, int pages) const {
    const std::int64_t since_ms = now_ms - since_ms_;
    switch (stage_) {
        case Stage::empty:
            return std::nullopt;
        case Stage::typing:
            return kTypedMs - since_ms;
        case Stage::asking:
            if (since_ms >= kAskingMs) return std::nullopt;
            return kAskingMs - since_ms;
        case Stage::answered:
            break;
    }
    const std::int64_t left = shown_for_ms(pages) - since_ms;
    return pages > 1 ? std::min(left, kPageMs - since_ms % kPageMs) : left;
}

}  // namespace hall::board
