// CaseHall: a hall with staff, a catalogue, stations and a band printer, for the tests of escort
// cases; and the commands about cases in the words of hallctl.
//
//     CaseHall hall;                                  // Monday 09:00, open, guide g1 at guide-1
//     hall.does(begin_case("pension"));               // case 1
//     hall.by("g2").refuses(hand_over(1, "g1"), RefusalCode::not_your_case);
//
// Staff are put into a snapshot: signing on is tested elsewhere. Moving the clock runs every
// deadline and every midnight on the way. After each step the hall must equal one restored from its
// snapshot, in every view and answer about cases as well.
#pragma once

#include <string>
#include <vector>

#include "tests/core/test_hall.h"

namespace hall::core {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::RatingState;
using protocol::StageOutcome;

inline constexpr auto kReception = CaseStage::reception;
inline constexpr auto kConsultation = CaseStage::consultation;
inline constexpr auto kCopying = CaseStage::copying;
inline constexpr auto kForm = CaseStage::form_filling;
inline constexpr auto kAcceptance = CaseStage::acceptance;
inline constexpr auto kProcessing = CaseStage::processing;
inline constexpr auto kFeedback = CaseStage::feedback;

// The services of test_rules():
//   pension  5 working days; id and photo for everybody, agreement in some cases, hukou by data
//   medical  at once; with a letter, own wish asked; nothing to bring
//   card     only in person
//   jobs     nothing special
// Stations: door (reception), copy, form, accept (at window 1), process, back (feedback), and desk,
// which opens the case at window 1. Wristbands are printed at "back".
protocol::HallRules case_rules();
// test_plan with real dates, closed at weekends, and the open days that follow.
protocol::DayPlan case_plan(uint32_t day);
// Adds g1 and g2 (guides), c1 (clerk at window 1), s1 (supervisor), all on duty, and g9, who is
// not; devices guide-1, guide-2, clerk-1, super-1, scanner-1, kiosk-1.
void add_staff_and_devices(state::Hall& data);
// 10 bytes, others for every `seed`.
std::string random_bytes(uint32_t seed);

Command begin_case(const std::string& service, const std::string& number = "");
Command enter(uint64_t id, CaseStage::Value stage, Reason::Value reason = Reason::unspecified);
Command leave(uint64_t id, StageOutcome::Value outcome, Reason::Value reason = Reason::unspecified,
              CaseStage::Value to = CaseStage::unknown);
Command send_back_to(uint64_t id, CaseStage::Value to,
                     Reason::Value reason = Reason::material_missing);
Command receive(uint64_t id, const std::string& material, bool returned = false);
Command ask_for(uint64_t id, const Words& materials, const std::string& note = "");
Command attach(uint64_t id, const std::string& number);
Command hand_over(uint64_t id, const std::string& to);
Command accept(uint64_t id, bool decline = false);
// With the words that each result needs.
Command set_result(uint64_t id, CaseResult::Value result = CaseResult::approved);
Command tell(uint64_t id);
Command rate(uint64_t id, uint32_t grade);
Command answer(uint64_t id, const std::string& note = "已回访");
Command close_case(uint64_t id);
Command case_paper(uint64_t id, protocol::Paper::Value paper, const std::string& printer = "");
Command band(uint64_t id, uint32_t seed, const std::string& printer = "");
Command scan(const std::string& code, const std::string& station);
Command revoke_band(const std::string& code);
// A ticket that a case comes back with.
Command issue_for(uint64_t id, const std::string& service = "");

class CaseHall {
  public:
    explicit CaseHall(const protocol::HallRules& rules = case_rules());
    // The same without staff and devices: whoever acts is a device.
    static CaseHall without_staff();

    CaseHall& by(const std::string& person, const std::string& device = "guide-1");
    CaseHall& on_device(const std::string& device) { return by("", device); }
    // `days` after the first; never back.
    CaseHall& at(const std::string& clock, uint32_t days = 0);

    Events does(const Command& command);
    protocol::Refusal refuses(const Command& command, RefusalCode::Value code);
    Decision tries(const Command& command);
    // Another hall than lived through; for what would take long to live through.
    template <typename Change>
    CaseHall& rewritten(Change change) {
        state::Hall data = hall_.snapshot();
        change(data);
        hall_ = Hall::restore(data);
        return *this;
    }

    const protocol::Reply& reply() const { return reply_; }
    state::Case entry(uint64_t id) const;
    protocol::Case shown(uint64_t id) const;  // as CaseQuery answers
    CaseStage::Value stage(uint64_t id) const { return shown(id).stage(); }
    std::vector<uint64_t> listed(const protocol::CaseListQuery& query = {}) const;
    protocol::Reply answers(const protocol::Query& query) const;
    const Hall& hall() const { return hall_; }
    int64_t now_ms() const { return now_ms_; }

    // Given: the case at a stage, entered one after the other.
    void walk_to(uint64_t id, CaseStage::Value stage);
    // Given: decided and told.
    void told(uint64_t id);

  private:
    void run_deadline();
    void sign_on_again(const state::Hall& yesterday);
    void apply(const Events& events, const Actor& actor);
    void check();

    Hall hall_;
    int64_t now_ms_ = 0;
    uint32_t day_ = kFirstDay;
    Actor actor_{"guide-1", "g1"};
    protocol::Reply reply_;
};

// The first view or answer about cases in which two halls differ; empty when there is none.
std::string case_difference(const Hall& a, const Hall& b, int64_t now_ms);

}  // namespace hall::core
