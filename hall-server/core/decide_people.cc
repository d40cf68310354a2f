// What a person may ask of what the hall knows of them: to see it, to have it corrected, to have it
// deleted (个人信息 查阅、更正、删除); and the end of what is kept no longer.
#include <algorithm>
#include <array>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::CheckInState;
using protocol::Event;
using protocol::RefusalCode;

namespace {

// Never the name: whoever wants that gone is forgotten.
constexpr std::array<std::string_view, 4> kErasable = {"phone", "township", "identity",
                                                       "family_phone"};

// Where the vault holds one person: an id of one of these kinds, and the record behind it.
struct Kept {
    uint64_t check_in = 0;
    uint64_t case_id = 0;
    uint64_t consultation = 0;
    uint64_t record = 0;
};
using KeptAll = tl::expected<std::vector<Kept>, protocol::Refusal>;

// The check-in and the cases that were opened with it, memory's and the closed ones.
void add_check_in_and_cases(const HallState& hall, uint64_t check_in, std::vector<Kept>& all) {
    if (check_in == 0) return;
    const state::CheckIn* entry = find_check_in(hall, check_in);
    if (entry != nullptr && entry->state() != CheckInState::forgotten) {
        all.push_back({check_in, 0, 0, entry->record()});
    }
    for (const state::Case& file : hall.data.cases()) {
        if (file.check_in() == check_in) all.push_back({0, file.id(), 0, file.record()});
    }
    for (const state::ClosedDay& day : hall.data.closed_days()) {
        for (const state::ClosedCase& file : day.cases()) {
            if (file.check_in() == check_in) all.push_back({0, file.id(), 0, file.record()});
        }
    }
}

KeptAll kept_by_check_in(const HallState& hall, uint64_t id) {
    if (find_check_in(hall, id) == nullptr) {
        return Refuse(RefusalCode::unknown_check_in).field(std::to_string(id));
    }
    std::vector<Kept> all;
    add_check_in_and_cases(hall, id, all);
    return all;
}

KeptAll kept_by_case(const HallState& hall, uint64_t id) {
    const state::Case* open = find_case(hall, id);
    const state::ClosedCase* closed = open ? nullptr : find_closed(hall, id);
    std::vector<Kept> all;
    if (open == nullptr && closed == nullptr) {
        return Refuse(gone_or_unknown(hall, id)).field(std::to_string(id));
    }
    const uint64_t check_in = open ? open->check_in() : closed->check_in();
    add_check_in_and_cases(hall, check_in, all);
    if (check_in == 0) all.push_back({0, id, 0, person_record_of(hall, id)});
    return all;
}

KeptAll kept_by_consultation(const HallState& hall, uint64_t id) {
    const state::Consultation* found = find_consultation(hall, id);
    if (found == nullptr) {
        return Refuse(RefusalCode::unknown_consultation).field(std::to_string(id));
    }
    return std::vector<Kept>{{0, 0, id, found->record()}};
}

// By exactly one of the ids. What nothing is kept of is left out, and refused when that is all.
KeptAll kept_of(const HallState& hall, uint64_t check_in, uint64_t case_id, uint64_t consultation) {
    const int named = int{check_in != 0} + int{case_id != 0} + int{consultation != 0};
    if (named != 1) return Refuse(RefusalCode::value_out_of_range).field("check_in");
    KeptAll all = check_in != 0  ? kept_by_check_in(hall, check_in)
                  : case_id != 0 ? kept_by_case(hall, case_id)
                                 : kept_by_consultation(hall, consultation);
    if (!all) return all;
    all->erase(
        std::remove_if(all->begin(), all->end(), [](const Kept& kept) { return kept.record == 0; }),
        all->end());
    if (!all->empty()) return all;
    return Refuse(RefusalCode::nothing_sealed)
        .field(std::to_string(check_in + case_id + consultation));
}

std::optional<protocol::Refusal> check_correction(
    const Ask& ask, const protocol::Person& person,
    const google::protobuf::RepeatedPtrField<std::string>& erase) {
    if (is_empty(person) && erase.empty()) {
        return Refuse(RefusalCode::value_out_of_range).field("person").refusal();
    }
    for (const std::string& field : erase) {
        if (std::find(kErasable.begin(), kErasable.end(), field) == kErasable.end()) {
            return Refuse(RefusalCode::value_out_of_range).field("erase").refusal();
        }
    }
    return check_person(person, ask.hall.data.plan().day());
}

Decision corrected(const HallState& hall, const std::vector<Kept>& all) {
    Events events;
    uint64_t record = next_id(hall.data.next_record());
    for (const Kept& kept : all) {
        Event& event = events.emplace_back();
        if (kept.check_in != 0) {
            event.mutable_check_in_corrected()->set_check_in(kept.check_in);
            event.mutable_check_in_corrected()->set_record(record++);
            continue;
        }
        event.mutable_person_corrected()->set_case_id(kept.case_id);
        event.mutable_person_corrected()->set_consultation(kept.consultation);
        event.mutable_person_corrected()->set_record(record++);
    }
    return events;
}

}  // namespace

