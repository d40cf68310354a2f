// Who works here: numbers, PINs, duty, training.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::Event;
using protocol::RefusalCode;
using protocol::StaffRank;

namespace {

constexpr size_t kStaffNumberMax = 16;
constexpr size_t kLanguageTagMax = 40;

bool tag_of(const std::string& text, size_t chars_max) {
    return !text.empty() && text.size() <= chars_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-';
           });
}

tl::expected<const state::Staff*, protocol::Refusal> named_staff(const HallState& hall,
                                                                 const std::string& number) {
    const state::Staff* found = find_staff(hall, number);
    if (found == nullptr) return Refuse(RefusalCode::unknown_staff).field("staff");
    return found;
}

// Staff are a supervisor's business. Which devices may ask is the permission table's; whoever is
// signed on there needs the rank as well.
std::optional<protocol::Refusal> needs_supervisor(const Ask& ask) {
    if (ask.actor.person.empty() || rank_of(ask) >= StaffRank::supervisor) return std::nullopt;
    return Refuse(RefusalCode::rank_not_allowed).field(ask.actor.person).refusal();
}

std::optional<protocol::Refusal> cases_open(const HallState& hall, const std::string& staff) {
    auto found = hall.load.find(staff);
    if (found == hall.load.end()) return std::nullopt;
    return Refuse(RefusalCode::cases_open).field(std::to_string(found->second)).refusal();
}

// Hard questions that wait for their answer.
std::optional<protocol::Refusal> consultations_open(const HallState& hall,
                                                    const std::string& owner) {
    const auto& all = hall.data.consultations();
    const auto waiting = std::count_if(all.begin(), all.end(), [&](const auto& entry) {
        return is_open(entry) && entry.owner() == owner;
    });
    if (waiting == 0) return std::nullopt;
    return Refuse(RefusalCode::consultations_open).field(std::to_string(waiting)).refusal();
}

}  // namespace

Decision decide(const Ask& ask, const protocol::AddStaff& command) {
    const HallState& hall = ask.hall;
    if (hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (auto refusal = needs_supervisor(ask)) return tl::make_unexpected(*refusal);
    if (!tag_of(command.staff(), kStaffNumberMax)) {
        return Refuse(RefusalCode::staff_number_invalid).field("staff");
    }
    if (find_staff(hall, command.staff()) != nullptr) {
        return Refuse(RefusalCode::staff_number_taken).field(command.staff());
    }
    if (auto refusal = check_name(command.name(), "name")) return tl::make_unexpected(*refusal);
    if (command.rank() == StaffRank::unknown || !StaffRank::Value_IsValid(command.rank())) {
        return Refuse(RefusalCode::value_out_of_range).field("rank");
    }
    // Nobody gives what they do not have.
    if (command.rank() == StaffRank::admin && rank_of(ask) != StaffRank::admin) {
        return Refuse(RefusalCode::rank_not_allowed).field("rank");
    }
    if (command.languages_size() > static_cast<int>(kWishesMax)) {
        return Refuse(RefusalCode::value_out_of_range).field("languages");
    }
    for (const std::string& language : command.languages()) {
        if (!tag_of(language, kLanguageTagMax)) {
            return Refuse(RefusalCode::unknown_language).field("languages");
        }
    }
    if (hall.data.staff_size() >= static_cast<int>(kStaffMax)) {
        return Refuse(RefusalCode::too_many_staff);
    }
    Event event;
    auto* added = event.mutable_staff_added();
    added->set_staff(command.staff());
    added->set_rank(command.rank());
    added->set_record(record_of(hall, command.name()));
    *added->mutable_languages() = command.languages();
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::RemoveStaff& command) {
    const HallState& hall = ask.hall;
    if (auto refusal = needs_supervisor(ask)) return tl::make_unexpected(*refusal);
    auto found = named_staff(hall, command.staff());
    if (!found) return tl::make_unexpected(found.error());
    if (auto refusal = cases_open(hall, command.staff())) return tl::make_unexpected(*refusal);
    // What was offered to them would wait for nobody.
    if (auto waiting = hall.offered.find(command.staff()); waiting != hall.offered.end()) {
        return Refuse(RefusalCode::cases_open).field(std::to_string(waiting->second));
    }
    if (auto refusal = consultations_open(hall, command.staff())) {
        return tl::make_unexpected(*refusal);
    }
    if ((*found)->on_duty()) return Refuse(RefusalCode::staff_on_duty).field(command.staff());
    Event event;
    event.mutable_staff_removed()->set_staff(command.staff());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::SetPin& command) {
    const HallState& hall = ask.hall;
    auto found = named_staff(hall, command.staff());
    if (!found) return tl::make_unexpected(found.error());
    const StaffRank::Value rank = rank_of(ask);
    // Whoever sets a PIN can act as its owner: nobody does so above their own rank.
    const bool allowed = ask.actor.person == command.staff() ||
                         (rank >= StaffRank::supervisor && rank >= (*found)->rank());
    if (!allowed) return Refuse(RefusalCode::rank_not_allowed).field(command.staff());
    Event event;
    event.mutable_staff_pin_set()->set_staff(command.staff());
    event.mutable_staff_pin_set()->set_record(next_id(hall.data.next_record()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::SignOn&) {
    if (ask.actor.person.empty()) return Refuse(RefusalCode::sign_on_needed);
    auto found = named_staff(ask.hall, ask.actor.person);
    if (!found) return tl::make_unexpected(found.error());
    Event event;
    event.mutable_staff_signed_on()->set_staff(ask.actor.person);
    event.mutable_staff_signed_on()->set_device(ask.actor.device);
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::GoOffDuty& command) {
    const std::string& staff = command.staff().empty() ? ask.actor.person : command.staff();
    if (staff.empty()) return Refuse(RefusalCode::sign_on_needed);
    auto found = named_staff(ask.hall, staff);
    if (!found) return tl::make_unexpected(found.error());
    if (staff != ask.actor.person && rank_of(ask) < StaffRank::supervisor) {
        return Refuse(RefusalCode::rank_not_allowed).field(staff);
    }
    if (!(*found)->on_duty()) return Refuse(RefusalCode::staff_off_duty).field(staff);
    if (auto refusal = cases_open(ask.hall, staff)) return tl::make_unexpected(*refusal);
    Event event;
    event.mutable_staff_off_duty()->set_staff(staff);
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::RecordTraining& command) {
    const uint32_t today = ask.hall.data.plan().day();
    if (auto refusal = needs_supervisor(ask)) return tl::make_unexpected(*refusal);
    auto found = named_staff(ask.hall, command.staff());
    if (!found) return tl::make_unexpected(found.error());
    if (!is_listed_word(command.course())) return Refuse(RefusalCode::text_invalid).field("course");
    const auto day = command.date().empty() ? std::optional(today) : parse_date(command.date());
    if (!day || *day > today) return Refuse(RefusalCode::date_invalid).field("date");
    Event event;
    auto* trained = event.mutable_staff_trained();
    trained->set_staff(command.staff());
    trained->set_course(command.course());
    trained->set_day(*day);
    return Events{event};
}

}  // namespace hall::core
