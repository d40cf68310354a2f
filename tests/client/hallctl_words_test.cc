// What is typed is what is sent: hallctl against a hall that only writes down what it is asked and
// answers what the test says.
#include <fmt/format.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
#include <zmq.hpp>

#include "client/keys.h"
#include "protocol/hall.pb.h"

namespace hall::test {
namespace {

namespace fs = std::filesystem;
using protocol::Reply;
using protocol::Request;

// Answers a status itself and everything else from `replies`, in order; an empty ticket when there
// is none left.
class ListeningHall {
  public:
    ListeningHall() : socket_(context_, zmq::socket_type::router) {
        socket_.set(zmq::sockopt::linger, 0);
        socket_.bind("tcp://127.0.0.1:*");
        address_ = socket_.get(zmq::sockopt::last_endpoint);
        thread_ = std::thread([this] { run(); });
    }
    ~ListeningHall() {
        stopping_ = true;
        thread_.join();
    }
    const std::string& address() const { return address_; }
    // Commands stay without an answer.
    void fall_silent() { silent_ = true; }
    void answer(Reply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
    }
    // What was asked since the last call, without the questions for the status.
    std::vector<Request> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(requests_, {});
    }

  private:
    void run() {
        while (!stopping_) {
            zmq::pollitem_t item{socket_.handle(), 0, ZMQ_POLLIN, 0};
            zmq::poll(&item, 1, std::chrono::milliseconds(20));
            if ((item.revents & ZMQ_POLLIN) == 0) continue;
            std::vector<zmq::message_t> frames;
            do {
                frames.emplace_back();
                (void)socket_.recv(frames.back());
            } while (frames.back().more());
            Request request;
            request.ParseFromArray(frames.back().data(), static_cast<int>(frames.back().size()));
            const std::string reply = reply_to(request).SerializeAsString();
            if (silent_ && request.has_command()) continue;
            socket_.send(frames.front(), zmq::send_flags::sndmore);
            socket_.send(zmq::buffer(reply), zmq::send_flags::none);
        }
    }
    Reply reply_to(const Request& request) {
        Reply reply;
        const std::lock_guard lock(mutex_);
        if (request.query().has_status()) {
            auto* head = reply.mutable_status()->mutable_head();
            head->set_utc_offset_s(8 * 3'600);
            head->set_date("2026-11-23");
        } else {
            requests_.push_back(request);
            reply.mutable_ticket();
            if (!replies_.empty()) {
                reply = std::move(replies_.front());
                replies_.pop_front();
            }
        }
        reply.set_command_id(request.command_id());
        return reply;
    }

    zmq::context_t context_;
    zmq::socket_t socket_;
    std::string address_;
    std::mutex mutex_;
    std::vector<Request> requests_;
    std::deque<Reply> replies_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> silent_ = false;
    std::thread thread_;
};

struct Result {
    int code = -1;
    std::string out;
    std::string err;
};

class HallctlWords : public testing::Test {
  protected:
    HallctlWords() {
        std::string name = (fs::temp_directory_path() / "hallctl-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~HallctlWords() override { fs::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& content) {
        const fs::path path = folder_ / name;
        std::ofstream(path, std::ios::binary) << content;
        ::chmod(path.c_str(), 0600);
        return path.string();
    }
    std::string content(const std::string& name) {
        std::ifstream in(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    Result run(const std::string& words) {
        const std::string err_file = (folder_ / "stderr").string();
        const std::string line =
            fmt::format("{}/hallctl --keys {} --server {} {} 2>{}", HALL_BIN_DIR, folder_.string(),
                        hall_.address(), words, err_file);
        Result result;
        FILE* pipe = ::popen(line.c_str(), "r");
        std::array<char, 4096> buffer = {};
        size_t got = 0;
        while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
            result.out.append(buffer.data(), got);
        }
        result.code = WEXITSTATUS(::pclose(pipe));
        result.err = content("stderr");
        return result;
    }
    // What `words` send, as protobuf's text on one line: the body of the command or query.
    std::string sent(const std::string& words) {
        hall_.take();
        const Result result = run(words);
        EXPECT_EQ(result.code, 0) << words << "\n" << result.err;
        const std::vector<Request> requests = hall_.take();
        EXPECT_EQ(requests.size(), 1U) << words;
        if (requests.empty()) return "";
        last_ = requests.front();
        google::protobuf::TextFormat::Printer printer;
        printer.SetSingleLineMode(true);
        printer.SetUseUtf8StringEscaping(true);
        std::string text;
        if (last_.has_command()) printer.PrintToString(last_.command(), &text);
        if (last_.has_query()) printer.PrintToString(last_.query(), &text);
        while (!text.empty() && text.back() == ' ') text.pop_back();
        return text;
    }
    void expect_sent(const std::string& words, const std::string& expected) {
        EXPECT_EQ(sent(words), expected) << words;
    }
    // hallctl's answer to `words` when the hall says `reply`.
    std::string shown(const std::string& words, const Reply& reply) {
        hall_.answer(reply);
        const Result result = run(words);
        EXPECT_EQ(result.code, 0) << words << "\n" << result.err;
        return result.out;
    }

    fs::path folder_;
    ListeningHall hall_;
    Request last_;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

constexpr int64_t kNineMs = 1'795'395'600'000;  // 2026-11-23 09:00 in China

TEST_F(HallctlWords, ACheckInIsWhatWasWrittenAndReadBackOnlyWhenSaidSo) {
    expect_sent(
        "check-in add --name 王小明 --phone 13800000000 --temperature 36.5 "
        "--reason no_smartphone --filled-by guide --read-back",
        R"(add_check_in { person { name: "王小明" phone: "13800000000" } )"
        R"(temperature_tenths: 365 reason: no_smartphone filled_by: guide read_back: true })");
    expect_sent(
        "check-in add --name 王 --township 城关 --identity 450102194001010001 "
        "--family-phone 139 --family-consent --filled-by self --note '带孙子'",
        R"(add_check_in { person { name: "王" township: "城关" )"
        R"(identity: "450102194001010001" family_phone: "139" family_consent: true } )"
        R"(filled_by: self note: "带孙子" })");
    expect_sent("check-in add --name 王",
                R"(add_check_in { person { name: "王" } filled_by: guide })");
    expect_sent("check-in add --name 王 --filled-by self --read-back",
                R"(add_check_in { person { name: "王" } filled_by: self read_back: true })");
    expect_sent("check-in measure 3 --temperature 37",
                "measure_again { check_in: 3 temperature_tenths: 370 }");
    expect_sent("check-in correct 3 --name 王晓明",
                R"(correct_check_in { check_in: 3 person { name: "王晓明" } })");
    expect_sent(
        "check-in correct 3 --erase phone --erase family-phone",
        R"(correct_check_in { check_in: 3 person { } erase: "phone" erase: "family_phone" })");
    expect_sent("case correct 3 --phone 0771",
                R"(correct_person { case_id: 3 person { phone: "0771" } })");
    expect_sent("consultation correct 3 --phone 0771",
                R"(correct_person { consultation: 3 person { phone: "0771" } })");
    expect_sent("check-in forget 3", "forget_person { check_in: 3 }");
    expect_sent("case forget 3", "forget_person { case_id: 3 }");
    expect_sent("consultation forget 3", "forget_person { consultation: 3 }");
    expect_sent("consultation unmask 3 --purpose complaint",
                "unmask { purpose: complaint consultation: 3 }");
    expect_sent("check-in unmask 3 --purpose find_visitor",
                "unmask { check_in: 3 purpose: find_visitor }");
    expect_sent("check-in list --name 王 --date 2026-11-23",
                R"(check_in_list { name: "王" date: "2026-11-23" })");
}

TEST_F(HallctlWords, ACaseIsLedByItsNumberAndPlainWords) {
    expect_sent(
        "case open --service pension --ticket A001 --check-in 3 --proxy free "
        "--relation 女儿 --own-wish --must-speak za --note 慢慢说",
        R"(open_case { service: "pension" number: "A001" check_in: 3 proxy: free )"
        R"(relation: "女儿" own_wish: true must_speak: "za" note: "慢慢说" })");
    expect_sent("case open --service pension --name 王𠮷 --proxy none",
                R"(open_case { service: "pension" person { name: "王𠮷" } })");
    expect_sent("case show 7", "case_file { case_id: 7 }");
    expect_sent("case list", "case_list { }");
    expect_sent("case list --overdue --staff G7 --name 王 --ticket A001",
                R"(case_list { overdue: true staff: "G7" name: "王" number: "A001" })");
    expect_sent("case enter 7 copying --skip-reason not_needed",
                "enter_stage { case_id: 7 stage: copying skip_reason: not_needed }");
    expect_sent("case leave 7 --outcome sent_back --to copying --reason material_missing",
                "leave_stage { case_id: 7 outcome: sent_back to: copying reason: "
                "material_missing }");
    expect_sent("case hand-over 7 --to G8", R"(hand_over { case_id: 7 to: "G8" })");
    expect_sent("case accept 7", "accept_hand_over { case_id: 7 }");
    expect_sent("case accept 7 --decline", "accept_hand_over { case_id: 7 decline: true }");
    expect_sent("case attach 7 --ticket A002", R"(attach_ticket { case_id: 7 number: "A002" })");
    expect_sent("case print 7 --paper form", "print_case_paper { case_id: 7 paper: form }");
    expect_sent("service guide pension --print", R"(print_guide { service: "pension" })");
    expect_sent("service guide pension --print --printer back",
                R"(print_guide { service: "pension" printer: "back" })");
    expect_sent("case unmask 7 --purpose tell_result --note 电话告知",
                R"(unmask { case_id: 7 purpose: tell_result note: "电话告知" })");
}

TEST_F(HallctlWords, WhatACaseNeedsAndWhatBecomesOfIt) {
    expect_sent("case material 7 id_card --received",
                R"(receive_material { case_id: 7 material: "id_card" })");
    expect_sent("case material 7 id_card --received --returned",
                R"(receive_material { case_id: 7 material: "id_card" returned: true })");
    expect_sent("case ask-material 7 id_card photo --next-date 2026-11-24 --no-print",
                R"(ask_material { case_id: 7 materials: "id_card" materials: "photo" )"
                R"(next_date: "2026-11-24" no_print: true })");
    expect_sent("case ask-material 7 photo --reason 窗口漏看",
                R"(ask_material { case_id: 7 materials: "photo" note: "窗口漏看" })");
    expect_sent("case result 7 --outcome not_approved --reason 年限不足 --remedy 可申请复议",
                R"(set_result { case_id: 7 result: not_approved note: "年限不足" )"
                R"(remedy: "可申请复议" })");
    expect_sent("case result 7 --outcome referred --office 民政局",
                R"(set_result { case_id: 7 result: referred office: "民政局" })");
    expect_sent("case tell 7 --how phone --understood",
                "tell_result { case_id: 7 how: phone understood: true }");
    expect_sent("case rate 7 --grade 5", "rate_case { case_id: 7 grade: 5 }");
    expect_sent("case follow-up 7 --answer 已解释",
                R"(answer_follow_up { case_id: 7 note: "已解释" })");
    expect_sent("case close 7", "close_case { case_id: 7 }");
}

TEST_F(HallctlWords, EmergenciesFacilitiesAndHelp) {
    expect_sent("emergency raise --place lobby --kind 头晕 --ticket A001",
                R"(raise_emergency { place: "lobby" kind: "头晕" number: "A001" })");
    expect_sent("emergency raise --place window:3 --kind 跌倒 --case 7 --drill",
                R"(raise_emergency { place: "window:3" kind: "跌倒" drill: true case_id: 7 })");
    expect_sent("emergency drill --place lobby --kind 心梗",
                R"(raise_emergency { place: "lobby" kind: "心梗" drill: true })");
    expect_sent("emergency acknowledge 2", "acknowledge_emergency { emergency: 2 }");
    expect_sent("emergency step 2 1", "do_emergency_step { emergency: 2 step: 1 }");
    expect_sent("emergency close 2 --outcome hospital",
                "close_emergency { emergency: 2 outcome: hospital }");
    expect_sent("emergency list --open", "emergency_list { open: true }");
    expect_sent("facility lend glasses --ticket A001",
                R"(lend_facility { facility: "glasses" number: "A001" })");
    expect_sent("facility lend wheelchair --case 7",
                R"(lend_facility { facility: "wheelchair" case_id: 7 })");
    expect_sent("facility return 4", "return_loan { loan: 4 }");
    expect_sent("facility list", "facility_list { }");
    expect_sent("facility stock water --set 0", R"(set_stock { facility: "water" })");
    expect_sent("facility stock water --set 24 --expires 2027-05-01",
                R"(set_stock { facility: "water" count: 24 expires: "2027-05-01" })");
    expect_sent("facility take water", R"(take_stock { facility: "water" count: 1 })");
    expect_sent("assistance add --machine kiosk --task print --minutes 5",
                R"(record_assistance { machine: "kiosk" task: "print" minutes: 5 })");
    expect_sent("assistance list",
                R"(ledger { kind: assistance from: "2026-11-23" to: "2026-11-23" })");
    expect_sent(
        "consultation add --service pension --owner S1 --answer-by 2026-11-30 "
        "--office 民政局 --name 王",
        R"(record_consultation { service: "pension" owner: "S1" )"
        R"(answer_by: "2026-11-30" office: "民政局" person { name: "王" } })");
    expect_sent("consultation answer 5 --note 可以办",
                R"(answer_consultation { consultation: 5 note: "可以办" })");
    expect_sent("consultation list --open", "consultation_list { open: true }");
}

TEST_F(HallctlWords, WristbandsStaffTheVaultAndTheCatalogue) {
    expect_sent("wristband print --case 7", "print_wristband { case_id: 7 }");
    expect_sent("wristband scan HALL/2026-11-23/A001 --station copy",
                R"(scan_code { code: "HALL/2026-11-23/A001" station: "copy" })");
    expect_sent("wristband revoke ABC", R"(revoke_wristband { code: "ABC" })");
    expect_sent("wristband list", "wristband_list { }");
    expect_sent("staff add G7 --name 李丽 --rank guide --language za yue",
                R"(add_staff { staff: "G7" name: "李丽" rank: guide languages: "za" )"
                R"(languages: "yue" })");
    expect_sent("staff remove G7", R"(remove_staff { staff: "G7" })");
    expect_sent("staff list", "staff_list { }");
    expect_sent("staff off-duty", "go_off_duty { }");
    expect_sent("staff off-duty G7", R"(go_off_duty { staff: "G7" })");
    expect_sent("staff train G7 --course aed --date 2026-11-20",
                R"(record_training { staff: "G7" course: "aed" date: "2026-11-20" })");
    expect_sent("vault purge --due", "purge_vault { }");
    expect_sent("service list", "catalogue { }");
    expect_sent("ticket issue --service pension --check-in 3 --no-print",
                R"(issue_ticket { services: "pension" no_print: true check_in: 3 })");
    expect_sent("ticket issue --case 7", "issue_ticket { case_id: 7 }");
    expect_sent("report ledger cases --from 2026-11-01 --to 2026-11-30",
                R"(ledger { kind: cases from: "2026-11-01" to: "2026-11-30" })");
    expect_sent("report second-trips --month 2028-02",
                R"(ledger { kind: second_trips from: "2028-02-01" to: "2028-02-29" })");
}

TEST_F(HallctlWords, WhoAsksIsSaidWithTheRequestAndNeverInTheCommand) {
    const std::string pin = file("pin", "2580\nsecond line\n");
    sent("--as G7 --pin-file " + pin + " staff sign-on");
    EXPECT_EQ(last_.staff(), "G7");
    EXPECT_EQ(last_.pin(), "2580");
    EXPECT_EQ(last_.command().DebugString(), "sign_on {\n}\n");
    sent("case close 7 --as G7 --pin-file " + pin);
    EXPECT_EQ(last_.staff(), "G7");
    sent("case close 7");
    EXPECT_EQ(last_.staff() + last_.pin() + last_.new_pin(), "");
    const std::string new_pin = file("new", "1470");
    sent("staff set-pin G7 --new-pin-file " + new_pin);
    EXPECT_EQ(last_.new_pin(), "1470");
    EXPECT_FALSE(has(last_.command().DebugString(), "1470"));
}

TEST_F(HallctlWords, APinFileThatOthersCanReadIsSaidAndUsed) {
    const std::string pin = file("pin", "2580");
    EXPECT_EQ(run("--as G7 --pin-file " + pin + " staff sign-on").err, "");
    ::chmod(pin.c_str(), 0644);
    const Result told = run("--as G7 --pin-file " + pin + " staff sign-on");
    EXPECT_EQ(told.code, 0);
    EXPECT_TRUE(has(told.err, "chmod 600")) << told.err;
    EXPECT_FALSE(has(told.err + told.out, "2580"));
}

TEST_F(HallctlWords, WhatItDoesNotKnowIsUsageAndNothingIsSent) {
    const std::string pin = file("pin", "2580");
    for (const char* words : {"check-in add --name 王 --temperature warm",
                              "check-in add --name 王 --temperature 36.55",
                              "check-in add --name 王 --temperature 36,5",
                              "check-in add --name 王 --reason because",
                              "check-in add --name 王 --filled-by cousin",
                              "check-in add --name 王 --not-read-back",
                              "check-in list --date foo",
                              "check-in list --date 2026-02-29",
                              "check-in list --date 2026-2-09",
                              "--command-id short status",
                              "--command-id 含义含义含义 hall open",
                              "--command-id under_score_1 hall open",
                              "check-in correct 3",
                              "check-in measure 3",
                              "check-in unmask 3",
                              "check-in unmask 3 --purpose curiosity",
                              "check-in forget x",
                              "case open",
                              "case open --service pension --proxy cousin",
                              "case open --service pension --check-in 0",
                              "case enter 7",
                              "case enter 7 lunch",
                              "case enter 7 unknown",
                              "case leave 7",
                              "case leave 7 --outcome under_way",
                              "case material 7 id_card",
                              "case material 7",
                              "case ask-material 7",
                              "case ask-material 7 photo --note a --reason b",
                              "case result 7",
                              "case tell 7 --how shouting",
                              "case rate 7 --grade 0",
                              "case rate 7 --grade 6",
                              "case rate 7 --grade good",
                              "case print 7 --paper band",
                              "case print 7 --paper slip",
                              "emergency raise --place lobby",
                              "emergency close 2 --outcome unknown",
                              "emergency step 2 one",
                              "facility lend glasses",
                              "facility lend glasses --ticket A001 --case 7",
                              "facility stock water --set many",
                              "facility take water --count -1",
                              "assistance add --machine kiosk --task print --minutes soon",
                              "wristband print --case A",
                              "wristband scan X",
                              "staff add G7 --name 李 --rank boss",
                              "staff set-pin G7 --new-pin-file /nowhere/pin",
                              "staff sign-on",
                              "vault purge",
                              "report ledger gossip --from 2026-11-01 --to 2026-11-30",
                              "report ledger cases --from 2026-11-01",
                              "report ledger cases --from 2026-11-01 --to 2026-11-30 --csv --json",
                              "report ledger cases --from 2026-11-01 --to 2026-11-30 --csv a b",
                              "report second-trips --month november",
                              "report second-trips --month 2026-13",
                              "service guide",
                              "service guide pension --printer back",
                              "--as G7 status",
                              "--as G7 --pin-file /nowhere/pin status",
                              "--pin-file /nowhere/pin status"}) {
        const Result result = run(words);
        EXPECT_EQ(result.code, 2) << words;
        EXPECT_EQ(result.out, "") << words;
        EXPECT_NE(result.err, "") << words;
    }
    EXPECT_EQ(run("--as G7 --pin-file " + file("empty", "") + " status").code, 2);
    EXPECT_TRUE(hall_.take().empty());
    EXPECT_TRUE(has(run("case enter 7 lunch").err, "form_filling"));
}

TEST_F(HallctlWords, AMistakeIsSaidInChinese) {
    const std::pair<const char*, const char*> all[] = {
        {"hall opne", "没有"},
        {"", "请写明要做什么"},
        {"shop open", "没有“shop open”这个命令"},
        {"case show", "缺少 ID"},
        {"case show 7 8", "多写了“8”"},
        {"case show 7 --frob", "没有 --frob 这个选项"},
        {"case show 7 --json=yes", "写法不对"},
        {"case open --service", "--service 后面要写值"},
        {"case enter 7 lunch", "请写其中一个"},
        {"check-in list --date foo", "请写成 2026-11-24 这样"},
        {"--command-id short hall open", "8 到 64 个字母、数字或短横"},
        {"hall extend --until 25:99", "请写成 18:30 这样"}};
    for (const auto& [words, said] : all) {
        const Result result = run(words);
        EXPECT_EQ(result.code, 2) << words;
        const bool listed = std::string(words) == "hall opne";  // the verbs that there are
        EXPECT_TRUE(listed || has(result.err, said)) << words << ": " << result.err;
    }
}

TEST_F(HallctlWords, ARefusalShowsWhatWasTypedAndNotWhatItsFieldIsCalled) {
    const auto refusal = [](protocol::RefusalCode::Value code, const std::string& field) {
        Reply reply;
        reply.mutable_refusal()->set_code(code);
        reply.mutable_refusal()->set_field(field);
        return reply;
    };
    using Code = protocol::RefusalCode;
    struct Case {
        const char* words;
        Reply reply;
        const char* said;
    };
    const std::string until = std::to_string(9 * 3'600'000);  // 17:00 of the status's day
    const Case all[] = {
        {"staff train G9 --course aed --date 2026-11-20", refusal(Code::unknown_staff, "staff"),
         "没有这个工号“G9”"},
        {"staff train G7 --course aed --date 2027-01-01", refusal(Code::date_invalid, "date"),
         "“2027-01-01”要写成 2026-11-24 这样,只能是今天或更早"},
        {"consultation add --service p --owner S9 --answer-by 2026-12-01",
         refusal(Code::unknown_staff, "owner"), "没有这个工号(专人“S9”)"},
        {"consultation add --service p --owner S1 --answer-by 2020-01-01",
         refusal(Code::date_invalid, "answer_by"), "“2020-01-01”)要写成"},
        {"emergency raise --place moon --kind x", refusal(Code::unknown_zone, "place"),
         "没有这个区域(地点“moon”)"},
        {"facility take water --count 0", refusal(Code::value_out_of_range, "count"), "(数量“0”)"},
        {"staff add G9 --name 李 --rank guide", refusal(Code::text_invalid, "name"), "(姓名)"},
        {"hall extend --until 17:00", refusal(Code::value_out_of_range, until),
         "17:00 还没到下班时间"},
        {"case leave 7 --outcome sent_back", refusal(Code::stage_unknown, "0"), "退回到哪里"},
        {"case accept 7", refusal(Code::already_handed_over, "G7"), "已经在您手上"},
        {"staff off-duty", refusal(Code::cases_open, "4"), "还有 4 件没有交接"}};
    for (const auto& one : all) {
        hall_.answer(one.reply);
        const Result result = run(one.words);
        EXPECT_EQ(result.code, 1) << one.words;
        EXPECT_TRUE(has(result.err, one.said)) << one.words << ": " << result.err;
    }
}

TEST_F(HallctlWords, WithoutAnAnswerToACommandItSaysHowToLearnTheOutcome) {
    hall_.fall_silent();
    const Result lost = run("--command-id abcd-1234 hall open");
    EXPECT_EQ(lost.code, 3);
    EXPECT_EQ(lost.err.rfind("server_unreachable", 0), 0U) << lost.err;
    EXPECT_TRUE(has(lost.err, "--command-id abcd-1234")) << lost.err;
    EXPECT_TRUE(has(lost.err, "没有应答")) << lost.err;
    const std::vector<Request> asked = hall_.take();
    ASSERT_FALSE(asked.empty());
    EXPECT_EQ(asked.front().command_id(), "abcd-1234");
}

TEST_F(HallctlWords, ANoteOfTwoLinesStaysOnItsRow) {
    Reply reply;
    auto* row = reply.mutable_check_ins()->add_check_ins();
    row->set_id(1);
    row->set_note("一\n二");
    const std::string table = shown("check-in list", reply);
    EXPECT_TRUE(has(table, "一 二\n")) << table;
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2) << table;
}

TEST_F(HallctlWords, EveryVerbHasAnExplanation) {
    const std::string help = run("--help").out;
    EXPECT_FALSE(has(help, "hallctl.help.")) << help;
    EXPECT_TRUE(has(help, "--as STAFF")) << help;
    // What can be written is said, wherever there is a list of it.
    using protocol::EmergencyOutcome;
    using protocol::Reason;
    for (const auto* words :
         {protocol::UnmaskPurpose::Value_descriptor(), EmergencyOutcome::Value_descriptor(),
          protocol::CheckInReason::Value_descriptor(), protocol::CaseStage::Value_descriptor(),
          protocol::LedgerKind::Value_descriptor(), Reason::Value_descriptor()}) {
        for (int i = 1; i < words->value_count(); ++i) {
            const std::string& word = words->value(i)->name();
            if (words == Reason::Value_descriptor() && word == "by_scan") continue;
            EXPECT_TRUE(has(help, word)) << word;
        }
    }
    EXPECT_TRUE(has(run("case ask-material --help").out, "ID CODE…"));
}

// A case on its way, as the hall tells it.
protocol::Case pension_case() {
    protocol::Case one;
    one.set_id(7);
    one.set_service("pension");
    one.set_service_name("养老待遇");
    one.set_masked_name("王*明");
    one.set_number("A001");
    one.set_escort("G7");
    one.set_stage(protocol::CaseStage::copying);
    one.set_stage_entered_at_ms(kNineMs);
    one.set_opened_at_ms(kNineMs);
    one.set_waiting_for_visitor(true);
    one.set_overdue(true);
    one.set_notices(1);
    one.set_next_date("2026-11-24");
    auto* visit = one.add_visits();
    visit->set_stage(protocol::CaseStage::form_filling);
    visit->set_by("G7");
    visit->set_entered_at_ms(kNineMs);
    visit->set_left_at_ms(kNineMs + 60'000);
    visit->set_outcome(protocol::StageOutcome::sent_back);
    visit->set_sent_back_to(protocol::CaseStage::copying);
    visit->set_reason(protocol::Reason::material_missing);
    auto* material = one.add_materials();
    material->set_code("photo");
    material->set_name("照片");
    material->set_asked(true);
    return one;
}

TEST_F(HallctlWords, ACaseIsShownWithItsWayAndItsMaterials) {
    Reply reply;
    *reply.mutable_case_file() = pension_case();
    const std::string file = shown("case show 7", reply);
    for (const char* part : {"王*明", "养老待遇", "复印资料", "11-23 09:00", "待补材料", "超期",
                             "2026-11-24", "照片", "已告知,待补", "退回", "→ 复印资料"}) {
        EXPECT_TRUE(has(file, part)) << part << "\n" << file;
    }
    Reply list;
    *list.mutable_cases()->add_cases() = pension_case();
    const std::string table = shown("case list", list);
    EXPECT_TRUE(has(table, "陪办人")) << table;
    EXPECT_FALSE(has(table, "照片")) << table;
    EXPECT_TRUE(has(shown("case show 7 --json", reply), R"("masked_name":"王*明")"));
}

TEST_F(HallctlWords, PeopleThingsAndAlarmsAreTablesInChinese) {
    Reply staff;
    auto* colleague = staff.mutable_staff_list()->add_staff();
    colleague->set_number("G7");
    colleague->set_name("李丽");
    colleague->set_rank(protocol::StaffRank::guide);
    colleague->set_on_duty(true);
    colleague->set_since_ms(kNineMs);
    colleague->set_open_cases(2);
    colleague->add_languages("za");
    const std::string people = shown("staff list", staff);
    for (const char* part : {"工号", "李丽", "在岗", "壮语", "待培训"}) {
        EXPECT_TRUE(has(people, part)) << part << "\n" << people;
    }
    Reply alarm;
    auto* emergency = alarm.mutable_emergency();
    emergency->set_id(2);
    emergency->set_state(protocol::EmergencyState::raised);
    emergency->set_drill(true);
    emergency->set_place_name("大厅");
    emergency->set_raised_at_ms(kNineMs);
    emergency->add_steps()->set_text("拨打 120");
    const std::string steps = shown("emergency acknowledge 2", alarm);
    for (const char* part : {"大厅", "演练", "1. 拨打 120  待办"}) {
        EXPECT_TRUE(has(steps, part)) << part << "\n" << steps;
    }
    Reply person;
    person.mutable_person()->set_name("王小明");
    person.mutable_person()->set_phone("13800000000");
    const std::string told = shown("check-in unmask 3 --purpose find_visitor", person);
    EXPECT_TRUE(has(told, "姓名  王小明\n电话  13800000000\n")) << told;
    Reply things;
    auto* loan = things.mutable_facilities()->add_loans();
    loan->set_id(4);
    loan->set_name("老花镜");
    loan->set_overdue(true);
    EXPECT_TRUE(has(shown("facility list", things), "闭厅未还"));
}

TEST_F(HallctlWords, AGuideTellsWhatToBringAndNothingThatDataProves) {
    Reply reply;
    auto* item = reply.mutable_catalogue()->add_items();
    item->set_code("pension");
    item->set_name("养老待遇申领");
    item->set_promised_days(10);
    item->add_materials()->set_name("身份证");
    auto* proved = item->add_materials();
    proved->set_name("户口本");
    proved->set_proved_by_data(true);
    item->set_guide("第一步 取号\n第二步 交材料");
    const std::string guide = shown("service guide pension", reply);
    for (const char* part : {"养老待遇申领", "10 个工作日", "- 身份证\n", "第二步 交材料"}) {
        EXPECT_TRUE(has(guide, part)) << part << "\n" << guide;
    }
    EXPECT_FALSE(has(guide, "户口本")) << guide;
}

Reply check_in_ledger(int rows) {
    Reply reply;
    auto* ledger = reply.mutable_ledger();
    ledger->set_kind(protocol::LedgerKind::check_ins);
    ledger->set_from("2026-11-01");
    ledger->set_to("2026-11-30");
    ledger->set_hall_name("测试大厅");
    ledger->set_utc_offset_s(8 * 3'600);
    ledger->set_head("abcdef");
    for (int i = 1; i <= rows; ++i) {
        auto* row = ledger->add_rows();
        row->set_id(static_cast<uint64_t>(i));
        row->set_date("2026-11-23");
        row->set_at_ms(kNineMs + i * 60'000);
        row->set_masked_name(i == 1 ? "王*明" : i == 2 ? "𠮷*·*提" : "=cmd");
        row->set_check_in_reason(protocol::CheckInReason::no_smartphone);
        row->set_filled_by(protocol::FilledBy::guide);
        row->set_by("guide-1/G7");
    }
    return reply;
}

const std::string kLedger = "report ledger check_ins --from 2026-11-01 --to 2026-11-30 ";

TEST_F(HallctlWords, ALedgerIsATableWithItsTitleAndTheHeadOfTheLog) {
    const std::string text = shown(kLedger, check_in_ledger(3));
    for (const char* part : {"测试大厅", "手工登记台账", "2026-11-01 至 2026-11-30,共 3 条",
                             "王*明", "09:01", "没有智能手机", "链尾 abcdef"}) {
        EXPECT_TRUE(has(text, part)) << part << "\n" << text;
    }
    EXPECT_TRUE(has(shown(kLedger + "--json", check_in_ledger(1)), R"("ledger":{"kind":)"));
}

Reply ledger_of(protocol::LedgerKind::Value kind) {
    Reply reply = check_in_ledger(0);
    reply.mutable_ledger()->set_kind(kind);
    return reply;
}

TEST_F(HallctlWords, AnEmergencysRowSaysHowLongItWaitedForAnAnswer) {
    Reply reply = ledger_of(protocol::LedgerKind::emergencies);
    auto* answered = reply.mutable_ledger()->add_rows();
    answered->set_at_ms(kNineMs);
    answered->set_note("胸闷");
    answered->set_acknowledged_at_ms(kNineMs + 25'400);
    auto* slow = reply.mutable_ledger()->add_rows();
    slow->set_at_ms(kNineMs);
    slow->set_acknowledged_at_ms(kNineMs + 95'000);
    slow->set_escalated(true);
    reply.mutable_ledger()->add_rows()->set_at_ms(kNineMs);
    const std::string table =
        shown("report ledger emergencies --from 2026-11-01 --to 2026-11-30", reply);
    for (const char* part :
         {"胸闷", "09:00(用时 25 秒)", "09:01(用时 1 分 35 秒)  已升级", "无人响应"}) {
        EXPECT_TRUE(has(table, part)) << part << "\n" << table;
    }
}

TEST_F(HallctlWords, ATrainingsRowShowsItsDayAndTheDayItWasEntered) {
    Reply reply = ledger_of(protocol::LedgerKind::training);
    auto* trained = reply.mutable_ledger()->add_rows();
    trained->set_escort("G7");
    trained->set_date("2025-03-01");
    trained->set_at_ms(kNineMs);
    trained->set_what("aed");
    reply.mutable_ledger()->add_rows()->set_escort("G8");
    const std::string table =
        shown("report ledger training --from 2026-11-01 --to 2026-11-30", reply);
    for (const char* part : {"培训日期", "登记时间",
                             "G7    aed           2025-03-01  "
                             "2026-11-23 09:00  待培训",
                             "G8    没有培训记录"}) {
        EXPECT_TRUE(has(table, part)) << part << "\n" << table;
    }
}

TEST_F(HallctlWords, ALedgerAsCsvIsReadBackByAnotherProgramUnchanged) {
    EXPECT_EQ(shown(kLedger + "--csv " + (folder_ / "l.csv").string(), check_in_ledger(3)), "");
    const std::string csv = content("l.csv");
    EXPECT_EQ(csv.rfind("\xEF\xBB\xBF\"登记号\",", 0), 0U) << csv;
    EXPECT_EQ(shown(kLedger + "--csv", check_in_ledger(3)), csv);
    const std::string script = file("read.py",
                                    "import csv,sys\n"
                                    "rows=list(csv.reader(open(sys.argv[1],encoding='utf-8-sig',"
                                    "newline='')))\n"
                                    "print([r[3] for r in rows])\n"
                                    "print(len(rows),{len(r) for r in rows})\n");
    const std::string line = fmt::format("python3 {} {} > {}", script, (folder_ / "l.csv").string(),
                                         (folder_ / "out").string());
    ASSERT_EQ(std::system(line.c_str()), 0);
    EXPECT_EQ(content("out"), "['办事人', '王*明', '𠮷*·*提', \"'=cmd\"]\n4 {8}\n");
}

// pdftotext leaves out narrow spaces.
std::string without_spaces(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

TEST_F(HallctlWords, ALedgerIsPrintedOnNumberedPagesToSign) {
    const std::string pdf = (folder_ / "l.pdf").string();
    EXPECT_EQ(shown(kLedger + "--pdf " + pdf, check_in_ledger(60)), "");
    ASSERT_EQ(
        std::system(
            fmt::format("pdftotext -layout {} {}", pdf, (folder_ / "l.txt").string()).c_str()),
        0);
    const std::string text = without_spaces(content("l.txt"));
    for (const char* part :
         {"测试大厅 手工登记台账", "2026-11-01 至 2026-11-30,共 60 条", "第 1 页 共 3 页",
          "第 3 页 共 3 页", "制表:", "审核:", "日期:", "王*明", "链尾 abcdef"}) {
        EXPECT_TRUE(has(text, without_spaces(part))) << part << "\n" << text;
    }
    hall_.answer(check_in_ledger(1));
    const Result nowhere = run(kLedger + "--pdf /nowhere/l.pdf");
    EXPECT_EQ(nowhere.code, 1);
    EXPECT_EQ(nowhere.err.rfind("file_not_written", 0), 0U) << nowhere.err;
}

protocol::EventRecord event_at(int minute, const std::string& text) {
    protocol::EventRecord record;
    record.set_seq(static_cast<uint64_t>(minute));
    record.set_at_ms(kNineMs + minute * 60'000);
    record.set_actor("clerk-2/C2");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, record.mutable_event()));
    return record;
}

TEST_F(HallctlWords, AnExplanationSaysWhatHappenedWhenAndByWhom) {
    Reply reply;
    auto* history = reply.mutable_ticket()->mutable_history();
    for (const auto& record :
         {event_at(1, R"(ticket_issued { number: "A001" ahead: 3 check_in: 5 })"),
          event_at(2,
                   R"(case_opened { case_id: 7 service: "pension" number: "A001" escort: "G7" })"),
          event_at(3, R"(ticket_called { number: "A001" window: 2 count: 1 out_of_order: true
                         reason: frail })"),
          event_at(4, R"(ticket_held { number: "A001" emergency: 1 })"),
          event_at(5, R"(ticket_released { number: "A001" })"),
          event_at(6, R"(material_asked { case_id: 7 materials: "photo" materials: "id_card"
                         next_date: "2026-11-24" second: true })"),
          event_at(7, R"(case_stage_left { case_id: 7 outcome: sent_back to: copying
                         reason: material_missing })"),
          event_at(8, R"(case_rated { case_id: 7 grade: 5 })"),
          event_at(9, R"(print_reported { job: 1 verdict: failed cause: paper_out })"),
          event_at(10, R"(facility_lent { loan: 1 facility: "glasses" number: "A001" })")}) {
        *history->Add() = record;
    }
    hall_.answer(reply);
    Reply catalogue;
    auto* item = catalogue.mutable_catalogue()->add_items();
    item->set_code("pension");
    item->set_name("养老待遇");
    item->add_materials()->set_code("photo");
    item->mutable_materials(0)->set_name("照片");
    hall_.answer(catalogue);
    Reply things;
    things.mutable_facilities()->add_facilities()->set_code("glasses");
    things.mutable_facilities()->mutable_facilities(0)->set_name("老花镜");
    hall_.answer(things);
    const std::string story = run("ticket explain 2026-11-23/A001").out;
    for (const char* part :
         {"2026-11-23/A001\n", "09:01  取号  登记号 5, 前面 3 位  (clerk-2/C2 #1)\n",
          "开立办件  办件 7, 养老待遇, 陪办人 G7", "叫号  2 号窗口, 第 1 次, 不按次序呼叫",
          "09:04  因突发情况暂停", "09:05  恢复原位",
          "一次性告知缺少材料  办件 7, 照片、id_card, 二次告知, 请 2026-11-24 再来",
          "退回到复印资料", "评价  办件 7, 非常满意", "打印结果", "老花镜"}) {
        EXPECT_TRUE(has(story, part)) << part << "\n" << story;
    }
    EXPECT_FALSE(has(story, "hallctl.")) << story;
    hall_.take();
    run("ticket explain A001");
    const std::vector<Request> asked = hall_.take();
    ASSERT_EQ(asked.size(), 3U);
    EXPECT_EQ(asked[0].query().ShortDebugString(), R"(ticket { number: "A001" history: true })");
    EXPECT_TRUE(asked[1].query().has_catalogue() && asked[2].query().has_facility_list());
}

TEST_F(HallctlWords, EveryEventOfATicketsStoryHasAName) {
    const auto* oneof = protocol::Event::descriptor()->FindOneofByName("body");
    Reply reply;
    for (int i = 0; i < oneof->field_count(); ++i) {
        const auto* field = oneof->field(i);
        const auto* type = field->message_type();
        bool about = false;
        for (const char* name : {"number", "job", "case_id", "emergency", "loan"}) {
            about = about || type->FindFieldByName(name) != nullptr;
        }
        if (!about) continue;
        auto* event = reply.mutable_ticket()->add_history()->mutable_event();
        event->GetReflection()->MutableMessage(event, field);
    }
    const std::string story = shown("ticket explain 2026-11-23/A001", reply);
    EXPECT_FALSE(has(story, "hallctl.")) << story;
}

}  // namespace
}  // namespace hall::test
