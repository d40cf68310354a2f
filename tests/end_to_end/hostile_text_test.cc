// Hostile strings and rare names through every field that a person writes into: refused with a
// reason that is true, or kept to the byte through a restart of the server, told to whoever asks,
// found again by name, and exported as it is shown.
#include <glib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using protocol::CaseStage;
using protocol::Command;
using protocol::RefusalCode;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;

constexpr std::size_t kNameBytesMost = 120;
constexpr std::size_t kTextBytesMost = 200;
constexpr std::size_t kNoteBytesMost = 2'000;
// Of hard questions.
constexpr const char* kOwner = "s1";
// Of some 500, for each of the texts of some 70 commands.
constexpr std::size_t kTextEvery = 17;
// An alarm for each would be more than a hall may have in a day.
constexpr std::size_t kEmergencyEvery = 6;

std::vector<std::string> lines_of(const char* file) {
    std::ifstream in(stage::source(std::string("tests/data/") + file));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#') lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> hostile_texts() {
    std::vector<std::string> all;
    for (const char* file : {"rare_names.txt", "rare_characters.txt", "blns.txt"}) {
        for (auto& line : lines_of(file)) all.push_back(std::move(line));
    }
    all.push_back("阿依古丽·买买提");
    all.push_back("阿依古丽‧买买提");
    all.push_back("阿依古丽•买买提");
    all.push_back("两行\n备注");
    all.push_back("制表\t符");
    all.push_back(std::string(kNameBytesMost + 1, 'A'));
    all.push_back(std::string(kNoteBytesMost + 1, 'A'));
    return all;
}

// Written anew from the rule of domain.md, with GLib's tables: no control characters, none that
// turn the direction of writing, not blank, not too long. A text that passes need not be kept.
bool may_be_refused(const std::string& text, std::size_t bytes_most, bool lines) {
    if (text.size() > bytes_most || !g_utf8_validate(text.data(), -1, nullptr)) return true;
    bool blank = true;
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar point = g_utf8_get_char(at);
        const GUnicodeType type = g_unichar_type(point);
        const bool line = point == '\n' || point == '\r' || point == '\t';
        if (type == G_UNICODE_CONTROL && !(lines && line)) return true;
        if (type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR) return true;
        const bool turns = (point >= 0x202A && point <= 0x202E) ||
                           (point >= 0x2066 && point <= 0x2069) || point == 0x200E ||
                           point == 0x200F || point == 0x061C;
        if (turns) return true;
        blank = blank && (g_unichar_isspace(point) || type == G_UNICODE_FORMAT);
    }
    return blank;
}

bool has_a_digit(const std::string& text) {
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_isdigit(g_utf8_get_char(at))) return true;
    }
    return false;
}

class HostileText : public testing::Test {
  protected:
    static RunningHall::Options county() {
        RunningHall::Options options;
        options.hall = stage::county_hall_toml();
        return options;
    }

