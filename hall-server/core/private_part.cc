// What of a command belongs in the vault, and under which record of its events.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "protocol/body.h"

namespace hall::core {

using protocol::Event;
using protocol::VaultKind;

namespace {

// The words of a command that the events have no field for: fields of these names.
void add_words(const protocol::Command& command, state::PrivateRecord& to) {
    const google::protobuf::Message* from = protocol::body_of(command);
    if (from == nullptr) return;
    for (const char* name : {"relation", "note", "remedy", "office", "kind"}) {
        to.GetReflection()->SetString(&to, to.GetDescriptor()->FindFieldByName(name),
                                      protocol::text_in(*from, name));
    }
    if (const auto* person = from->GetDescriptor()->FindFieldByName("person")) {
        to.mutable_person()->CopyFrom(from->GetReflection()->GetMessage(*from, person));
    }
    if (command.has_add_staff()) to.set_staff_name(command.add_staff().name());
}

// Which kind of record an event keeps; unknown: none.
VaultKind::Value kind_of(const Event& event) {
    switch (static_cast<int>(event.body_case())) {
        case Event::kCheckedIn:
        case Event::kCheckInCorrected:
            return VaultKind::check_in;
        case Event::kPersonCorrected:
            return event.person_corrected().consultation() == 0 ? VaultKind::case_file
                                                                : VaultKind::note;
        case Event::kCaseOpened:
        case Event::kCaseStageEntered:
        case Event::kCaseStageLeft:
        case Event::kMaterialAsked:
        case Event::kCaseDecided:
        case Event::kCaseRated:
        case Event::kFollowUpAnswered:
            return VaultKind::case_file;
        case Event::kEmergencyRaised:
        case Event::kEmergencyClosed:
            return VaultKind::emergency;
        case Event::kPersonUnmasked:
        case Event::kAssistanceGiven:
        case Event::kConsultationGiven:
        case Event::kConsultationAnswered:
            return VaultKind::note;
        case Event::kStaffAdded:
        case Event::kStaffPinSet:
            return VaultKind::staff;
    }
    return VaultKind::unknown;
}

uint32_t temperature_of(const protocol::Command& command) {
    if (command.has_add_check_in()) return command.add_check_in().temperature_tenths();
    return command.measure_again().temperature_tenths();
}

// What the content of an event's record is completed from.
uint64_t base_of(const HallState& hall, const Event& event) {
    if (event.has_person_corrected()) {
        const auto& corrected = event.person_corrected();
        const state::Consultation* asked = find_consultation(hall, corrected.consultation());
        return asked != nullptr ? asked->record() : person_record_of(hall, corrected.case_id());
    }
    uint64_t check_in = 0;
    if (event.has_check_in_corrected()) check_in = event.check_in_corrected().check_in();
    if (event.has_case_opened()) check_in = event.case_opened().check_in();
    const state::CheckIn* found = find_check_in(hall, check_in);
    return found == nullptr ? 0 : found->record();
}

void seal_parts(const HallState& hall, const protocol::Command& command, const Event& event,
                VaultWork& work) {
    if (const uint64_t record = protocol::number_in(*protocol::body_of(event), "record")) {
        VaultWork::Seal& seal = work.seal.emplace_back();
        seal.record = record;
        seal.kind = kind_of(event);
        seal.base = base_of(hall, event);
        // Not what was noted when they were registered.
        seal.base_person_only = event.has_case_opened();
        add_words(command, seal.content);
        const auto& erase = command.has_correct_person() ? command.correct_person().erase()
                                                         : command.correct_check_in().erase();
        seal.erase.assign(erase.begin(), erase.end());
    }
    if (const uint64_t record =
            protocol::number_in(*protocol::body_of(event), "temperature_record")) {
        VaultWork::Seal& seal = work.seal.emplace_back();
        seal.record = record;
        seal.kind = VaultKind::temperature;
        seal.content.set_temperature_tenths(temperature_of(command));
    }
}

// The words and the PIN of who leaves, or the PIN that another one replaces.
void erase_staff(const HallState& hall, const Event& event, VaultWork& work) {
    const state::Staff* entry = nullptr;
    if (event.has_staff_removed()) entry = find_staff(hall, event.staff_removed().staff());
    if (event.has_staff_pin_set()) entry = find_staff(hall, event.staff_pin_set().staff());
    if (entry == nullptr) return;
    if (entry->pin_record() != 0) work.erase.push_back(entry->pin_record());
    if (event.has_staff_removed() && entry->record() != 0) work.erase.push_back(entry->record());
}

void erase_case(const HallState& hall, uint64_t id, VaultWork& work) {
    const state::Case* open = find_case(hall, id);
    const state::ClosedCase* closed = open ? nullptr : find_closed(hall, id);
    if (open != nullptr) {
        work.erase.insert(work.erase.end(), open->records().begin(), open->records().end());
    } else if (closed != nullptr) {
        work.erase.insert(work.erase.end(), closed->records().begin(), closed->records().end());
    }
}

void erase_consultation(const HallState& hall, uint64_t id, VaultWork& work) {
    const state::Consultation* entry = find_consultation(hall, id);
    if (entry == nullptr) return;
    for (uint64_t record : {entry->record(), entry->answer_record()}) {
        if (record != 0) work.erase.push_back(record);
    }
}

void erase_parts(const HallState& hall, const Event& event, VaultWork& work) {
    erase_staff(hall, event, work);
    if (event.has_person_corrected()) work.erase.push_back(base_of(hall, event));
    if (event.has_person_forgotten()) {
        erase_case(hall, event.person_forgotten().case_id(), work);
        erase_consultation(hall, event.person_forgotten().consultation(), work);
    }
    if (!event.has_check_in_corrected() && !event.has_person_forgotten()) return;
    const state::CheckIn* entry =
        find_check_in(hall, protocol::number_in(*protocol::body_of(event), "check_in"));
    if (entry == nullptr) return;
    work.erase.push_back(entry->record());
    if (!event.has_person_forgotten()) return;
    for (uint64_t record : entry->temperature_records()) work.erase.push_back(record);
}

}  // namespace

VaultWork Hall::vault_work(const protocol::Command& command, const Events& events) const {
    const HallState& hall = *state_;
    VaultWork work;
    for (const Event& event : events) {
        seal_parts(hall, command, event, work);
        erase_parts(hall, event, work);
        const state::Case* entry = find_case(hall, active_case(event));
        if (entry != nullptr && entry->sealed_day() != hall.data.plan().day()) {
            for (uint64_t record : entry->records()) work.bring.push_back(record);
        }
        for (const auto& day : event.vault_days_destroyed().days()) {
            state::VaultDay& destroyed = work.destroy.emplace_back();
            destroyed.set_kind(day.kind());
            destroyed.set_day(day.day());
        }
    }
    std::sort(work.bring.begin(), work.bring.end());
    work.bring.erase(std::unique(work.bring.begin(), work.bring.end()), work.bring.end());
    std::erase_if(work.bring, [&](uint64_t record) {
        return std::find(work.erase.begin(), work.erase.end(), record) != work.erase.end();
    });
    return work;
}

}  // namespace hall::core
