// Hostile strings and rare names through every field that a person writes into: refused with a
// reason that is true, or kept to the byte through a restart of the server, told to whoever asks,
// found again by name, and exported as it is shown.
#include <glib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

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
    void walk_case(const std::string& text);

    RunningHall hall_{county()};
    client::CommandClient admin_{hall_.admin()};
    std::map<uint64_t, std::string> kept_notes_;
    std::map<uint64_t, std::string> kept_relations_;
    struct Words {
        bool stage = false;
        bool remedy = false;
        bool rating = false;
        bool follow_up = false;
        std::string text;
    };
    std::map<uint64_t, Words> kept_words_;
    int refused_ = 0;
};

// Through every stage at which something is written.
void HostileText::walk_case(const std::string& text) {
    const uint64_t id = open_case(text);
    Words& kept = kept_words_[id];
    kept.text = text;
    kept.stage = step(text, [id](Command& command, const std::string& words) {
        command.mutable_enter_stage()->set_case_id(id);
        command.mutable_enter_stage()->set_stage(CaseStage::processing);
        command.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
        command.mutable_enter_stage()->set_note(words);
    });
    kept.remedy = step(text, [id](Command& command, const std::string& words) {
        command.mutable_set_result()->set_case_id(id);
        command.mutable_set_result()->set_result(protocol::CaseResult::not_approved);
        command.mutable_set_result()->set_note("年限不够");
        command.mutable_set_result()->set_remedy(words);
    });
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
        if (kept.stage) {
            std::string note;
            for (const auto& visit : file.visits()) {
                if (visit.stage() == CaseStage::processing) note = visit.note();
            }
            EXPECT_EQ(note, kept.text);
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

TEST_F(HostileText, WhatIsWrittenAboutCareIsToldAsItWasWritten) {
    std::map<uint64_t, std::string> kinds;
    std::map<uint64_t, std::string> ends;
    std::map<uint64_t, std::string> questions;
    std::map<uint64_t, std::string> answers;
    std::size_t index = 0;
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
        command.mutable_record_consultation()->set_service("pension_claim");
        command.mutable_record_consultation()->set_note(text);
        if (auto reply = taken(command, text, kNoteBytesMost, true)) {
            questions[reply->consultation().id()] = text;
        }
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
        if (questions.count(one.id()) == 0) continue;
        EXPECT_EQ(one.note(), questions[one.id()]);
        ++told;
    }
    EXPECT_EQ(told, questions.size());
    EXPECT_GT(kinds.size(), 50U);
    EXPECT_GT(refused_, 0);
}

}  // namespace
}  // namespace hall::end_to_end