    // The answer when it was taken; nothing when the text was refused, with a reason that is true.
    std::optional<Reply> taken(const Command& command, const std::string& text,
                               std::size_t bytes_most, bool lines = false) {
        const Reply reply = must(admin_.send(command));
        if (!reply.has_refusal()) return reply;
        const auto code = reply.refusal().code();
        EXPECT_THAT(code, ::testing::AnyOf(RefusalCode::text_invalid, RefusalCode::text_too_long,
                                           RefusalCode::name_missing))
            << RefusalCode::Value_Name(code) << " for " << text;
        EXPECT_EQ(code == RefusalCode::text_too_long, text.size() > bytes_most) << text;
        EXPECT_TRUE(may_be_refused(text, bytes_most, lines)) << "refused: " << text;
        EXPECT_EQ(reply.refusal().field().find(text), std::string::npos) << "a refusal is recorded";
        ++refused_;
        return std::nullopt;
    }
    Command check_in(const std::string& name) {
        Command command;
        auto& add = *command.mutable_add_check_in();
        add.mutable_person()->set_name(name);
        add.mutable_person()->set_phone("13907715566");
        add.set_reason(protocol::CheckInReason::no_smartphone);
        add.set_filled_by(protocol::FilledBy::self);
        return command;
    }
    protocol::Person unmasked(uint64_t id) {
        Command command;
        command.mutable_unmask()->set_check_in(id);
        command.mutable_unmask()->set_purpose(protocol::UnmaskPurpose::complaint);
        return must_do(admin_.send(command)).person();
    }
    protocol::Case case_file(uint64_t id) {
        protocol::Query query;
        query.mutable_case_file()->set_case_id(id);
        return must_do(admin_.ask(query)).case_file();
    }
    // A case at the stage of processing, with this note and relation when they may be kept.
    uint64_t open_case(const std::string& text) {
        Command command;
        auto& open = *command.mutable_open_case();
        open.set_service("pension_claim");
        open.mutable_person()->set_name("韦阿婆");
        open.mutable_person()->set_phone("13907715566");
        open.set_proxy(protocol::Proxy::letter);
        open.set_own_wish(true);
        open.set_relation("女儿");
        open.set_note(text);
        auto opened = taken(command, text, kNoteBytesMost, true);
        if (opened) kept_notes_[opened->case_file().id()] = text;
        open.clear_note();
        open.set_relation(text);
        if (auto related = taken(command, text, kTextBytesMost)) {
            kept_relations_[related->case_file().id()] = text;
            opened = related;
        }
        if (!opened) {
            open.set_relation("女儿");
            opened = must_do(admin_.send(command));
        }
        return opened->case_file().id();
    }
    template <class Fill>
    bool step(const std::string& text, Fill fill, std::size_t bytes_most = kNoteBytesMost) {
        Command command;
        fill(command, text);
        if (taken(command, text, bytes_most, bytes_most == kNoteBytesMost)) return true;
        Command plain;
        fill(plain, "无");
        must_do(admin_.send(plain));
        return false;
    }
    struct Words {
        bool entered = false;
        bool left = false;
        bool notice = false;
        bool why = false;
        bool remedy = false;
        bool rating = false;
        bool follow_up = false;
        std::string text;
    };
    using Texts = std::map<uint64_t, std::string>;
    void ask_and_answer(const std::string& text, Texts& questions, Texts& offices, Texts& answers);
    void walk_case(const std::string& text);
    void decide_case(uint64_t id, Words& kept);

    RunningHall hall_{county()};
    client::CommandClient admin_{hall_.admin()};
    std::map<uint64_t, std::string> kept_notes_;
    std::map<uint64_t, std::string> kept_relations_;
    std::map<uint64_t, Words> kept_words_;
    int refused_ = 0;
};

// All materials come, the case goes on to processing and is turned down: why, and what can be done.
void HostileText::decide_case(uint64_t id, Words& kept) {
    const protocol::Case file = case_file(id);
    for (const auto& material : file.materials()) {
        if (material.received() || !material.asked()) continue;
        Command command;
        command.mutable_receive_material()->set_case_id(id);
        command.mutable_receive_material()->set_material(material.code());
        must_do(admin_.send(command));
    }
    Command go_on;
    go_on.mutable_enter_stage()->set_case_id(id);
    go_on.mutable_enter_stage()->set_stage(CaseStage::processing);
    go_on.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
    must_do(admin_.send(go_on));
    const auto decide = [id](Command& command, const std::string& why, const std::string& remedy) {
        auto& result = *command.mutable_set_result();
        result.set_case_id(id);
        result.set_result(protocol::CaseResult::not_approved);
        result.set_note(why);
        result.set_remedy(remedy);
    };
    Command both;
    decide(both, kept.text, kept.text);
    if (taken(both, kept.text, kNoteBytesMost, true)) {
        kept.why = kept.remedy = true;
        return;
    }
    Command remedy;
    decide(remedy, "年限不够", kept.text);
    EXPECT_FALSE(taken(remedy, kept.text, kNoteBytesMost, true))
        << "refused as a reason, taken as a remedy";
    Command plain;
    decide(plain, "年限不够", "无");
    must_do(admin_.send(plain));
}