tl::expected<const state::CheckIn*, protocol::Refusal> named_check_in(const HallState& hall,
                                                                      uint64_t id) {
    const state::CheckIn* found = find_check_in(hall, id);
    if (found == nullptr) return Refuse(RefusalCode::unknown_check_in).field(std::to_string(id));
    if (found->state() == CheckInState::forgotten) {
        return Refuse(RefusalCode::check_in_forgotten).field(std::to_string(id));
    }
    return found;
}

Decision decide(const Ask& ask, const protocol::CorrectCheckIn& command) {
    if (auto found = named_check_in(ask.hall, command.check_in()); !found) {
        return tl::make_unexpected(found.error());
    }
    auto all = kept_of(ask.hall, command.check_in(), 0, 0);
    if (!all) return tl::make_unexpected(all.error());
    if (auto refusal = check_correction(ask, command.person(), command.erase())) {
        return tl::make_unexpected(*refusal);
    }
    return corrected(ask.hall, *all);
}

Decision decide(const Ask& ask, const protocol::CorrectPerson& command) {
    auto all = kept_of(ask.hall, 0, command.case_id(), command.consultation());
    if (!all) return tl::make_unexpected(all.error());
    if (auto refusal = check_correction(ask, command.person(), command.erase())) {
        return tl::make_unexpected(*refusal);
    }
    return corrected(ask.hall, *all);
}

Decision decide(const Ask& ask, const protocol::ForgetPerson& command) {
    if (command.check_in() != 0) {
        auto found = named_check_in(ask.hall, command.check_in());
        if (!found) return tl::make_unexpected(found.error());
    }
    auto all = kept_of(ask.hall, command.check_in(), command.case_id(), command.consultation());
    if (!all) return tl::make_unexpected(all.error());
    Events events;
    for (const Kept& kept : *all) {
        auto* forgotten = events.emplace_back().mutable_person_forgotten();
        forgotten->set_check_in(kept.check_in);
        forgotten->set_case_id(kept.case_id);
        forgotten->set_consultation(kept.consultation);
    }
    return events;
}

Decision decide(const Ask& ask, const protocol::Unmask& command) {
    const HallState& hall = ask.hall;
    // Who looked is a person wherever people sign on.
    if (ask.actor.person.empty() && !hall.data.staff().empty() &&
        rank_of(ask) == protocol::StaffRank::unknown) {
        return Refuse(RefusalCode::sign_on_needed);
    }
    auto all = kept_of(hall, command.check_in(), command.case_id(), command.consultation());
    if (!all) return tl::make_unexpected(all.error());
    if (command.purpose() == protocol::UnmaskPurpose::unspecified ||
        !protocol::UnmaskPurpose::Value_IsValid(command.purpose())) {
        return Refuse(RefusalCode::purpose_missing).field("purpose");
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    Event event;
    auto* body = event.mutable_person_unmasked();
    body->set_check_in(command.check_in());
    body->set_case_id(command.case_id());
    body->set_consultation(command.consultation());
    body->set_purpose(command.purpose());
    body->set_record(record_of(hall, command.note()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::PurgeVault&) {
    Events events;
    destroy(vault_days_due(ask.hall, ask.hall.data.plan().day()), true, events);
    return events;
}

uint64_t person_record(const HallState& hall, uint64_t check_in, uint64_t case_id,
                       uint64_t consultation) {
    const KeptAll all = kept_of(hall, check_in, case_id, consultation);
    if (!all) return 0;
    for (const Kept& kept : *all) {
        if (case_id == 0 || kept.case_id == case_id) return kept.record;
    }
    return all->front().record;
}

}  // namespace hall::core
