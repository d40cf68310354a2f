// The catalogues and the code agree: what code names exists in every language, nothing is left
// over, and no sentence for the public uses a word that domain.md keeps away from it.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "protocol/types.pb.h"
#include "wording/wording.h"

namespace hall::wording {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kCatalogues = {"zh_CN.po", "en.po"};

// Only staff read these: on paper, on boards and at kiosks none of them appears.
const std::vector<std::string> kStaffOnly = {
    "clerk.",      "console.",    "guide.",          "hallctl.", "print_state.", "printer_state.",
    "supervisor.", "vault_kind.", "unmask_purpose.", "ledger.",  "ledger_kind."};

const std::vector<std::string> kBannedChinese = {"过期", "失败", "发热", "发烧", "积分",    "信用",
                                                 "插队", "超车", "方言", "民族", "老年专座"};
const std::vector<std::string> kBannedEnglish = {"expired", "failed",  "failure", "fever",
                                                 "credit",  "overtak", "dialect", "ethnic"};

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

fs::path root() {
    return HALL_SOURCE_DIR;
}

// The text of every source file that could show a sentence.
std::map<std::string, std::string> sources() {
    std::map<std::string, std::string> out;
    for (const char* folder : {"client", "displays", "hall-server", "printers", "sim", "ticketing",
                               "wording", "wristband", "config"}) {
        if (!fs::exists(root() / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".cc" && extension != ".h") continue;
            out[fs::relative(entry.path(), root()).string()] = content_of(entry.path());
        }
    }
    return out;
}

std::vector<std::string> keys_in_file_order(const std::string& catalogue) {
    static const std::regex kKey("^msgid \"([^\"]+)\"");
    std::vector<std::string> out;
    std::ifstream in(root() / "wording/po" / catalogue);
    for (std::string line; std::getline(in, line);) {
        std::smatch match;
        if (std::regex_search(line, match, kKey)) out.push_back(match[1]);
    }
    return out;
}

// Keys that names.cc makes of the protocol's enums.
std::set<std::string> keys_of_enums() {
    std::set<std::string> out;
    const auto add = [&](const std::string& family, const google::protobuf::EnumDescriptor* type) {
        for (int i = 0; i < type->value_count(); ++i) {
            out.insert(family + "." + type->value(i)->name());
        }
    };
    add("phase", protocol::Phase::Value_descriptor());
    add("ticket_state", protocol::TicketState::Value_descriptor());
    add("window_state", protocol::WindowState::Value_descriptor());
    add("print_state", protocol::PrintState::Value_descriptor());
    add("printer_state", protocol::PrinterState::Value_descriptor());
    add("need", protocol::Need::Value_descriptor());
    add("reason", protocol::Reason::Value_descriptor());
    add("claim", protocol::Claim::Value_descriptor());
    add("appointment_state", protocol::AppointmentState::Value_descriptor());
    add("appointment_kind", protocol::AppointmentKind::Value_descriptor());
    add("closing_choice", protocol::ClosingChoice::Value_descriptor());
    add("case_stage", protocol::CaseStage::Value_descriptor());
    add("stage_outcome", protocol::StageOutcome::Value_descriptor());
    add("case_result", protocol::CaseResult::Value_descriptor());
    add("tell_way", protocol::TellWay::Value_descriptor());
    add("rating_state", protocol::RatingState::Value_descriptor());
    add("check_in_reason", protocol::CheckInReason::Value_descriptor());
    add("filled_by", protocol::FilledBy::Value_descriptor());
    add("check_in_state", protocol::CheckInState::Value_descriptor());
    add("staff_rank", protocol::StaffRank::Value_descriptor());
    add("emergency_state", protocol::EmergencyState::Value_descriptor());
    add("emergency_outcome", protocol::EmergencyOutcome::Value_descriptor());
    add("facility_kind", protocol::FacilityKind::Value_descriptor());
    add("vault_kind", protocol::VaultKind::Value_descriptor());
    add("unmask_purpose", protocol::UnmaskPurpose::Value_descriptor());
    add("ledger_kind", protocol::LedgerKind::Value_descriptor());
    add("handling", protocol::Handling::Value_descriptor());
    add("paper_kind", protocol::Paper::Value_descriptor());
    add("entry_check", protocol::EntryCheck::Mode_descriptor());
    add("refusal", protocol::RefusalCode::Value_descriptor());
    return out;
}

// Names in braces, sorted.
std::vector<std::string> names_in(const std::string& sentence) {
    static const std::regex kName("\\{([^}]*)\\}");
    std::vector<std::string> out;
    for (std::sregex_iterator it(sentence.begin(), sentence.end(), kName), end; it != end; ++it) {
        out.push_back((*it)[1]);
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST(WordingLint, EveryKeyThatCodeNamesHasASentence) {
    static const std::regex kCall(R"re(\b(text|format)\(\s*"([a-z0-9_]+(\.[a-z0-9_-]+)+)")re");
    for (const auto& [file, code] : sources()) {
        for (std::sregex_iterator it(code.begin(), code.end(), kCall), end; it != end; ++it) {
            EXPECT_TRUE(has((*it)[2].str())) << file << ": " << (*it)[2];
        }
    }
    for (const std::string& key : keys_of_enums()) EXPECT_TRUE(has(key)) << key;
}

TEST(WordingLint, EverySentenceIsUsed) {
    // A literal that is a key, or the beginning of keys: "language." + tag, or "hallctl.help.{}".
    static const std::regex kLiteral(R"re("([a-z0-9_]+(\.[a-z0-9_-]+)*\.?)(\{\})?")re");
    std::set<std::string> literals;
    for (const auto& [file, code] : sources()) {
        for (std::sregex_iterator it(code.begin(), code.end(), kLiteral), end; it != end; ++it) {
            literals.insert((*it)[1]);
        }
    }
    const std::set<std::string> enums = keys_of_enums();
    for (const std::string& key : keys()) {
        bool used = enums.count(key) > 0 || literals.count(key) > 0;
        for (std::size_t dot = key.find('.');
             dot != std::string::npos && key.rfind("refusal.", 0) != 0;
             dot = key.find('.', dot + 1)) {
            used = used || literals.count(key.substr(0, dot + 1)) > 0;
        }
        EXPECT_TRUE(used) << key;
    }
}

TEST(WordingLint, LanguagesHaveTheSameKeysAndTheSameNamedValues) {
    EXPECT_EQ(keys(Language::zh), keys(Language::en));
    for (const std::string& key : keys()) {
        EXPECT_EQ(names_in(text(key, Language::zh)), names_in(text(key, Language::en))) << key;
    }
}

TEST(WordingLint, CataloguesAreSortedSoThatTwoPeopleCanAddWithoutConflict) {
    for (const std::string& catalogue : kCatalogues) {
        const auto keys = keys_in_file_order(catalogue);
        ASSERT_FALSE(keys.empty());
        const auto wrong = std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>());
        EXPECT_EQ(wrong, keys.end()) << catalogue << ": after " << *wrong;
    }
}

TEST(WordingLint, PublicSentencesAvoidTheWordsWeDoNotUse) {
    for (const std::string& key : keys()) {
        if (std::any_of(kStaffOnly.begin(), kStaffOnly.end(),
                        [&](const std::string& prefix) { return key.rfind(prefix, 0) == 0; })) {
            continue;
        }
        for (const std::string& word : kBannedChinese) {
            EXPECT_EQ(text(key).find(word), std::string::npos) << key << ": " << word;
        }
        std::string english = text(key, Language::en);
        std::transform(english.begin(), english.end(), english.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const std::string& word : kBannedEnglish) {
            EXPECT_EQ(english.find(word), std::string::npos) << key << ": " << word;
        }
    }
}

TEST(WordingLint, ChineseSentencesAreChinese) {
    static const std::regex kHanzi("[\xe4-\xe9][\x80-\xbf][\x80-\xbf]");
    static const std::regex kNamed("\\{[^}]*\\}");
    static const std::regex kLatinWord("[A-Za-z]{2}");
    for (const std::string& key : keys()) {
        const std::string words = std::regex_replace(text(key), kNamed, "");
        EXPECT_TRUE(std::regex_search(words, kHanzi) || !std::regex_search(words, kLatinWord))
            << key << ": " << words;
    }
}

}  // namespace
}  // namespace hall::wording