// Through every stage at which something is written.
void HostileText::walk_case(const std::string& text) {
    const uint64_t id = open_case(text);
    Words& kept = kept_words_[id];
    kept.text = text;
    kept.entered = step(text, [id](Command& command, const std::string& words) {
        command.mutable_enter_stage()->set_case_id(id);
        command.mutable_enter_stage()->set_stage(CaseStage::copying);
        command.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
        command.mutable_enter_stage()->set_note(words);
    });
    kept.left = step(text, [id](Command& command, const std::string& words) {
        command.mutable_leave_stage()->set_case_id(id);
        command.mutable_leave_stage()->set_outcome(protocol::StageOutcome::done);
        command.mutable_leave_stage()->set_note(words);
    });
    step("第一次告知", [id](Command& command, const std::string&) {
        command.mutable_ask_material()->set_case_id(id);
        command.mutable_ask_material()->set_no_print(true);
    });
    // Only a second notice has a reason; it is told like any other text.
    kept.notice = step(text, [id](Command& command, const std::string& words) {
        command.mutable_ask_material()->set_case_id(id);
        command.mutable_ask_material()->set_no_print(true);
        command.mutable_ask_material()->set_note(words);
    });
    decide_case(id, kept);
    Command tell;
    tell.mutable_tell_result()->set_case_id(id);
    tell.mutable_tell_result()->set_how(protocol::TellWay::window);
    tell.mutable_tell_result()->set_understood(true);
    must_do(admin_.send(tell));
    kept.rating = step(text, [id](Command& command, const std::string& words) {
        command.mutable_rate_case()->set_case_id(id);
        command.mutable_rate_case()->set_grade(1);
        command.mutable_rate_case()->set_note(words);
    });
    kept.follow_up = step(text, [id](Command& command, const std::string& words) {
        command.mutable_answer_follow_up()->set_case_id(id);
        command.mutable_answer_follow_up()->set_note(words);
    });
}

// A hard question to an office, its note, and what was answered.
void HostileText::ask_and_answer(const std::string& text, Texts& questions, Texts& offices,
                                 Texts& answers) {
    Command command;
    auto& question = *command.mutable_record_consultation();
    question.set_service("pension_claim");
    question.set_office(text);
    if (auto reply = taken(command, text, kTextBytesMost)) {
        offices[reply->consultation().id()] = text;
    }
    question.clear_office();
    question.set_owner(kOwner);
    question.set_answer_by("2026-11-27");
    question.set_note(text);
    const auto asked = taken(command, text, kNoteBytesMost, true);
    if (!asked) return;
    const uint64_t id = asked->consultation().id();
    questions[id] = text;
    command.mutable_answer_consultation()->set_consultation(id);
    command.mutable_answer_consultation()->set_note(text);
    if (taken(command, text, kNoteBytesMost, true)) answers[id] = text;
}

