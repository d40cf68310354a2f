#include "hall-server/service/reveal.h"

#include <algorithm>

#include "hall-server/service/private_names.h"

namespace hall::service {
namespace {

// What somebody typed to find a person by.
struct Wanted {
    std::string words;  // normalised
    std::string identity;

    explicit Wanted(const std::string& typed)
        : words(normalised(typed)), identity(identity_to_match(typed)) {}
};

bool matches(const Wanted& wanted, const OpenedRecord* record) {
    if (record == nullptr) return false;
    return record->name_to_match.find(wanted.words) != std::string::npos ||
           number_matches(wanted.words, record->phone_to_match) ||
           number_matches(wanted.identity, record->identity_to_match);
}

template <class Rows, class Keep>
void keep_only(Rows& rows, Keep keep) {
    rows.erase(std::remove_if(rows.begin(), rows.end(), [&](auto& row) { return !keep(row); }),
               rows.end());
}

}  // namespace

// A check-in may have been corrected since the row was made; the state knows its record.
std::shared_ptr<const OpenedRecord> Reveal::record_of_check_in(uint64_t check_in) {
    if (check_in == 0) return nullptr;
    const auto entry = hall_.check_in(check_in);
    return entry ? words_.open(entry->record()) : nullptr;
}

std::shared_ptr<const OpenedRecord> Reveal::record_of(const protocol::Case& entry) {
    if (auto own = words_.open(entry.record())) return own;
    return record_of_check_in(entry.check_in());
}

std::string Reveal::note_of(uint64_t record) {
    const auto opened = words_.open(record);
    return opened ? opened->words.note() : std::string();
}

const std::string& Reveal::staff_name(const std::string& number) {
    const auto known = staff_names_.find(number);
    if (known != staff_names_.end()) return known->second;
    std::string name;
    if (const auto entry = hall_.staff(number)) {
        if (const auto record = words_.open(entry->record())) name = record->words.staff_name();
    }
    return staff_names_[number] = std::move(name);
}

void Reveal::fill(protocol::CheckIn& entry) {
    const auto record = words_.open(entry.record());
    if (record == nullptr) return;
    entry.set_masked_name(record->masked_name);
    entry.set_has_phone(!record->words.person().phone().empty());
    entry.set_has_identity(!record->words.person().identity().empty());
}

// For whoever asks for check-ins: what the guide wrote about how she is to be served.
void Reveal::fill_note(protocol::CheckIn& entry) {
    entry.set_note(note_of(entry.record()));
}

void Reveal::fill(protocol::Case& entry) {
    if (const auto record = record_of(entry)) entry.set_masked_name(record->masked_name);
    if (!entry.escort().empty()) entry.set_escort_name(staff_name(entry.escort()));
}

// For whoever looks at one case: what was written at each step.
void Reveal::fill_notes(protocol::Case& entry) {
    if (const auto record = words_.open(entry.record())) {
        entry.set_note(record->words.note());
        entry.set_relation(record->words.relation());
    }
    for (auto& visit : *entry.mutable_visits()) {
        visit.set_note(note_of(visit.record()));
        visit.set_left_note(note_of(visit.left_record()));
    }
    entry.set_notice_note(note_of(entry.notice_record()));
    entry.set_rating_note(note_of(entry.rating_record()));
    entry.set_follow_up_note(note_of(entry.follow_up_record()));
    fill_result(entry);
}

// What somebody must be told: why, what they can do, where it went.
void Reveal::fill_result(protocol::Case& entry) {
    const auto file = hall_.case_file(entry.id());
    const auto result = words_.open(file ? file->result_record() : 0);
    if (result == nullptr) return;
    entry.set_result_note(result->words.note());
    entry.set_remedy(result->words.remedy());
    entry.set_office(result->words.office());
}

void Reveal::fill(protocol::Emergency& entry) {
    if (const auto record = words_.open(entry.record())) entry.set_kind(record->words.kind());
    entry.set_closing_note(note_of(entry.closing_record()));
    entry.clear_responder_names();
    for (const auto& number : entry.responders()) entry.add_responder_names(staff_name(number));
}

void Reveal::fill(protocol::Consultation& entry) {
    if (!entry.owner().empty()) entry.set_owner_name(staff_name(entry.owner()));
    const auto record = words_.open(entry.record());
    if (record == nullptr) return;
    entry.set_masked_name(record->masked_name);
    entry.set_note(record->words.note());
    entry.set_office(record->words.office());
    entry.set_answer(note_of(entry.answer_record()));
}

void Reveal::fill(protocol::Assistance& entry) {
    entry.set_note(note_of(entry.record()));
}

void Reveal::fill(protocol::Staff& entry) {
    if (const auto record = words_.open(entry.record())) entry.set_name(record->words.staff_name());
}

void Reveal::fill(protocol::PrintJob& job, Name name) {
    if (!job.has_case_file()) return;
    fill(*job.mutable_case_file());
    const auto record = record_of(job.case_file());
    if (record == nullptr) return;
    // A notice needs no name.
    const bool on_paper =
        job.paper() == protocol::Paper::form || job.paper() == protocol::Paper::band;
    const bool whole = on_paper && name == Name::whole;
    job.set_surname_first(whole ? record->words.person().name() : record->masked_name);
    if (!whole || job.paper() != protocol::Paper::form) return;
    // What the form has a line for, and no more of the person.
    job.mutable_person()->set_name(record->words.person().name());
    job.mutable_person()->set_identity(record->words.person().identity());
    job.mutable_person()->set_phone(record->words.person().phone());
    const auto own = words_.open(job.case_file().record());
    if (own != nullptr) job.mutable_case_file()->set_relation(own->words.relation());
}

void Reveal::fill_person(const protocol::Unmask& unmask, protocol::Reply& reply) {
    const auto record = words_.open(hall_.person_record(unmask));
    if (record != nullptr) *reply.mutable_person() = record->words.person();
}

void Reveal::filter(const protocol::CheckInListQuery& query, protocol::CheckInList& list) {
    const Wanted wanted(query.name());
    if (wanted.words.empty()) return;
    keep_only(*list.mutable_check_ins(), [&](const protocol::CheckIn& entry) {
        return matches(wanted, words_.open(entry.record()).get());
    });
}

void Reveal::filter(const protocol::CaseListQuery& query, protocol::CaseList& list) {
    const Wanted wanted(query.name());
    if (wanted.words.empty()) return;
    keep_only(*list.mutable_cases(),
              [&](const protocol::Case& entry) { return matches(wanted, record_of(entry).get()); });
}

void Reveal::reply(const protocol::Request& request, protocol::Reply& reply) {
    const protocol::Query& query = request.query();
    if (request.command().has_unmask() && !reply.has_refusal()) {
        fill_person(request.command().unmask(), reply);
    }
    switch (reply.result_case()) {
        case protocol::Reply::kCheckIn:
            return fill(*reply.mutable_check_in());
        case protocol::Reply::kCheckIns:
            filter(query.check_in_list(), *reply.mutable_check_ins());
            for (auto& entry : *reply.mutable_check_ins()->mutable_check_ins()) fill_note(entry);
            return fill_all(*reply.mutable_check_ins()->mutable_check_ins());
        case protocol::Reply::kCaseFile:
            fill(*reply.mutable_case_file());
            if (query.has_case_file()) fill_notes(*reply.mutable_case_file());
            return;
        case protocol::Reply::kCases:
            filter(query.case_list(), *reply.mutable_cases());
            return fill_all(*reply.mutable_cases()->mutable_cases());
        case protocol::Reply::kEmergency:
            return fill(*reply.mutable_emergency());
        case protocol::Reply::kEmergencies:
            return fill_all(*reply.mutable_emergencies()->mutable_emergencies());
        case protocol::Reply::kConsultation:
            return fill(*reply.mutable_consultation());
        case protocol::Reply::kConsultations:
            return fill_all(*reply.mutable_consultations()->mutable_consultations());
        case protocol::Reply::kAssistance:
            return fill(*reply.mutable_assistance());
        case protocol::Reply::kStaff:
            return fill(*reply.mutable_staff());
        case protocol::Reply::kStaffList:
            return fill_all(*reply.mutable_staff_list()->mutable_staff());
        case protocol::Reply::kWristband:
            if (reply.wristband().has_case_file()) {
                fill(*reply.mutable_wristband()->mutable_case_file());
            }
            return;
        case protocol::Reply::kPrintJob:
            // Whole for the paper that is about to be printed, and for nobody else.
            return fill(*reply.mutable_print_job(),
                        request.command().has_claim_print() ? Name::whole : Name::masked);
        case protocol::Reply::kPrintJobs:
            for (auto& job : *reply.mutable_print_jobs()->mutable_print_jobs())
                fill(job, Name::masked);
            return;
        // No name belongs into these.
        case protocol::Reply::kRefusal:
        case protocol::Reply::kStatus:
        case protocol::Reply::kTicket:
        case protocol::Reply::kWindow:
        case protocol::Reply::kPrinter:
        case protocol::Reply::kDevice:
        case protocol::Reply::kLog:
        case protocol::Reply::kTickets:
        case protocol::Reply::kWindows:
        case protocol::Reply::kPrinters:
        case protocol::Reply::kDevices:
        case protocol::Reply::kEvents:
        case protocol::Reply::kAppointment:
        case protocol::Reply::kAppointments:
        case protocol::Reply::kSlots:
        case protocol::Reply::kPlace:
        case protocol::Reply::kReport:
        case protocol::Reply::kPaperImport:
        case protocol::Reply::kFacility:
        case protocol::Reply::kFacilities:
        case protocol::Reply::kLoan:
        case protocol::Reply::kWristbands:
        case protocol::Reply::kCatalogue:
        case protocol::Reply::kVault:
        case protocol::Reply::kLedger:  // made by the log's worker, masked already
        case protocol::Reply::kPerson:  // just filled
        case protocol::Reply::RESULT_NOT_SET:
            return;
    }
}

void Reveal::view(protocol::GuideView& view) {
    fill_all(*view.mutable_check_ins());
    for (auto& job : *view.mutable_prints()) fill(job, Name::masked);
}

void Reveal::view(protocol::ClerkView& view) {
    for (auto& entry : *view.mutable_cases()) {
        fill(entry);
        fill_result(entry);
    }
}

void Reveal::view(protocol::CareView& view) {
    fill_all(*view.mutable_emergencies());
    fill_all(*view.mutable_staff());
    fill_all(*view.mutable_consultations());
    fill_all(*view.mutable_assistances());
}

void Reveal::view(protocol::CasesView& view) {
    fill_all(*view.mutable_cases());
    fill_all(*view.mutable_staff());
}

void Reveal::view(protocol::SupervisorView& view) {
    fill_all(*view.mutable_overdue());
    fill_all(*view.mutable_emergencies());
    fill_all(*view.mutable_follow_ups());
    fill_all(*view.mutable_staff());
    fill_all(*view.mutable_consultations());
    fill_all(*view.mutable_unrated());
}

}  // namespace hall::service
