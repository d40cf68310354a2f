// What a clerk does with the escort cases of who is at the window: the next stage, materials, the
// one-time notice, the result and how it was told, handing over, the end.
//
// A part of ClerkModel, which sends what it decides: it knows the newest cases (of the view, or of
// an answer that is newer), which page and which choice is open, and what was written into it. A
// choice is closed when its command was done; after a refusal it stays as it was, so that nothing
// written is lost. What is written is kept with its case, also while the case is elsewhere, until
// it was sent or the clerk gave it up.
//
// Knows no pixel. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "displays/clerk/case_picture.h"
#include "displays/console/hall_time.h"
#include "protocol/hall.pb.h"

namespace hall::clerk {

class CaseDesk {
  public:
    // When the page that was open has to go, because its case is here no more: what is said of it.
    std::optional<std::string> take(const protocol::ClerkView& view);
    // Who is on duty, for handing over, and when the hall is open, for coming again.
    void take_care(std::shared_ptr<const protocol::CareView> care) { care_ = std::move(care); }

    // Does what the press means; the command when it is one. Nothing when it is not possible now.
    std::optional<protocol::Command> act(const CaseAct& act);
    // The hall has done `command`: its choice is closed, the case is as the answer has it.
    void done(const protocol::Command& command, const protocol::Reply& reply);

    void write(CaseField field, std::string text);
    // Whether what is written is given up needs to be said once more.
    bool leaving() const { return leaving_; }

    // The case whose rating is invited, looked at last: for the page the visitor sees. Null: none.
    const protocol::Case* to_rate() const;
    const protocol::Case* current() const;
    bool open() const { return open_ && current() != nullptr; }

    void add_to(CasePicture& out, const console::HallTime& time, std::int64_t now_ms,
                const std::string& off) const;

  private:
    // What was written about a case and not sent.
    struct Draft {
        std::string reason;  // not approved
        std::string remedy;
        std::string office;
        std::string notice;  // why a second one

        bool empty() const {
            return reason.empty() && remedy.empty() && office.empty() && notice.empty();
        }
    };

    std::vector<std::string Draft::*> texts() const;
    const Draft& draft() const;  // of the case that is shown
    const std::string& written(CaseField field) const;
    bool anything_written() const;
    // What was written in the open choice.
    void forget();
    void drop_empty_drafts();

    const protocol::Case* find(std::uint64_t id) const;
    const protocol::Case::Material* material(const std::string& code) const;
    bool can(CaseDo what) const;
    void show(CaseDialog dialog);
    std::optional<protocol::Command> command_of(const CaseAct& act) const;
    // Nothing while what is needed was not written or chosen.
    std::optional<protocol::Command> notice() const;
    std::optional<protocol::Command> result() const;
    bool form_complete() const;
    // Names of what is needed and was not received.
    std::string missing() const;
    std::string person(const std::string& number) const;

    // Steps that the case allows now, without the words.
    std::vector<CaseDo> possible() const;
    CaseStep step_of(CaseDo what, const std::string& off) const;
    CaseCard card_of(const protocol::Case& file, const console::HallTime& time,
                     std::int64_t now_ms) const;
    std::vector<console::Word> marks_of(const protocol::Case& file) const;
    void add_materials(CasePicture& out, const protocol::Case& file) const;
    void add_dialog(CasePicture& out, const protocol::Case& file) const;
    void add_notice(CasePicture& out, const protocol::Case& file) const;

    std::vector<protocol::Case> cases_;
    std::uint64_t seq_ = 0;                           // the newest that `cases_` know of
    std::shared_ptr<const protocol::CareView> care_;  // null: none has come
    std::uint64_t selected_ = 0;
    bool open_ = false;
    CaseDialog dialog_ = CaseDialog::none;
    std::set<std::string> marked_;
    std::string date_;
    protocol::TellWay::Value way_ = protocol::TellWay::unknown;
    std::map<std::uint64_t, Draft> drafts_;  // by case
    bool leaving_ = false;
};

}  // namespace hall::clerk