TEST_F(HostileText, NamesAreKeptMaskedFoundAndExported) {
    std::map<uint64_t, std::string> names;
    std::map<uint64_t, std::string> townships;
    std::map<uint64_t, std::string> notes;
    const auto texts = hostile_texts();
    for (const auto& text : texts) {
        if (auto reply = taken(check_in(text), text, kNameBytesMost)) {
            names[reply->check_in().id()] = text;
        }
        Command other = check_in("韦阿婆");
        other.mutable_add_check_in()->mutable_person()->set_township(text);
        if (auto reply = taken(other, text, kTextBytesMost)) {
            townships[reply->check_in().id()] = text;
        }
        other = check_in("韦阿婆");
        other.mutable_add_check_in()->set_note(text);
        if (auto reply = taken(other, text, kNoteBytesMost, true)) {
            notes[reply->check_in().id()] = text;
        }
    }
    EXPECT_GT(names.size(), texts.size() * 3 / 5);
    EXPECT_GT(notes.size(), texts.size() * 9 / 10);
    for (const char* file : {"rare_names.txt", "rare_characters.txt"}) {
        for (const auto& name : lines_of(file)) {
            EXPECT_THAT(names, ::testing::Contains(::testing::Pair(::testing::_, name)));
        }
    }

    hall_.stop();
    hall_.start();
    for (const auto& [id, name] : names) {
        EXPECT_EQ(unmasked(id).name(), name);
        protocol::Query query;
        query.mutable_check_in_list()->set_name(name);
        bool found = false;
        const Reply list = must_do(admin_.ask(query));
        for (const auto& one : list.check_ins().check_ins()) {
            found = found || one.id() == id;
        }
        EXPECT_TRUE(found) << name;
    }
    for (const auto& [id, township] : townships) EXPECT_EQ(unmasked(id).township(), township);

    protocol::Query all;
    all.mutable_check_in_list();
    std::map<std::string, int> masked;
    const Reply everybody = must_do(admin_.ask(all));
    for (const auto& one : everybody.check_ins().check_ins()) {
        if (notes.count(one.id()) > 0) {
            EXPECT_EQ(one.note(), notes[one.id()]);
        }
        ++masked[one.masked_name()];
    }
    const stage::Folder out;
    const auto exported = hall_.hallctl({"report", "ledger", "check-ins", "--from", "2026-11-23",
                                         "--to", "2026-11-23", "--csv", (out / "list.csv").string(),
                                         "--pdf", (out / "list.pdf").string()});
    ASSERT_EQ(exported.exit_code, 0) << exported.errors;
    const std::string csv = stage::read_file(out / "list.csv");
    EXPECT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
    for (const auto& [name, count] : masked) {
        std::string cell;
        for (const char c : name) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
        EXPECT_TRUE(csv.find("\"" + cell + "\"") != std::string::npos ||
                    csv.find("\"'" + cell + "\"") != std::string::npos)
            << name;
    }
    EXPECT_EQ(stage::read_file(out / "list.pdf").substr(0, 5), "%PDF-");
    EXPECT_GT(refused_, 0);
}

TEST_F(HostileText, WhatIsWrittenAboutACaseIsToldAsItWasWritten) {
    for (const auto& text : hostile_texts()) walk_case(text);
    hall_.stop();
    hall_.start();
    for (const auto& [id, note] : kept_notes_) EXPECT_EQ(case_file(id).note(), note);
    for (const auto& [id, words] : kept_relations_) EXPECT_EQ(case_file(id).relation(), words);
    for (const auto& [id, kept] : kept_words_) {
        const protocol::Case file = case_file(id);
        for (const auto& visit : file.visits()) {
            if (visit.stage() != CaseStage::copying) continue;
            EXPECT_EQ(visit.note(), kept.entered ? kept.text : "无");
            EXPECT_EQ(visit.left_note(), kept.left ? kept.text : "无");
        }
        if (kept.notice) {
            EXPECT_EQ(file.notice_note(), kept.text);
        }
        if (kept.why) {
            EXPECT_EQ(file.result_note(), kept.text);
        }
        if (kept.remedy) {
            EXPECT_EQ(file.remedy(), kept.text);
        }
        if (kept.rating) {
            EXPECT_EQ(file.rating_note(), kept.text);
        }
        if (kept.follow_up) {
            EXPECT_EQ(file.follow_up_note(), kept.text);
        }
    }
    EXPECT_GT(kept_notes_.size(), kept_words_.size() * 9 / 10);
    EXPECT_GT(refused_, 0);
}

