#include "tests/core/case_model.h"

#include <algorithm>
#include <set>
#include <string>

#include "hall-server/core/local_date.h"

namespace hall::core {

namespace {

const std::set<std::string> kServices{"pension", "medical", "card", "jobs"};
const std::set<std::string> kPensionPapers{"id", "photo", "hukou", "agreement"};
const std::map<std::string, int> kStations{{"door", 1},    {"copy", 3}, {"form", 4}, {"accept", 5},
                                           {"process", 6}, {"back", 7}, {"desk", 0}};
const std::set<std::string> kStaff{"g1", "g2", "c1", "s1", "g9"};

std::string who(const Actor& actor) {
    return actor.person.empty() ? actor.device : actor.person;
}

bool leads(const Actor& actor) {
    return actor.person == "s1" || actor.device == "super-1" || actor.device == "local";
}

std::string text_of(int value) {
    return std::to_string(value);
}

}  // namespace

bool CaseModel::knows_who(const Actor& actor) const {
    const std::set<std::string> free{"kiosk-1", "scanner-1", "local"};
    return !actor.person.empty() || free.count(actor.device) > 0;
}

// Day by day, as on a calendar at the wall.
uint32_t CaseModel::working_day(int count) const {
    uint32_t day = day_;
    while (count > 0) {
        ++day;
        if ((day - kFirstDay) % 7 < 5) --count;
    }
    return day;
}

ModelCase* CaseModel::named(uint64_t id, Reasons& reasons) {
    auto found = cases_.find(id);
    if (found == cases_.end()) {
        const bool gone = id != 0 && id < next_;
        reasons.insert(gone ? RefusalCode::case_closed : RefusalCode::unknown_case);
        return nullptr;
    }
    if (found->second.closed) {
        reasons.insert(RefusalCode::case_closed);
        return nullptr;
    }
    return &found->second;
}

void CaseModel::check_ticket(const std::string& number, const std::string& service,
                             Reasons& reasons) {
    auto found = tickets_.find(number);
    if (found == tickets_.end()) {
        reasons.insert(RefusalCode::unknown_ticket);
        return;
    }
    if (!found->second.open) reasons.insert(RefusalCode::ticket_not_open);
    if (found->second.services.count(service) == 0) {
        reasons.insert(RefusalCode::case_other_service);
    }
    for (const auto& [id, entry] : cases_) {
        if (entry.closed || entry.number != number || entry.service != service) continue;
        reasons.insert(RefusalCode::case_has_ticket);
    }
}

void CaseModel::promise(ModelCase& entry) const {
    if (entry.promised != 0 && entry.promised < day_) return;  // broken
    entry.promised = working_day(entry.service == "pension" ? 5 : 0);
}

void CaseModel::check_enter(const ModelCase& entry, int to, bool reason, Reasons& reasons) const {
    if (to == entry.at && entry.inside) reasons.insert(RefusalCode::stage_already_there);
    if (to < entry.at) reasons.insert(RefusalCode::stage_behind);
    if (to == 7 && entry.result == 0) reasons.insert(RefusalCode::result_needed);
    if (to >= 5 && entry.waits) reasons.insert(RefusalCode::case_waits_for_visitor);
    if (to > entry.at + 1 && !reason) reasons.insert(RefusalCode::stage_ahead);
}

void CaseModel::do_enter(ModelCase& entry, int to, const std::string& by) const {
    entry.workers.insert(by);
    const bool accepted = entry.at == 5 && entry.inside && to > 5;
    if (entry.inside) ++entry.done;
    if (to > entry.at) entry.skipped += to - entry.at - 1;
    entry.at = to;
    entry.inside = true;
    if (accepted || (to == 6 && entry.promised == 0)) promise(entry);
}

void CaseModel::open(const protocol::OpenCase& command, const Actor& actor, Reasons& reasons) {
    if (kServices.count(command.service()) == 0) {
        reasons.insert(RefusalCode::unknown_service);
        return;
    }
    if (!command.number().empty()) check_ticket(command.number(), command.service(), reasons);
    const bool proxy = command.proxy() != protocol::Proxy::none;
    if (command.service() == "card" && proxy) reasons.insert(RefusalCode::proxy_not_allowed);
    if (command.service() == "medical" && proxy) {
        if (command.proxy() != protocol::Proxy::letter) {
            reasons.insert(RefusalCode::proxy_letter_needed);
        }
        if (!command.own_wish()) reasons.insert(RefusalCode::own_wish_not_asked);
    }
    if (command.proxy() == protocol::Proxy::free && command.relation().empty()) {
        reasons.insert(RefusalCode::relation_missing);
    }
    if (!reasons.empty()) return;
    ModelCase& entry = cases_[next_++];
    entry.service = command.service();
    entry.number = command.number();
    entry.escort = who(actor);
    entry.workers.insert(who(actor));
}

void CaseModel::enter(const protocol::EnterStage& command, const Actor& actor, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (command.stage() < 1 || command.stage() > 7) {
        reasons.insert(RefusalCode::stage_unknown);
        return;
    }
    check_enter(*entry, command.stage(), command.skip_reason() != 0, reasons);
    if (reasons.empty()) do_enter(*entry, command.stage(), who(actor));
}

void CaseModel::leave(const protocol::LeaveStage& command, const Actor& actor, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    const int outcome = command.outcome();
    if (outcome < 1 || outcome > 3) reasons.insert(RefusalCode::outcome_invalid);
    if (!entry->inside) reasons.insert(RefusalCode::stage_left_already);
    const int at = entry->at;
    if (outcome == StageOutcome::sent_back) {
        if (entry->result != 0) reasons.insert(RefusalCode::result_already_set);
        if (command.to() < 1 || command.to() > 7) reasons.insert(RefusalCode::stage_unknown);
        if (command.to() == at) reasons.insert(RefusalCode::stage_already_there);
        if (command.to() > at) reasons.insert(RefusalCode::stage_ahead);
        if (command.to() == 1) reasons.insert(RefusalCode::value_out_of_range);
        if (command.reason() == 0) reasons.insert(RefusalCode::reason_missing);
        if (!reasons.empty()) return;
        ++entry->sent_back;
        entry->at = command.to();
        entry->workers.insert(who(actor));
        return;
    }
    const bool skip = outcome == StageOutcome::skipped;
    if (skip && (at == 1 || at == 7)) reasons.insert(RefusalCode::stage_not_skippable);
    if (skip && command.reason() == 0) reasons.insert(RefusalCode::reason_missing);
    if (at == 6) reasons.insert(RefusalCode::result_needed);
    if (at == 5 && entry->waits) reasons.insert(RefusalCode::case_waits_for_visitor);
    if (at == 7) {
        if (entry->told_ms == 0) reasons.insert(RefusalCode::result_not_told);
        if (entry->rating == RatingState::invited) reasons.insert(RefusalCode::rating_open);
        if (entry->follows_up()) reasons.insert(RefusalCode::follow_up_open);
    }
    if (!reasons.empty()) return;
    ++(skip ? entry->skipped : entry->done);
    entry->inside = false;
    if (at == 5 && !skip) promise(*entry);
}

void CaseModel::receive(const protocol::ReceiveMaterial& command, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    const std::string& code = command.material();
    if (code.empty()) {
        reasons.insert(RefusalCode::no_material_given);
        return;
    }
    if (entry->service != "pension" || kPensionPapers.count(code) == 0) {
        reasons.insert(RefusalCode::material_not_in_catalogue);
        return;
    }
    auto had = entry->has.find(code);
    if (had != entry->has.end() && (had->second || !command.returned())) {
        reasons.insert(RefusalCode::material_already_received);
        return;
    }
    entry->has[code] = command.returned();
    entry->asked.erase(code);
    if (entry->asked.empty()) entry->waits = false;
}

void CaseModel::ask(const protocol::AskMaterial& command, const Actor& actor, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    std::set<std::string> missing = entry->asked;
    for (const std::string& code : command.materials()) {
        if (entry->service != "pension" || kPensionPapers.count(code) == 0) {
            reasons.insert(RefusalCode::material_not_in_catalogue);
        } else if (code == "hukou") {
            reasons.insert(RefusalCode::material_proved_by_data);
        } else if (entry->has.count(code) > 0) {
            reasons.insert(RefusalCode::material_already_received);
        }
        missing.insert(code);
    }
    if (entry->service == "pension") {
        for (const char* code : {"id", "photo"}) {
            if (entry->has.count(code) == 0) missing.insert(code);
        }
    }
    if (missing.empty()) reasons.insert(RefusalCode::nothing_missing);
    if (entry->result != 0) reasons.insert(RefusalCode::result_already_set);
    if (entry->notices > 0 && (!leads(actor) || command.note().empty())) {
        reasons.insert(RefusalCode::second_notice_needs_supervisor);
    }
    if (const auto next = parse_date(command.next_date())) {
        const bool off = (*next - kFirstDay) % 7 >= 5;
        if (off && *next > day_) reasons.insert(RefusalCode::hall_closed_that_day);
    }
    if (!reasons.empty()) return;
    entry->asked = missing;
    entry->waits = true;
    ++entry->notices;
}

void CaseModel::hand_over(const protocol::HandOver& command, const Actor& actor, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (who(actor) != entry->escort && !leads(actor)) reasons.insert(RefusalCode::not_your_case);
    if (kStaff.count(command.to()) == 0) reasons.insert(RefusalCode::unknown_staff);
    if (command.to() == entry->escort) reasons.insert(RefusalCode::case_is_yours);
    if (command.to() == "g9") reasons.insert(RefusalCode::staff_off_duty);
    if (command.to() == entry->offered) reasons.insert(RefusalCode::already_handed_over);
    if (reasons.empty()) entry->offered = command.to();
}

void CaseModel::accept(const protocol::AcceptHandOver& command, const Actor& actor,
                       Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (entry->offered != who(actor)) {
        const bool mine = entry->offered.empty() && entry->escort == who(actor);
        reasons.insert(mine ? RefusalCode::already_handed_over : RefusalCode::not_offered);
        return;
    }
    if (!command.decline()) entry->escort = entry->offered;
    entry->offered.clear();
}

void CaseModel::set_result(const protocol::SetResult& command, const Actor& actor,
                           Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (entry->result != 0) reasons.insert(RefusalCode::result_already_set);
    if (entry->at != 6) reasons.insert(RefusalCode::not_in_processing);
    if (command.result() == protocol::CaseResult::approved && entry->waits) {
        reasons.insert(RefusalCode::case_waits_for_visitor);
    }
    if (!reasons.empty()) return;
    entry->result = command.result();
    entry->waits = false;
    entry->asked.clear();
    ++entry->done;
    entry->at = 7;
    entry->workers.insert(who(actor));
}

void CaseModel::tell(const protocol::TellResult& command, const Actor& actor, int64_t now_ms,
                     Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (entry->result == 0) reasons.insert(RefusalCode::result_not_set);
    if (entry->told_ms != 0 && !(command.understood() && !entry->understood)) {
        reasons.insert(RefusalCode::result_already_told);
    }
    if (!reasons.empty()) return;
    if (entry->told_ms == 0) entry->rating = RatingState::invited;
    entry->told_ms = now_ms;
    entry->understood = command.understood();
    entry->teller = who(actor);
}

namespace {

// Somebody is to judge, or answer for, their own work. Devices that are not of the walk's hall are
// the server's own, where nobody is known.
bool its_own(const ModelCase& entry, const Actor& actor) {
    const std::set<std::string> desks{"guide-1", "guide-2",   "clerk-1",
                                      "super-1", "scanner-1", "kiosk-1"};
    const bool unknown = actor.person.empty() && desks.count(actor.device) == 0;
    return !unknown && entry.is_work_of(who(actor));
}

}  // namespace

void CaseModel::rate(const protocol::RateCase& command, const Actor& actor, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (command.grade() < 1 || command.grade() > 5) reasons.insert(RefusalCode::grade_invalid);
    if (entry->told_ms == 0) reasons.insert(RefusalCode::result_not_told);
    if (entry->rating > RatingState::invited) reasons.insert(RefusalCode::rating_over);
    const bool turned = actor.device == "clerk-1" && command.on_visitor_page();
    if (actor.device != "kiosk-1" && !turned && its_own(*entry, actor)) {
        reasons.insert(RefusalCode::rater_is_rated);
    }
    if (!reasons.empty()) return;
    entry->rating = RatingState::given;
    entry->grade = command.grade();
    if (command.grade() < 3) entry->follow_up = working_day(5);
}

void CaseModel::answer(const protocol::AnswerFollowUp& command, const Actor& actor,
                       Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (!entry->follows_up()) reasons.insert(RefusalCode::no_follow_up);
    if (command.note().empty()) reasons.insert(RefusalCode::answer_missing);
    if (its_own(*entry, actor) && !leads(actor)) reasons.insert(RefusalCode::rater_is_rated);
    if (reasons.empty()) entry->answered = true;
}

void CaseModel::close(const protocol::CloseCase& command, Reasons& reasons) {
    ModelCase* entry = named(command.case_id(), reasons);
    if (!entry) return;
    if (entry->result == 0) reasons.insert(RefusalCode::result_not_set);
    if (entry->told_ms == 0) reasons.insert(RefusalCode::result_not_told);
    if (entry->rating == RatingState::invited) reasons.insert(RefusalCode::rating_open);
    if (entry->follows_up()) reasons.insert(RefusalCode::follow_up_open);
    if (!reasons.empty()) return;
    if (entry->inside) ++entry->done;
    entry->inside = false;
    entry->closed = true;
    entry->offered.clear();
    entry->shown = 0;
}

// False: this one cannot go there.
bool CaseModel::scan_one(ModelCase& entry, int to, const std::string& by, Reasons& reasons) {
    if (to < 2 || (to == entry.at && entry.inside)) return true;
    if (to >= entry.at) {
        Reasons against;
        check_enter(entry, to, true, against);
        if (against.empty()) do_enter(entry, to, by);
        reasons.insert(against.begin(), against.end());
        return against.empty();
    }
    if (entry.result != 0) {
        reasons.insert(RefusalCode::result_already_set);
        return false;
    }
    ++entry.sent_back;
    entry.at = to;
    entry.inside = true;
    entry.workers.insert(by);
    return true;
}

void CaseModel::scan(const protocol::ScanCode& command, const Actor& actor, Reasons& reasons) {
    auto station = kStations.find(command.station());
    if (station == kStations.end()) {
        reasons.insert(RefusalCode::unknown_station);
        return;
    }
    std::vector<uint64_t> ids;
    auto found = bands_.find(command.code());
    if (found != bands_.end()) {
        if (found->second.revoked) reasons.insert(RefusalCode::wristband_revoked);
        if (!named(found->second.id, reasons) || !reasons.empty()) return;
        ids.push_back(found->second.id);
    } else {
        if (tickets_.count(command.code()) == 0) {
            reasons.insert(RefusalCode::unknown_ticket);
            return;
        }
        for (const auto& [id, entry] : cases_) {
            if (!entry.closed && entry.number == command.code()) ids.push_back(id);
        }
        if (ids.empty()) reasons.insert(RefusalCode::no_case_on_ticket);
    }
    if (ids.empty()) return;
    const uint32_t window = command.station() == "accept" || command.station() == "desk" ? 1 : 0;
    // A scanner at a window is whoever works there.
    const std::string by = actor.person.empty() && window == 1 ? "c1" : who(actor);
    Reasons against;
    ids.erase(std::remove_if(
                  ids.begin(), ids.end(),
                  [&](uint64_t id) { return !scan_one(cases_[id], station->second, by, against); }),
              ids.end());
    if (ids.empty()) reasons = against;
    if (ids.empty()) return;
    if (window == 0) return;
    const std::string number = cases_[ids[0]].number;
    for (auto& [id, entry] : cases_) {
        if (number.empty() || entry.number != number) entry.shown = 0;
    }
    for (uint64_t id : ids) cases_[id].shown = window;
}

void CaseModel::revoke(const protocol::RevokeWristband& command, Reasons& reasons) {
    auto found = bands_.find(command.code());
    if (found == bands_.end()) {
        reasons.insert(RefusalCode::unknown_wristband);
    } else if (found->second.revoked) {
        reasons.insert(RefusalCode::wristband_revoked);
    } else {
        found->second.revoked = true;
    }
}

void CaseModel::issue(const protocol::IssueTicket& command, Reasons& reasons) {
    if (!opens()) reasons.insert(RefusalCode::not_open);
    if (command.case_id() == 0) return;
    const ModelCase* entry = named(command.case_id(), reasons);
    const bool other = entry && !command.services().empty() &&
                       std::find(command.services().begin(), command.services().end(),
                                 entry->service) == command.services().end();
    if (other) reasons.insert(RefusalCode::case_other_service);
}

CaseModel::Reasons CaseModel::step(const Command& command, const Actor& actor, int64_t now_ms) {
    Reasons reasons;
    if (command.has_cancel_ticket()) {
        tickets_[command.cancel_ticket().number()].open = false;
        return reasons;
    }
    if (command.has_issue_ticket()) {
        issue(command.issue_ticket(), reasons);
        return reasons;
    }
    if (!knows_who(actor)) return {RefusalCode::sign_on_needed};
    if (command.has_open_case()) open(command.open_case(), actor, reasons);
    if (command.has_enter_stage()) enter(command.enter_stage(), actor, reasons);
    if (command.has_leave_stage()) leave(command.leave_stage(), actor, reasons);
    if (command.has_receive_material()) receive(command.receive_material(), reasons);
    if (command.has_ask_material()) ask(command.ask_material(), actor, reasons);
    if (command.has_attach_ticket()) {
        ModelCase* entry = named(command.attach_ticket().case_id(), reasons);
        if (entry) check_ticket(command.attach_ticket().number(), entry->service, reasons);
        if (reasons.empty()) entry->number = command.attach_ticket().number();
    }
    if (command.has_hand_over()) hand_over(command.hand_over(), actor, reasons);
    if (command.has_accept_hand_over()) accept(command.accept_hand_over(), actor, reasons);
    if (command.has_set_result()) set_result(command.set_result(), actor, reasons);
    if (command.has_tell_result()) tell(command.tell_result(), actor, now_ms, reasons);
    if (command.has_rate_case()) rate(command.rate_case(), actor, reasons);
    if (command.has_answer_follow_up()) answer(command.answer_follow_up(), actor, reasons);
    if (command.has_close_case()) close(command.close_case(), reasons);
    if (command.has_print_wristband()) {
        const ModelCase* entry = named(command.print_wristband().case_id(), reasons);
        if (entry && entry->bands >= 20) reasons.insert(RefusalCode::too_many_wristbands);
    }
    if (command.has_scan_code()) scan(command.scan_code(), actor, reasons);
    if (command.has_revoke_wristband()) revoke(command.revoke_wristband(), reasons);
    return reasons;
}

void CaseModel::issued(const Events& events, const Command& command) {
    for (const Event& event : events) {
        if (event.has_wristband_issued()) {
            const auto& body = event.wristband_issued();
            bands_[body.token()] = {body.case_id(), false};
            ++cases_[body.case_id()].bands;
        }
        if (!event.has_ticket_issued()) continue;
        const auto& body = event.ticket_issued();
        tickets_[body.number()].services = {body.services().begin(), body.services().end()};
        const uint64_t id = command.issue_ticket().case_id();
        if (id != 0) cases_[id].number = body.number();
    }
}

void CaseModel::tick(int64_t now_ms) {
    for (auto& [id, entry] : cases_) {
        if (entry.rating != RatingState::invited) continue;
        if (entry.told_ms + 3 * kDayMs <= now_ms) entry.rating = RatingState::lapsed;
    }
}

void CaseModel::new_day(uint32_t day) {
    day_ = day;
    tickets_.clear();
    for (auto it = cases_.begin(); it != cases_.end();) {
        it->second.number.clear();
        it->second.shown = 0;
        it = it->second.closed ? cases_.erase(it) : std::next(it);
    }
    for (auto it = bands_.begin(); it != bands_.end();) {
        it = cases_.count(it->second.id) == 0 ? bands_.erase(it) : std::next(it);
    }
}

std::string CaseModel::difference(const ModelCase& ours, const state::Case& theirs) {
    std::map<int, int> outcomes;
    for (const auto& visit : theirs.visits()) ++outcomes[visit.outcome()];
    const auto& last = theirs.visits(theirs.visits_size() - 1);
    const bool inside = last.outcome() == StageOutcome::under_way;
    if (outcomes[StageOutcome::under_way] != (inside ? 1 : 0)) return "visits under way";
    std::map<std::string, bool> has;
    std::set<std::string> asked;
    for (const auto& row : theirs.materials()) {
        if (row.received_at_ms() != 0) has[row.code()] = row.returned();
        if (row.asked()) asked.insert(row.code());
    }
    auto differs = [](const char* what, const auto& a, const auto& b) {
        return a == b ? std::string() : std::string(what) + " ";
    };
    std::string text;
    text += differs("service", ours.service, theirs.service());
    text += differs("escort", ours.escort, theirs.escort());
    text += differs("offered", ours.offered, theirs.offered_to());
    text += differs("number", ours.number, theirs.number());
    text += differs("stage", ours.at, int{last.stage()});
    text += differs("inside", ours.inside, inside);
    text += differs("skipped", ours.skipped, outcomes[StageOutcome::skipped]);
    text += differs("sent back", ours.sent_back, outcomes[StageOutcome::sent_back]);
    text += differs("sent back count", ours.sent_back, static_cast<int>(theirs.sent_back_count()));
    text += differs("received", ours.has, has);
    text += differs("asked", ours.asked, asked);
    text += differs("waits", ours.waits, theirs.waiting_for_visitor());
    text += differs("notices", ours.notices, static_cast<int>(theirs.notices()));
    text += differs("promise", ours.promised, theirs.promised_by_day());
    text += differs("result", ours.result, int{theirs.result()});
    text += differs("told", ours.told_ms, theirs.told_at_ms());
    text += differs("rating", ours.rating, int{theirs.rating()});
    text += differs("grade", ours.grade, theirs.grade());
    text += differs("follow-up", ours.follow_up, theirs.follow_up_by_day());
    text += differs("answered", ours.answered, theirs.follow_up_answered_at_ms() != 0);
    text += differs("closed", ours.closed, theirs.closed());
    text += differs("shown", ours.shown, theirs.shown_at());
    if (ours.done != outcomes[StageOutcome::done]) {
        text += "done " + text_of(ours.done) + " not " + text_of(outcomes[StageOutcome::done]);
    }
    return text;
}

}  // namespace hall::core
