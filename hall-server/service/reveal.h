// Reveal: fills what replies and views leave to the service. The core makes them without a name;
// the vault's words join them here, after the commit and on their way out. A reply that is stored,
// an event and a log line never see them.
//
// Staff screens see masked names (王*明). A whole name leaves the hall in two places: to whoever
// unmasks, which is logged, and to the printer of a wristband or a form.
//
// Made for one turn or one view, by the loop's thread.
#pragma once

#include <map>
#include <string>

#include "hall-server/core/hall.h"
#include "hall-server/service/private_words.h"
#include "protocol/hall.pb.h"

namespace hall::service {

class Reveal {
  public:
    // Both outlive this.
    Reveal(const core::Hall& hall, PrivateWords& words) : hall_(hall), words_(words) {}

    // The reply to `request`, as it goes out; lists that were asked for by a name keep those that
    // match.
    void reply(const protocol::Request& request, protocol::Reply& reply);

    void view(protocol::GuideView& view);
    void view(protocol::ClerkView& view);
    void view(protocol::CareView& view);
    void view(protocol::CasesView& view);
    void view(protocol::SupervisorView& view);

  private:
    enum class Name { masked, whole };

    void fill(protocol::CheckIn& entry);
    void fill(protocol::Case& entry);
    void fill(protocol::Emergency& entry);
    void fill(protocol::Consultation& entry);
    void fill(protocol::Assistance& entry);
    void fill(protocol::Staff& entry);
    void fill(protocol::PrintJob& job, Name name);
    void fill_notes(protocol::Case& entry);
    void fill_result(protocol::Case& entry);
    void fill_note(protocol::CheckIn& entry);
    void fill_person(const protocol::Unmask& unmask, protocol::Reply& reply);
    void filter(const protocol::CheckInListQuery& query, protocol::CheckInList& list);
    void filter(const protocol::CaseListQuery& query, protocol::CaseList& list);
    template <class Rows>
    void fill_all(Rows& rows) {
        for (auto& row : rows) fill(row);
    }

    std::shared_ptr<const OpenedRecord> record_of_check_in(uint64_t check_in);
    std::shared_ptr<const OpenedRecord> record_of(const protocol::Case& entry);
    // What was written; empty when there is nothing, or no longer.
    std::string note_of(uint64_t record);
    const std::string& staff_name(const std::string& number);

    const core::Hall& hall_;
    PrivateWords& words_;
    std::map<std::string, std::string> staff_names_;  // by number; empty = not a colleague's
};

}  // namespace hall::service