TEST_F(HostileText, OfficesAndWhyANameWasLookedAtAreToldAsTheyWereWritten) {
    std::map<uint64_t, std::string> offices;
    std::multiset<std::string> looks;
    for (const auto& text : hostile_texts()) {
        Command command = check_in("韦阿婆");
        const uint64_t check_in_id = must_do(admin_.send(command)).check_in().id();
        command.mutable_unmask()->set_check_in(check_in_id);
        command.mutable_unmask()->set_purpose(protocol::UnmaskPurpose::complaint);
        command.mutable_unmask()->set_note(text);
        if (taken(command, text, kNoteBytesMost, true)) looks.insert(text);
        const uint64_t id = open_case("无");
        command.mutable_enter_stage()->set_case_id(id);
        command.mutable_enter_stage()->set_stage(CaseStage::processing);
        command.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
        must_do(admin_.send(command));
        command.mutable_set_result()->set_case_id(id);
        command.mutable_set_result()->set_result(protocol::CaseResult::referred);
        command.mutable_set_result()->set_office(text);
        if (taken(command, text, kTextBytesMost)) offices[id] = text;
    }
    hall_.stop();
    hall_.start();
    for (const auto& [id, office] : offices) EXPECT_EQ(case_file(id).office(), office);
    protocol::Query query;
    query.mutable_ledger()->set_kind(protocol::LedgerKind::unmaskings);
    query.mutable_ledger()->set_from("2026-11-23");
    query.mutable_ledger()->set_to("2026-11-23");
    const Reply ledger = must_do(admin_.ask(query));
    std::multiset<std::string> told;
    for (const auto& row : ledger.ledger().rows()) told.insert(row.note());
    EXPECT_EQ(told, looks);
    EXPECT_GT(offices.size(), 100U);
    EXPECT_GT(looks.size(), 100U);
}

