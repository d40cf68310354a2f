// A whole day of a busy hall, with a plug pulled at noon and a night behind it: hundreds of
// visitors say who they are to guides at the entrance, and boards, consoles and printers listen all
// the time. Who they are must then be found nowhere but in the vault, which is sealed: not in a
// file of the hall, not on the wire, not in what a screen was sent, not in what CUPS keeps, not in
// a report.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <regex>

#include "client/view_feed.h"
#include "tests/end_to_end/size.h"
#include "tests/printers/cups_fixture.h"
#include "tests/stage/leaks.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/wire_tap.h"

namespace hall::end_to_end {
namespace {

namespace fs = std::filesystem;
using client::CommandClient;
using protocol::Command;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::CupsFixture;

constexpr const char* kService = "pension_claim";
constexpr const char* kBoardZone = "waiting";

// A UTF-8 character of the ideographs beyond the first plane, which are all assigned there.
std::string rare(int which) {
    const char32_t point = 0x20000 + static_cast<char32_t>(which);
    return {static_cast<char>(0xF0 | (point >> 18)), static_cast<char>(0x80 | ((point >> 12) & 63)),
            static_cast<char>(0x80 | ((point >> 6) & 63)), static_cast<char>(0x80 | (point & 63))};
}

// GB 11643: seventeen digits and the check character of ISO 7064, MOD 11-2.
std::string identity(int which) {
    const std::string digits = fmt::format("450103{:04}{:02}{:02}{:03}", 1930 + which % 25,
                                           1 + which % 12, 1 + which % 28, which % 1'000);
    constexpr std::array kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
    return digits + "10X98765432"[sum % 11];
}

// Nobody's: made from a number. All that is said of one visitor in the course of the day.
struct Visitor {
    explicit Visitor(int number)
        : which(number),
          name("覃阿" + rare(3 * number)),
          phone(fmt::format("139{:08}", 71'000'000 + 7'919 * number)),
          family_phone(fmt::format("138{:08}", 43'000'000 + 6'271 * number)),
          identity_number(identity(number)),
          corrected_phone(fmt::format("137{:08}", 25'000'000 + 5'557 * number)) {}

    // What is said at a step, told apart from anybody else's and from any other word.
    std::string words(const std::string& step) const {
        return step + rare(10'000 + which) + "听力不好";
    }

    int which;
    std::string name, phone, family_phone, identity_number, corrected_phone;
    uint64_t check_in = 0;
    uint64_t case_id = 0;
};

const std::array kSteps = {"登记", "开案", "进入", "告知", "结果", "补救", "评价",
                           "查看", "急症", "平安", "咨询", "答复", "协助"};

// Somebody who listens to a topic.
struct Listener {
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;
};

// Keeps each view that arrives as it was sent, decrypted.
template <class View>
class KeptView : public Listener {
  public:
    KeptView(const client::Server& server, const std::string& topic, const fs::path& file)
        : file_(file) {
        const std::lock_guard lock(mutex_);
        feed_ = std::make_unique<client::ViewFeed<View>>(server, topic, [this] { keep(); });
    }

  private:
    void keep() {
        const std::lock_guard lock(mutex_);
        const auto view = feed_->newest().view;
        if (view != nullptr) file_ << view->SerializeAsString() << '\n' << std::flush;
    }

    std::ofstream file_;
    std::mutex mutex_;  // the feed's thread begins before the feed is kept here
    std::unique_ptr<client::ViewFeed<View>> feed_;
};

class PrivateDay : public testing::Test {
  protected:
    static RunningHall::Options county(const CupsFixture& printer) {
        RunningHall::Options options;
        options.clock = "2026-11-23T07:40,1";
        // Whatever prints, prints through the CUPS.
        options.hall =
            std::regex_replace(stage::county_hall_toml(), std::regex("\nuri = \"[^\"]*\""),
                               "\nuri = \"" + printer.queue_uri() + "\"");
        return options;
    }

    PrivateDay() {
        hall_.enrol("board", protocol::Role::board);
        hall_.enrol("clerk", protocol::Role::clerk, 1);
        hall_.enrol("guide", protocol::Role::guide);
        hall_.enrol("supervisor", protocol::Role::supervisor);
        hall_.enrol("printd", protocol::Role::printer);
        for (int i = 0; i < kVisitors; ++i) visitors_.emplace_back(i);
        fs::create_directories(exports());
        start_listening();
        start_printing();
    }

    client::Server through_tap(const std::string& device) const {
        return *client::find_server("tcp://127.0.0.1:" + std::to_string(tap_.port()),
                                    hall_.keys_folder(device));
    }
    fs::path exports() const { return hall_.folder() / "exports"; }

    template <class View>
    void listen(const std::string& device, const std::string& topic) {
        listening_.push_back(std::make_unique<KeptView<View>>(through_tap(device), topic,
                                                              heard_ / (topic + ".view")));
    }
    void start_listening();
    void start_printing() {
        stage::Command command = {stage::program("hall-printd"), "--config",
                                  hall_.config().string()};
        for (const auto& word : hall_.words_for("printd")) command.push_back(word);
        printd_ = stage::Process(command, hall_.folder() / "printd.log");
    }

    Reply does(const std::function<void(Command&)>& fill) {
        Command command;
        fill(command);
        return must_do(desk_.send(command));
    }
    void checks_in(Visitor& visitor, bool early);
    void opens_case(Visitor& visitor);
    void walks_on(const Visitor& visitor);
    void comes_with_papers(const Visitor& visitor);
    void is_decided(const Visitor& visitor);
    void gets_paper(const Visitor& visitor);
    void asks_a_question(const Visitor& visitor);
    void falls_ill(const Visitor& visitor);
    void is_called();
    void morning(int from, int to, bool early);
    void exports_ledgers();

    // Nothing waits for a printer. A slow machine may leave a job unconfirmed.
    bool all_settled() {
        protocol::Query query;
        query.mutable_print_list();
        const Reply list = must_do(desk_.ask(query));
        for (const auto& job : list.print_jobs().print_jobs()) {
            const bool waits = job.state() == protocol::PrintState::requested ||
                               job.state() == protocol::PrintState::claimed;
            if (waits) return false;
        }
        return true;
    }
    std::vector<std::string> whose() const;
    std::vector<std::string> told() const;

    const int kVisitors = rounds(60, 240, 900);

    CupsFixture printer_{CupsFixture::With::printer_and_queue};
    RunningHall hall_{county(printer_)};
    stage::WireTap tap_{hall_.port(), 3};
    CommandClient desk_{through_tap("admin")};
    stage::Folder heard_;
    std::vector<Visitor> visitors_;
    std::vector<std::unique_ptr<Listener>> listening_;
    stage::Process printd_;
};

void PrivateDay::start_listening() {
    listen<protocol::BoardView>("board", client::board_topic(kBoardZone));
    listen<protocol::ClerkView>("clerk", client::clerk_topic(1));
    listen<protocol::GuideView>("guide", client::kGuideTopic);
    listen<protocol::CareView>("guide", client::kCareTopic);
    listen<protocol::CasesView>("guide", client::kCasesTopic);
    listen<protocol::SupervisorView>("supervisor", client::kSupervisorTopic);
    listen<protocol::PrinterView>("printd", client::kPrinterTopic);
}

void PrivateDay::checks_in(Visitor& visitor, bool early) {
    const Reply added = does([&](Command& command) {
        auto& add = *command.mutable_add_check_in();
        add.mutable_person()->set_name(visitor.name);
        add.mutable_person()->set_phone(visitor.phone);
        add.mutable_person()->set_identity(visitor.identity_number);
        add.mutable_person()->set_family_phone(visitor.family_phone);
        add.mutable_person()->set_family_consent(true);
        add.set_reason(protocol::CheckInReason::no_smartphone);
        add.set_filled_by(protocol::FilledBy::guide);
        add.set_read_back(true);
        add.set_note(visitor.words("登记"));
    });
    visitor.check_in = added.check_in().id();
    if (visitor.which % 5 == 0) {
        does([&](Command& command) {
            command.mutable_correct_check_in()->set_check_in(visitor.check_in);
            command.mutable_correct_check_in()->mutable_person()->set_phone(
                visitor.corrected_phone);
        });
    }
    does([&](Command& command) {
        auto& issue = early ? *command.mutable_register_early_waiting()->mutable_ticket()
                            : *command.mutable_issue_ticket();
        issue.add_services(kService);
        issue.set_check_in(visitor.check_in);
        issue.set_no_print(true);
    });
}

void PrivateDay::opens_case(Visitor& visitor) {
    const Reply opened = does([&](Command& command) {
        auto& open = *command.mutable_open_case();
        open.set_service(kService);
        open.set_check_in(visitor.check_in);
        open.set_note(visitor.words("开案"));
    });
    visitor.case_id = opened.case_file().id();
}

void PrivateDay::walks_on(const Visitor& visitor) {
    does([&](Command& command) {
        auto& enter = *command.mutable_enter_stage();
        enter.set_case_id(visitor.case_id);
        enter.set_stage(protocol::CaseStage::copying);
        enter.set_skip_reason(protocol::Reason::done_elsewhere);
        enter.set_note(visitor.words("进入"));
    });
    for (int notice = 0; notice < 2; ++notice) {
        does([&](Command& command) {
            auto& ask = *command.mutable_ask_material();
            ask.set_case_id(visitor.case_id);
            ask.set_no_print(true);
            if (notice == 1) ask.set_note(visitor.words("告知"));
        });
    }
}

void PrivateDay::comes_with_papers(const Visitor& visitor) {
    protocol::Query query;
    query.mutable_case_file()->set_case_id(visitor.case_id);
    const Reply file = must_do(desk_.ask(query));
    for (const auto& material : file.case_file().materials()) {
        if (material.received() || !material.asked()) continue;
        does([&](Command& command) {
            command.mutable_receive_material()->set_case_id(visitor.case_id);
            command.mutable_receive_material()->set_material(material.code());
        });
    }
}

void PrivateDay::is_decided(const Visitor& visitor) {
    does([&](Command& command) {
        command.mutable_enter_stage()->set_case_id(visitor.case_id);
        command.mutable_enter_stage()->set_stage(protocol::CaseStage::processing);
        command.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
    });
    does([&](Command& command) {
        auto& result = *command.mutable_set_result();
        result.set_case_id(visitor.case_id);
        result.set_result(protocol::CaseResult::not_approved);
        result.set_note(visitor.words("结果"));
        result.set_remedy(visitor.words("补救"));
    });
    does([&](Command& command) {
        command.mutable_tell_result()->set_case_id(visitor.case_id);
        command.mutable_tell_result()->set_how(protocol::TellWay::window);
        command.mutable_tell_result()->set_understood(true);
    });
    does([&](Command& command) {
        command.mutable_rate_case()->set_case_id(visitor.case_id);
        command.mutable_rate_case()->set_grade(3);
        command.mutable_rate_case()->set_note(visitor.words("评价"));
    });
    does([&](Command& command) { command.mutable_close_case()->set_case_id(visitor.case_id); });
}

// A wristband, and the form with the name on it.
void PrivateDay::gets_paper(const Visitor& visitor) {
    does(
        [&](Command& command) { command.mutable_print_wristband()->set_case_id(visitor.case_id); });
    does([&](Command& command) {
        command.mutable_print_case_paper()->set_case_id(visitor.case_id);
        command.mutable_print_case_paper()->set_paper(protocol::Paper::form);
    });
    does([&](Command& command) {
        auto& unmask = *command.mutable_unmask();
        unmask.set_case_id(visitor.case_id);
        unmask.set_purpose(protocol::UnmaskPurpose::complaint);
        unmask.set_note(visitor.words("查看"));
    });
}

void PrivateDay::asks_a_question(const Visitor& visitor) {
    const Reply asked = does([&](Command& command) {
        auto& question = *command.mutable_record_consultation();
        question.set_service(kService);
        question.set_owner("s1");
        question.set_answer_by("2026-11-27");
        question.set_note(visitor.words("咨询"));
        question.mutable_person()->set_name(visitor.name);
        question.mutable_person()->set_phone(visitor.phone);
    });
    does([&](Command& command) {
        command.mutable_answer_consultation()->set_consultation(asked.consultation().id());
        command.mutable_answer_consultation()->set_note(visitor.words("答复"));
    });
    does([&](Command& command) {
        auto& help = *command.mutable_record_assistance();
        help.set_machine("self_service_terminal");
        help.set_task("query");
        help.set_minutes(4);
        help.set_note(visitor.words("协助"));
    });
}

void PrivateDay::falls_ill(const Visitor& visitor) {
    const Reply raised = does([&](Command& command) {
        auto& raise = *command.mutable_raise_emergency();
        raise.set_place(kBoardZone);
        raise.set_kind(visitor.words("急症"));
        raise.set_case_id(visitor.case_id);
    });
    const uint64_t alarm = raised.emergency().id();
    does([&](Command& command) { command.mutable_acknowledge_emergency()->set_emergency(alarm); });
    does([&](Command& command) {
        command.mutable_close_emergency()->set_emergency(alarm);
        command.mutable_close_emergency()->set_outcome(protocol::EmergencyOutcome::recovered);
        command.mutable_close_emergency()->set_note(visitor.words("平安"));
    });
}

void PrivateDay::is_called() {
    must_do(desk_.send(stage::call_next(1)));
    must_do(desk_.send(stage::start_service(1)));
    must_do(desk_.send(stage::finish(1)));
}

void PrivateDay::morning(int from, int to, bool early) {
    for (int i = from; i < to; ++i) {
        Visitor& visitor = visitors_[static_cast<std::size_t>(i)];
        checks_in(visitor, early);
        if (i % 2 == 0) opens_case(visitor);
        if (i % 4 == 0) walks_on(visitor);
        if (i % 20 == 0) gets_paper(visitor);
        if (i % 7 == 0) asks_a_question(visitor);
        if (i % 40 == 0) falls_ill(visitor);
    }
}

// What a supervisor takes out of the hall: every ledger of both days, as a table and as pages.
void PrivateDay::exports_ledgers() {
    const auto take = [&](stage::Command words, const fs::path& file) {
        const auto done = hall_.hallctl(words);
        EXPECT_EQ(done.exit_code, 0) << ::testing::PrintToString(words) << done.errors;
        if (!fs::exists(file)) stage::write_file(file, done.output);
    };
    for (int kind = 0; kind < protocol::LedgerKind::Value_ARRAYSIZE; ++kind) {
        if (!protocol::LedgerKind::Value_IsValid(kind)) continue;
        const std::string name =
            protocol::LedgerKind::Value_Name(static_cast<protocol::LedgerKind::Value>(kind));
        if (name == "unknown") continue;
        stage::Command words = {"report",     "ledger", name,        "--from",
                                "2026-11-23", "--to",   "2026-11-24"};
        take(words, exports() / (name + ".txt"));
        for (const std::string form : {"csv", "pdf"}) {
            const fs::path file = exports() / (name + "." + form);
            stage::Command as_file = words;
            as_file.insert(as_file.end(), {"--" + form, file.string()});
            take(as_file, file);
        }
    }
    take({"status"}, exports() / "status.txt");
    take({"check-in", "list"}, exports() / "check-ins.txt");
    take({"case", "list"}, exports() / "cases.txt");
    take({"report", "integrity"}, exports() / "integrity.txt");
}

// Names and numbers: for nobody's eyes but of who unmasks them.
std::vector<std::string> PrivateDay::whose() const {
    std::vector<std::string> all;
    for (const auto& visitor : visitors_) {
        all.insert(all.end(), {visitor.name, visitor.phone, visitor.family_phone,
                               visitor.identity_number, visitor.corrected_phone});
    }
    return all;
}

// What was told: for the staff, never for a board, a log or a file.
std::vector<std::string> PrivateDay::told() const {
    std::vector<std::string> all;
    for (const auto& visitor : visitors_) {
        for (const char* step : kSteps) all.push_back(visitor.words(step));
    }
    return all;
}

TEST_F(PrivateDay, WhoCameIsReadNowhereButInTheVault) {
    does([](Command& command) {
        command.mutable_add_staff()->set_staff("s1");
        command.mutable_add_staff()->set_name("陆主任");
        command.mutable_add_staff()->set_rank(protocol::StaffRank::supervisor);
    });
    morning(0, kVisitors / 3, true);
    hall_.stop();
    hall_.start_at("2026-11-23T08:31,1");
    must_do(desk_.send(stage::open_window(1)));
    morning(kVisitors / 3, 2 * kVisitors / 3, false);
    for (int i = 0; i < kVisitors / 3; ++i) is_called();
    hall_.kill();
    hall_.start_at("2026-11-23T12:30,1");
    morning(2 * kVisitors / 3, kVisitors, false);
    for (auto& visitor : visitors_) {
        if (visitor.which % 4 == 0) comes_with_papers(visitor);
        if (visitor.which % 8 == 0) is_decided(visitor);
        if (visitor.which % 11 == 3) {
            does([&](Command& command) {
                command.mutable_forget_person()->set_check_in(visitor.check_in);
            });
        }
    }
    EXPECT_TRUE(stage::eventually([&] { return all_settled(); }, std::chrono::seconds(120)))
        << stage::read_file(hall_.folder() / "printd.log");
    const auto left_in_cups = [&] { return stage::leaks(whose(), {printer_.cups_folder()}); };
    EXPECT_TRUE(
        stage::eventually([&] { return left_in_cups().empty(); }, std::chrono::seconds(30)));
    hall_.stop();
    hall_.start_at("2026-11-24T00:10,1");
    does([](Command& command) { command.mutable_purge_vault(); });
    exports_ledgers();

    CommandClient admin(hall_.admin());
    std::string log;
    for (const auto& event : stage::all_events(admin)) log += event.SerializeAsString() + "\n";
    stage::write_file(hall_.folder() / "events", log);
    listening_.clear();
    printd_.signal(SIGTERM);
    EXPECT_EQ(printd_.wait(), 0);
    hall_.stop();

    stage::write_file(hall_.folder() / "wire", tap_.captured());
    fs::copy(printer_.cups_folder(), hall_.folder() / "cups", fs::copy_options::recursive);
    EXPECT_FALSE(fs::is_empty(hall_.folder() / "cups/spool"));
    EXPECT_FALSE(printer_.printed().empty());
    EXPECT_THAT(stage::leaks(whose(), {hall_.folder(), heard_.path()}), IsEmpty());

    // What is told of somebody is shown to the staff, and stands in their ledgers.
    fs::rename(exports(), heard_ / "exports");
    EXPECT_THAT(stage::leaks(told(), {heard_.path()}), Not(IsEmpty()));
    EXPECT_THAT(
        stage::leaks(told(), {hall_.folder(), heard_ / (client::board_topic(kBoardZone) + ".view"),
                              heard_ / (std::string(client::kPrinterTopic) + ".view")}),
        IsEmpty());
}

// The search that finds nothing above finds what is there, however it is written.
TEST(LeakSearch, FindsASecretInEverySpelling) {
    const std::string name = "覃阿" + rare(3);
    const std::string phone = "13971000000";
    stage::Folder place;
    stage::write_file(place / "clear", "name=" + name + " phone=" + phone + "\n");
    stage::write_file(place / "json", R"({"name": "\u8983\u963f\ud840\udc03"})");
    stage::write_file(place / "text_format", R"(name: "\350\246\203\351\230\277\360\240\200\203")");
    stage::write_file(place / "hex", "E8A683E998BFF0A08083");
    std::string wide;
    for (const char digit : phone) wide += std::string(1, digit) + '\0';
    stage::write_file(place / "utf16", "\x01" + wide);
    stage::write_file(place / "innocent", "覃*" + rare(3) + " 1397100****");
    EXPECT_THAT(stage::leaks({name, phone}, {place.path()}),
                ::testing::ElementsAre((place / "clear").string() + ": " + phone,
                                       (place / "clear").string() + ": " + name,
                                       (place / "hex").string() + ": " + name,
                                       (place / "json").string() + ": " + name,
                                       (place / "text_format").string() + ": " + name,
                                       (place / "utf16").string() + ": " + phone));
}

}  // namespace
}  // namespace hall::end_to_end
