#include "displays/clerk/rating_model.h"

#include <algorithm>
#include <utility>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::clerk {

using wording::format;
using wording::text;

namespace {

constexpr std::int64_t kIdleMs = 60'000;

}  // namespace

void RatingModel::ask(const protocol::Case& file) {
    page_ = RatingPage::asking;
    case_id_ = file.id();
    service_ = file.service_name();
    grade_ = 0;
}

const protocol::Case* RatingModel::next_of(
    const google::protobuf::RepeatedPtrField<protocol::Case>& cases) const {
    const protocol::Case* out = nullptr;
    for (const auto& file : cases) {
        if (file.rating() != protocol::RatingState::invited || finished_.count(file.id()) > 0) {
            continue;
        }
        if (!out || file.id() == case_id_) out = &file;
    }
    return out;
}

void RatingModel::follow(const protocol::Case* file, std::int64_t now_ms) {
    const bool same = file != nullptr && file->id() == case_id_;
    if (page_ == RatingPage::asking && !same) leave();
    if (page_ == RatingPage::chosen && !same) give(now_ms);
    if (page_ == RatingPage::nothing && file && finished_.count(file->id()) == 0) ask(*file);
}

void RatingModel::leave() {
    page_ = RatingPage::nothing;
    case_id_ = 0;
    service_.clear();
    grade_ = 0;
}

// From here on the grade is on its way.
void RatingModel::give(std::int64_t now_ms) {
    protocol::Command command;
    command.mutable_rate_case()->set_case_id(case_id_);
    command.mutable_rate_case()->set_grade(grade_);
    command.mutable_rate_case()->set_on_visitor_page(true);
    unsent_.push_back(std::move(command));
    finished_.insert(case_id_);
    page_ = RatingPage::thanks;
    until_ms_ = now_ms + kThanksMs;
    tick(now_ms);
}

void RatingModel::act(const RatingAct& act, std::int64_t now_ms) {
    switch (act.what) {
        case RatingDo::grade:
            if (page_ != RatingPage::asking || act.grade < 1 || act.grade > 5) return;
            grade_ = act.grade;
            page_ = RatingPage::chosen;
            until_ms_ = now_ms + kUndoMs;
            return;
        case RatingDo::change:
            if (page_ == RatingPage::chosen) page_ = RatingPage::asking;
            return;
        case RatingDo::confirm:
            if (page_ == RatingPage::chosen) give(now_ms);
            return;
        case RatingDo::decline:
            if (page_ == RatingPage::asking || page_ == RatingPage::chosen) {
                finished_.insert(case_id_);
            }
            leave();
            return;
    }
}

void RatingModel::tick(std::int64_t now_ms) {
    if (page_ == RatingPage::chosen && now_ms >= until_ms_) give(now_ms);
    const bool over = page_ == RatingPage::thanks || page_ == RatingPage::not_taken;
    if (over && now_ms >= until_ms_) leave();
    if (!unsent_.empty() && now_ms >= again_ms_) slot_.begin(unsent_.front(), "rate");
}

void RatingModel::answered(const client::Answer& answer, std::int64_t now_ms) {
    const auto about = slot_.command().rate_case().case_id();
    slot_.answered(answer);
    if (!answer) {
        again_ms_ = now_ms + kSendAgainMs;
        return;
    }
    unsent_.pop_front();
    if (answer->has_refusal() && page_ == RatingPage::thanks && about == case_id_) {
        page_ = RatingPage::not_taken;
        until_ms_ = now_ms + kThanksMs;
    }
    tick(now_ms);
}

RatingPicture RatingModel::picture() const {
    RatingPicture out;
    out.page = page_;
    switch (page_) {
        case RatingPage::nothing:
            out.title = text("rating.welcome");
            return out;
        case RatingPage::asking:
            out.title = text("rating.question");
            for (std::uint32_t grade = 5; grade >= 1; --grade) {
                out.grades.push_back(wording::name_of_grade(grade));
            }
            break;
        case RatingPage::chosen:
            out.title = text("rating.chosen");
            out.grades = {wording::name_of_grade(grade_)};
            out.grade = grade_;
            out.note = format("rating.sent_in", {{"seconds", std::to_string(kUndoMs / 1'000)}});
            break;
        case RatingPage::thanks:
            out.title = text("rating.thanks");
            out.grade = grade_;
            if (!unsent_.empty() && again_ms_ > 0) out.note = text("rating.sending");
            return out;
        case RatingPage::not_taken:
            out.title = text("rating.not_taken");
            return out;
    }
    out.service = service_;
    out.number = format("rating.case", {{"number", std::to_string(case_id_)}});
    return out;
}

std::int64_t RatingModel::idle_ms(std::int64_t now_ms) const {
    std::int64_t idle = kIdleMs;
    if (page_ != RatingPage::nothing && page_ != RatingPage::asking) {
        idle = std::min(idle, until_ms_ - now_ms);
    }
    if (!unsent_.empty() && !slot_.busy()) idle = std::min(idle, again_ms_ - now_ms);
    return std::max<std::int64_t>(1, idle);
}

}  // namespace hall::clerk