// Phones and identity numbers are no free text: digits, or refused with the field's name.
TEST_F(HostileText, WhatIsNoNumberIsRefusedAsAPhoneAndAsAnIdentityNumber) {
    int refused = 0;
    for (const auto& text : hostile_texts()) {
        for (const char* field : {"phone", "identity", "family_phone"}) {
            Command command = check_in("韦阿婆");
            auto& person = *command.mutable_add_check_in()->mutable_person();
            person.GetReflection()->SetString(&person,
                                              person.GetDescriptor()->FindFieldByName(field), text);
            person.set_family_consent(true);
            const Reply reply = must(admin_.send(command));
            if (!reply.has_refusal()) {
                EXPECT_TRUE(has_a_digit(text)) << field << " taken: " << text;
                continue;
            }
            ++refused;
            EXPECT_THAT(
                reply.refusal().code(),
                ::testing::AnyOf(RefusalCode::phone_invalid, RefusalCode::identity_number_invalid,
                                 RefusalCode::contact_missing, RefusalCode::text_too_long))
                << field << ": " << RefusalCode::Value_Name(reply.refusal().code());
            const bool part_of_a_name =
                std::string("person.family_phone identity").find(text) != std::string::npos;
            EXPECT_TRUE(part_of_a_name || reply.refusal().field().find(text) == std::string::npos)
                << "a refusal is recorded: " << text;
        }
    }
    EXPECT_GT(refused, 1'000);
}

// Whatever is put into whatever text of whatever command: an answer, and a server that stands.
TEST_F(HostileText, EveryTextOfEveryCommandIsTakenOrRefusedAndTheServerStands) {
    const auto texts = hostile_texts();
    const auto* body = Command::descriptor()->FindOneofByName("body");
    ASSERT_NE(body, nullptr);
    int sent = 0;
    for (int i = 0; i < body->field_count(); ++i) {
        const auto* fields = body->field(i)->message_type();
        for (int f = 0; f < fields->field_count(); ++f) {
            const auto* field = fields->field(f);
            if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) continue;
            for (std::size_t t = static_cast<std::size_t>(f); t < texts.size(); t += kTextEvery) {
                Command command;
                auto* inner = command.GetReflection()->MutableMessage(&command, body->field(i));
                if (field->is_repeated()) {
                    inner->GetReflection()->AddString(inner, field, texts[t]);
                } else {
                    inner->GetReflection()->SetString(inner, field, texts[t]);
                }
                const auto reply = admin_.send(command);
                // Not even a frame can be made of what is no UTF-8.
                ASSERT_TRUE(reply.has_value()) << field->full_name() << ": " << texts[t];
                ++sent;
            }
        }
    }
    EXPECT_GT(sent, 1'000);
    protocol::Query query;
    query.mutable_status();
    EXPECT_TRUE(must_do(admin_.ask(query)).has_status());
}

TEST_F(HostileText, WhatIsWrittenAboutCareIsToldAsItWasWritten) {
    std::map<uint64_t, std::string> kinds;
    std::map<uint64_t, std::string> ends;
    std::map<uint64_t, std::string> questions;
    std::map<uint64_t, std::string> answers;
    std::map<uint64_t, std::string> offices;
    std::size_t index = 0;
    Command owner;
    owner.mutable_add_staff()->set_staff(kOwner);
    owner.mutable_add_staff()->set_rank(protocol::StaffRank::supervisor);
    owner.mutable_add_staff()->set_name("黄主任");
    must_do(admin_.send(owner));
    for (const auto& text : hostile_texts()) {
        Command command;
        auto& help = *command.mutable_record_assistance();
        help.set_machine("self_service");
        help.set_task("query");
        help.set_minutes(5);
        help.set_note(text);
        if (auto reply = taken(command, text, kNoteBytesMost, true)) {
            EXPECT_EQ(reply->assistance().note(), text);
        }
        command.mutable_add_staff()->set_staff("H" + std::to_string(index));
        command.mutable_add_staff()->set_rank(protocol::StaffRank::guide);
        command.mutable_add_staff()->set_name(text);
        if (auto reply = taken(command, text, kNameBytesMost)) {
            EXPECT_EQ(reply->staff().name(), text);
        }
        ask_and_answer(text, questions, offices, answers);
        if (index++ % kEmergencyEvery != 0) continue;
        command.mutable_raise_emergency()->set_place("waiting");
        command.mutable_raise_emergency()->set_kind(text);
        const auto raised = taken(command, text, kTextBytesMost);
        if (!raised) continue;
        const uint64_t id = raised->emergency().id();
        kinds[id] = text;
        command.mutable_close_emergency()->set_emergency(id);
        command.mutable_close_emergency()->set_outcome(protocol::EmergencyOutcome::recovered);
        command.mutable_close_emergency()->set_note(text);
        if (taken(command, text, kNoteBytesMost, true)) ends[id] = text;
    }
    hall_.stop();
    hall_.start();
    protocol::Query query;
    query.mutable_emergency_list();
    const Reply alarms = must_do(admin_.ask(query));
    for (const auto& one : alarms.emergencies().emergencies()) {
        if (kinds.count(one.id()) > 0) {
            EXPECT_EQ(one.kind(), kinds[one.id()]);
        }
        if (ends.count(one.id()) > 0) {
            EXPECT_EQ(one.closing_note(), ends[one.id()]);
        }
    }
    query.mutable_consultation_list();
    std::size_t told = 0;
    const Reply consulted = must_do(admin_.ask(query));
    for (const auto& one : consulted.consultations().consultations()) {
        if (questions.count(one.id()) > 0) {
            EXPECT_EQ(one.note(), questions[one.id()]);
            ++told;
        }
        if (offices.count(one.id()) > 0) {
            EXPECT_EQ(one.office(), offices[one.id()]);
        }
        if (answers.count(one.id()) > 0) {
            EXPECT_EQ(one.answer(), answers[one.id()]);
        }
    }
    EXPECT_EQ(told, questions.size());
    EXPECT_GT(offices.size(), questions.size() / 2);
    EXPECT_EQ(answers.size(), questions.size()) << "an answer is kept as a question is";
    EXPECT_GT(kinds.size(), 50U);
    EXPECT_GT(refused_, 0);
}

}  // namespace
}  // namespace hall::end_to_end
