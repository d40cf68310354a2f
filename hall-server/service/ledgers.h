// Ledgers (台账): what happened over some days, as rows, made from the log alone.
//
// A fold over event records, without clock or I/O: whoever reads the log (net/log_worker) gives it
// the records in order, from some way before the first day, and takes the ledger. The same log and
// the same days give the same ledger; its rows say of a case or a loan what is known at the end of
// what was read. Names are not in the log: `masked_name` stays empty here, `record` says where the
// vault keeps it.
//
//   kind           a row is                                and holds
//   check_ins      a manual check-in                       at, person, reason, filled_by, number
//   cases          a case opened in these days             at, person, service, number, escort,
//                                                          stage, count (times sent back), result,
//                                                          rating, grade, ended (closed), overdue
//   loans          a thing lent, or pieces taken (count)   at, what (its name), number, ended
//   emergencies,   an alarm                                at, what (its place), number, note (its
//   drills                                                 kind), acknowledged, escalated, done_by,
//                                                          count (steps done), outcome, ended
//   assistance     help at a machine                       at, what, task, count (minutes)
//   overrides      a decision that could be questioned     at, what (a word, below), number,
//                                                          window, id (of its case, or 0)
//   training       a course of a colleague that was        date (of the course), at (recorded),
//                  recorded in these days; then each       what, escort (who), current
//                  colleague without current training:
//                  their last course, or no date
//   second_trips   a material of a service                 what (its name), count; most first
//   consultations  advice without a ticket                 at, service, escort (owner), task
//                                                          (answer date), ended, overdue
//   unmaskings     a look at a masked name                 at, what (check_in or case), id,
//                                                          purpose, note
//
// Overdue is judged by the day that was promised first, and stays with what came too late: an
// answer does not make its delay undone.
//
// Words of an override are those of DayReport.Question and `second_notice`. A service without a
// ticket is a case that was accepted on a day on which it had none; several tickets are those of
// one check-in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "hall-server/core/local_date.h"
#include "protocol/hall.pb.h"

namespace hall::service {

inline constexpr int kLedgerRowsMax = 100'000;

using core::date_text;
using core::day_of_date;

// What is wrong with a query, or nothing: `value_out_of_range` for the kind or for days in the
// wrong order, `date_invalid`.
std::optional<protocol::Refusal> wrong_with(const protocol::LedgerQuery& query);

class LedgerFold {
  public:
    // Names of services, facilities and places are those of `rules`.
    // REQUIRES: wrong_with(query) is nothing; `rules` outlives the fold.
    LedgerFold(const protocol::LedgerQuery& query, const protocol::HallRules& rules);

    // Whether add() would look at an event of this kind (Event::BodyCase): the others need not be
    // parsed.
    static bool looks_at(uint32_t kind);

    // In the order of the log. Records before the first day only tell what later ones are about.
    void add(const protocol::EventRecord& record);

    // The days are past and no row can change any more.
    bool complete() const;
    // Something in these days began before what was read: read again from earlier.
    // A ledger of training always does: who works here was said at any time before.
    bool lacks_past() const { return lacks_past_ || is(protocol::LedgerKind::training); }

    // Without `head`.
    protocol::Ledger take();

  private:
    // A case as far as rows need it.
    struct Known {
        std::string service;
        std::set<std::string> missing;  // asked for and not received
        uint32_t promised_by_day = 0;   // the first promise; 0 = none, or the case is decided
        uint32_t follow_up_by_day = 0;  // 0 = none, or answered
    };
    // The last course of a colleague.
    struct Training {
        uint32_t day = 0;  // 0 = never
        std::string course;
        int64_t at_ms = 0;  // when it was recorded
        std::string by;
    };
    // A ticket of the day that is being read.
    struct Ticket {
        uint32_t calls = 0;
        int64_t first_called_at_ms = 0;
        int64_t called_at_ms = 0;
        int64_t missed_at_ms = 0;  // 0 = is not missed
        uint32_t served_at = 0;    // window that would have to explain serving it again
    };

    bool is(protocol::LedgerKind::Value kind) const { return ledger_.kind() == kind; }
    bool in_days() const;
    protocol::LedgerRow& add_row(const protocol::EventRecord& record, uint64_t id);
    protocol::LedgerRow& add_open_row(const protocol::EventRecord& record, uint64_t id);
    protocol::LedgerRow* open_row(uint64_t id);
    void end_row(uint64_t id, int64_t at_ms);
    bool past(uint32_t day) const { return day != 0 && day < day_; }

    void begin_day(const protocol::DayPlan& plan);
    void add_check_in(const protocol::EventRecord& record);
    void correct_person(uint64_t id, uint64_t record);
    void add_case(const protocol::EventRecord& record);
    void change_case(const protocol::EventRecord& record);
    void promise(const protocol::CasePromised& event);
    void judge(const Known& known, protocol::LedgerRow& row) const;
    void end_case(const protocol::EventRecord& record);
    void know_case(const protocol::Event& event);
    void add_second_trip(const protocol::Event& event);
    void count_trip(const std::string& service, const std::string& material);
    void add_loan(const protocol::EventRecord& record);
    void add_emergency(const protocol::EventRecord& record);
    void add_override(const protocol::EventRecord& record);
    void add_case_override(const protocol::EventRecord& record);
    protocol::LedgerRow& add_override(const protocol::EventRecord& record, const char* word,
                                      const std::string& number, uint32_t window = 0);
    void called(const protocol::EventRecord& record);
    void missed(const protocol::EventRecord& record);
    void returned(const protocol::EventRecord& record);
    void started(const protocol::EventRecord& record);
    void add_consultation(const protocol::EventRecord& record);
    void add_training(const protocol::EventRecord& record);
    void add_other(const protocol::EventRecord& record);
    void set_overdue();
    void list_training();
    bool is_current(uint32_t trained_day) const;
    void list_trips();

    const protocol::HallRules& rules_;
    protocol::Ledger ledger_;
    std::string date_;  // of the day that is being read; empty before the first plan
    uint32_t day_ = 0;
    protocol::LedgerRow beyond_;         // what is above kLedgerRowsMax goes here
    std::map<uint64_t, int> open_rows_;  // to ledger_.rows(): those that can still change
    std::map<uint64_t, Known> cases_;
    std::set<uint64_t> seats_;                     // loans of priority seats that are open
    std::map<uint64_t, uint64_t> person_records_;  // of check-ins, whose person a case may have
    std::map<uint64_t, uint32_t> answer_by_day_;   // of consultations without an answer
    std::map<std::string, Training> staff_;        // who works here at the end of these days
    std::map<std::string, Ticket> tickets_;        // of the day that is being read, as the next two
    std::map<uint64_t, std::string> ticketed_cases_;
    std::set<uint64_t> ticketed_people_;                             // check-ins
    std::map<std::pair<std::string, std::string>, uint32_t> trips_;  // service, material
    bool lacks_past_ = false;
};

}  // namespace hall::service
