// CaseModel: a second opinion on escort cases, for random walks. It knows the catalogue, the
// stations and the staff of case_hall.h by heart, keeps counts where the hall keeps records, and
// collects every reason against a command instead of the first: the hall must refuse exactly when
// there is one, with one of them.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/core/case_hall.h"

namespace hall::core {

struct ModelCase {
    std::string service;
    std::string escort;
    std::string offered;
    std::string number;  // today's ticket
    int at = 1;          // stages are 1 to 7
    bool inside = true;
    int done = 0;  // visits that ended so
    int skipped = 0;
    int sent_back = 0;
    std::map<std::string, bool> has;  // materials: given back
    std::set<std::string> asked;
    bool waits = false;
    int notices = 0;
    uint32_t promised = 0;
    int result = 0;
    int64_t told_ms = 0;
    bool understood = false;
    std::string teller;
    std::set<std::string> workers;  // at its stages
    int rating = RatingState::not_invited;
    uint32_t grade = 0;
    uint32_t follow_up = 0;
    bool answered = false;
    bool closed = false;
    int bands = 0;
    uint32_t shown = 0;  // window

    bool follows_up() const { return follow_up != 0 && !answered; }
    bool is_work_of(const std::string& who) const {
        return who == escort || who == teller || workers.count(who) > 0;
    }
};

class CaseModel {
  public:
    using Reasons = std::set<RefusalCode::Value>;

    // What speaks against the command; when nothing does, it has happened. Tokens and ticket
    // numbers, which the hall makes, are told by issued() afterwards.
    Reasons step(const Command& command, const Actor& actor, int64_t now_ms);
    // What the hall gave its newest ticket or band.
    void issued(const Events& events, const Command& command);
    void tick(int64_t now_ms);
    void new_day(uint32_t day);

    const std::map<uint64_t, ModelCase>& cases() const { return cases_; }
    bool opens() const { return (day_ - kFirstDay) % 7 < 5; }
    // The first difference to the hall's own; empty when there is none.
    static std::string difference(const ModelCase& ours, const state::Case& theirs);

  private:
    struct Ticket {
        std::set<std::string> services;
        bool open = true;
    };
    struct Band {
        uint64_t id = 0;
        bool revoked = false;
    };

    bool knows_who(const Actor& actor) const;
    uint32_t working_day(int count) const;
    ModelCase* named(uint64_t id, Reasons& reasons);
    void check_ticket(const std::string& number, const std::string& service, Reasons& reasons);
    void promise(ModelCase& entry) const;
    void check_enter(const ModelCase& entry, int to, bool reason, Reasons& reasons) const;
    void do_enter(ModelCase& entry, int to, const std::string& by) const;
    void open(const protocol::OpenCase& command, const Actor& actor, Reasons& reasons);
    void enter(const protocol::EnterStage& command, const Actor& actor, Reasons& reasons);
    void leave(const protocol::LeaveStage& command, const Actor& actor, Reasons& reasons);
    void receive(const protocol::ReceiveMaterial& command, Reasons& reasons);
    void ask(const protocol::AskMaterial& command, const Actor& actor, Reasons& reasons);
    void hand_over(const protocol::HandOver& command, const Actor& actor, Reasons& reasons);
    void accept(const protocol::AcceptHandOver& command, const Actor& actor, Reasons& reasons);
    void set_result(const protocol::SetResult& command, const Actor& actor, Reasons& reasons);
    void tell(const protocol::TellResult& command, const Actor& actor, int64_t now_ms,
              Reasons& reasons);
    void rate(const protocol::RateCase& command, const Actor& actor, Reasons& reasons);
    void answer(const protocol::AnswerFollowUp& command, const Actor& actor, Reasons& reasons);
    void close(const protocol::CloseCase& command, Reasons& reasons);
    void scan(const protocol::ScanCode& command, const Actor& actor, Reasons& reasons);
    bool scan_one(ModelCase& entry, int to, const std::string& by, Reasons& reasons);
    void revoke(const protocol::RevokeWristband& command, Reasons& reasons);
    void issue(const protocol::IssueTicket& command, Reasons& reasons);

    std::map<uint64_t, ModelCase> cases_;
    std::map<std::string, Ticket> tickets_;
    std::map<std::string, Band> bands_;
    uint64_t next_ = 1;
    uint32_t day_ = kFirstDay;
};

}  // namespace hall::core
