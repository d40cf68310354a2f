// What the guide is doing: the form that is being filled, the number just issued, the lists; and
// the commands that come of it. From the newest view, what was pressed, the answers and the clock.
//
// Knows no pixel. The screen (guide_screen.h) sends `outgoing` and brings the answers back.
//
// A refusal never clears the form. A number issued by mistake can be taken back for kUndoMs, and
// then the form is as it was before. One thread. `now_ms` is the monotonic clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/console/command_slot.h"
#include "displays/console/hall_time.h"
#include "displays/guide/guide_picture.h"
#include "protocol/views.pb.h"

namespace hall::guide {

inline constexpr std::int64_t kUndoMs = 10'000;
// A print without a verdict is told to the guide from then on.
inline constexpr std::int64_t kPrintSilentMs = 2'000;
// Services on one ticket, as the hall limits them.
inline constexpr std::size_t kServicesMax = 8;
inline constexpr std::size_t kTypedMax = 8;

enum class Do {
    service,  // value: code
    more_services,
    several,
    category,  // value: code
    more_categories,
    by_sight,
    seat,
    issue,
    clear,
    undo,
    reprint,        // job
    move_print,     // job, value: printer
    dismiss_print,  // job
    show_away,
    show_registered,
    show_prints,
    close,
    enter_number,
    type,  // value: one letter or digit
    erase,
    come_back,  // value: number
    step_out,   // value: number
};

struct Act {
    Do what = Do::close;
    std::string value = {};
    std::uint64_t job = 0;
};

struct GuideOptions {
    std::string place;    // 入口
    std::string printer;  // empty: the hall's ticket printer
};

class GuideModel {
  public:
    using Newest = client::Newest<protocol::GuideView>;

    explicit GuideModel(GuideOptions options = {}) : options_(std::move(options)) {}

    void take(const Newest& newest, std::int64_t now_ms);
    void act(const Act& act, std::int64_t now_ms);
    void answered(const client::Answer& answer, std::int64_t now_ms);
    // Today's tickets so far: their services come first on the screen, the most used one first.
    // The order then stays as it is for the day, so that hands find their button.
    void order_services_by(const protocol::TicketList& tickets);

    // What must be sent now; given out once.
    std::optional<console::Sending> outgoing();

    GuidePicture picture(std::int64_t now_ms) const;
    // For how long the picture stays as it is if nothing comes.
    std::int64_t idle_ms(std::int64_t now_ms) const;
    bool known() const { return newest_.view != nullptr; }

  private:
    struct Form {
        std::vector<std::string> services;
        bool several = false;
        std::set<std::string> categories;
        bool by_sight = false;
        bool seat = false;
    };
    struct Issued {
        std::string number;
        std::uint64_t job = 0;
        protocol::PrintState::Value print = protocol::PrintState::unknown;
        bool green = false;
        bool early = false;
        bool undone = false;
        std::string service;
        std::uint32_t ahead = 0;
        std::int64_t at_ms = 0;
        Form form;
    };
    // Where the answer of the command on its way is told.
    enum class Asked { form, card, list, entry };

    const protocol::GuideView& view() const;
    const protocol::GuideView::Category* category(const std::string& code) const;
    const protocol::PrintJob* print_job(std::uint64_t job) const;
    std::string short_name(const protocol::Ticket& ticket) const;
    bool live() const { return newest_.state == client::FeedState::live; }
    bool early() const { return view().head().phase() == protocol::Phase::early_waiting; }
    std::string link_reason() const;
    std::string closed_reason(std::int64_t now_ms) const;
    std::string issue_disabled(std::int64_t now_ms) const;
    std::string by_sight_disabled() const;
    std::string refusal_words(const client::Answer& answer, std::int64_t now_ms) const;
    void tell(Asked where, Word word);

    void choose_service(const std::string& code);
    void choose_category(const std::string& code);
    void show(List list);
    void type(const std::string& character);
    void send(const protocol::Command& command, Asked asked, const std::string& situation,
              std::int64_t now_ms);
    void send_issue(std::int64_t now_ms);
    void send_undo(std::int64_t now_ms);
    void send_print(std::uint64_t job, const std::string& printer, std::int64_t now_ms);
    void send_number(const Act& act, std::int64_t now_ms);
    void clear_form();
    void succeeded(const protocol::Command& command, const protocol::Reply& reply,
                   std::int64_t now_ms);

    void add_header(GuidePicture& out, std::int64_t now_ms) const;
    void add_printers(GuidePicture& out) const;
    void add_form(GuidePicture& out, std::int64_t now_ms) const;
    void add_services(GuidePicture& out) const;
    void add_categories(GuidePicture& out) const;
    void add_card(GuidePicture& out, std::int64_t now_ms) const;
    void add_lists(GuidePicture& out, std::int64_t now_ms) const;
    void add_entry(GuidePicture& out) const;
    PrintRow print_row(const protocol::PrintJob& job, std::int64_t now_ms) const;
    std::string other_printer(const std::string& name) const;
    std::vector<PrintRow> prints_in_need(std::int64_t now_ms) const;
    ListRow row_of(const protocol::WaitingRow& row) const;

    GuideOptions options_;
    Newest newest_;
    console::HallTime time_;
    console::CommandSlot slot_;
    std::optional<console::Sending> outgoing_;
    std::int64_t sent_ms_ = 0;
    Asked asked_ = Asked::form;

    Form form_;
    std::uint64_t form_serial_ = 0;  // rises when the form is for another visitor
    std::optional<Issued> issued_;
    std::map<std::string, std::uint32_t> used_;  // tickets by service; a hall's catalogue bounds it
    std::set<std::pair<std::uint64_t, std::uint32_t>> dismissed_;  // job, attempt; kDismissedMax
    int service_page_ = 0;
    int category_page_ = 0;
    List list_ = List::away;
    bool list_open_ = false;
    bool entry_open_ = false;
    std::string typed_;
    Word form_message_;
    Word card_message_;
    Word list_message_;
    Word entry_message_;
};

}  // namespace hall::guide
