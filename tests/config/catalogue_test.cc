// Services with their materials, the catalogue file that halls share, and what else is there for
// people: stations, wristband printers, seats, retention.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "config/hall_file.h"
#include "tests/config/small_hall.h"

namespace hall::config {
namespace {

using ::testing::HasSubstr;

std::string lines(const tl::expected<HallFile, std::vector<Problem>>& file) {
    std::string out;
    if (file) return out;
    for (const Problem& problem : file.error()) out += to_string(problem) + "\n";
    return out;
}

// A folder with a hall file and its catalogue.
class Halls : public ::testing::Test {
  protected:
    Halls() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("hall_catalogue_") + test->name() + "_" +
                   std::to_string(::testing::UnitTest::GetInstance()->random_seed()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~Halls() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }
    // The small hall with `from` replaced, and a catalogue.
    tl::expected<HallFile, std::vector<Problem>> hall(const std::string& from,
                                                      const std::string& to,
                                                      const std::string& catalogue) {
        write("catalogue.toml", catalogue);
        std::string text = changed(from, to);
        text.replace(text.find("time_zone"), 0, "catalogue = \"catalogue.toml\"\n");
        return load(write("hall.toml", text));
    }

    std::filesystem::path folder_;
};

const std::string kItem = R"([[item]]
code = "pension"
name = "城乡居民待遇申领"
short_name = "领养老金"
catalogue_code = "512B"
legal_basis = "法"
legal_days = 20
promised_days = 5
handling = "joint"
proxy = "letter"
asks_own_wish = true
guide = ["一步", "两步"]
[[item.material]]
code = "id"
name = "身份证"
kind = "identity"
note = "原件"
[[item.material]]
code = "household"
name = "户口簿"
legal_basis = "规定"
proved_by_data = true
)";

TEST_F(Halls, AServiceTakesFromTheItemWithItsCodeWhatItDoesNotSay) {
    const auto file = hall("name = \"待遇申领\"\nshort_name = \"养老金\"\n", "", kItem);
    ASSERT_TRUE(file.has_value()) << lines(file);
    const protocol::HallRules made = rules(*file);
    const auto& service = made.services(0);
    EXPECT_EQ(file->services[0].item, "pension");
    EXPECT_EQ(file->services[0].catalogue_code, "512B");
    EXPECT_EQ(service.name(), "城乡居民待遇申领");
    EXPECT_EQ(service.short_name(), "领养老金");
    EXPECT_EQ(service.legal_days(), 20U);
    EXPECT_EQ(service.promised_days(), 5U);
    EXPECT_EQ(service.handling(), protocol::Handling::joint);
    EXPECT_EQ(service.proxy(), protocol::Proxy::letter);
    EXPECT_TRUE(service.asks_own_wish());
    EXPECT_EQ(service.guide(), "一步\n两步");
    EXPECT_EQ(service.legal_basis(), "法");
    ASSERT_EQ(service.materials_size(), 2);
    EXPECT_EQ(service.materials(0).code(), "id");
    EXPECT_EQ(service.materials(0).note(), "原件");
    EXPECT_FALSE(service.materials(0).proved_by_data());
    EXPECT_TRUE(service.materials(1).proved_by_data());
    EXPECT_EQ(service.materials(1).legal_basis(), "规定");
}

TEST_F(Halls, WhatAServiceSaysItselfWinsAndItsMaterialsAreTakenWhole) {
    const auto file = hall("expected_min = 15\n",
                           "expected_min = 15\npromised_days = 0\nasks_own_wish = false\n"
                           "handling = \"here\"\n[[service.material]]\ncode = \"letter\"\n"
                           "name = \"介绍信\"\nconditional = true\n",
                           kItem);
    ASSERT_TRUE(file.has_value()) << lines(file);
    const Service& service = file->services[0];
    EXPECT_EQ(service.name, "待遇申领");
    EXPECT_EQ(service.promised_days, 0) << "said, though it is the default";
    EXPECT_FALSE(service.asks_own_wish);
    EXPECT_EQ(service.handling, Handling::here);
    EXPECT_EQ(service.legal_days, 20) << "not said";
    ASSERT_EQ(service.materials.size(), 1U);
    EXPECT_TRUE(rules(*file).services(0).materials(0).conditional());
    EXPECT_EQ(service.guide.size(), 2U);
}

TEST_F(Halls, AServiceNamesAnItemOfAnotherCodeAndSeveralMayShareOne) {
    const auto file = hall("[[service]]\ncode = \"pension\"",
                           "[[service]]\ncode = \"second\"\nitem = \"pension\"\nletter = \"A\"\n"
                           "expected_min = 5\n[[service]]\ncode = \"pension\"",
                           kItem);
    EXPECT_THAT(lines(file), HasSubstr("no window serves \"second\"")) << "and nothing else";
    EXPECT_EQ(file.error().size(), 1U);
}

TEST_F(Halls, AnApprovalOfZhuangCoversTheTextItStandsBeside) {
    const std::string approved =
        kItem.substr(0, kItem.find("[[item.mat")) + "name_za = \"Vah\"\nza_approved = true\n";
    EXPECT_TRUE(hall("", "", approved)->services[0].za_approved);
    const auto own = hall("expected_min", "name_za = \"Cuengh\"\nexpected_min", approved);
    EXPECT_EQ(own->services[0].name_za, "Cuengh");
    EXPECT_FALSE(own->services[0].za_approved);
}

TEST_F(Halls, MistakesAboutItemsAreNamedInTheFileThatMakesThem) {
    const std::string here = (folder_ / "hall.toml").string();
    const std::string there = (folder_ / "catalogue.toml").string();
    EXPECT_EQ(
        lines(hall("letter = \"A\"\nname = \"待",
                   "item = \"pensoin\"\nletter = \"A\"\nname = "
                   "\"待",
                   kItem)),
        here + ":13:8: there is no item \"pensoin\" in " + there + " (did you mean pension?)\n");
    EXPECT_EQ(lines(hall("short_name = \"养老金\"\n", "",
                         "[[item]]\ncode = \"pension\"\nname = "
                         "\"x\"\n")),
              here + ":11:1: [[service]] lacks `short_name`, and so does its item \"pension\"\n");
    EXPECT_EQ(lines(hall("expected_min", "promised_days = 21\nexpected_min", kItem)),
              here +
                  ":16:17: with its item \"pension\" the service promises 21 working days, more "
                  "than the 20 that the law allows\n");
    EXPECT_EQ(lines(hall("short_name = \"养老金\"\n", "", "[[item]]\ncode = \"pension\"\n")),
              there + ":1:1: [[item]] lacks `name`\n")
        << "what a broken catalogue does not say is no mistake of the hall";
    EXPECT_THAT(lines(hall("", "", "[[item]\n")), HasSubstr(there + ":1:"));
    EXPECT_THAT(lines(hall("", "", "")), HasSubstr(there + ": is empty"));
    EXPECT_THAT(lines(hall("", "", "x = 1\n")), HasSubstr(there + ":1:1: the file has no key `x`"));
    std::filesystem::remove(folder_ / "catalogue.toml");
    EXPECT_EQ(lines(load(here)),
              here + ":4:13: the catalogue " + there + ": there is no such file\n");
    EXPECT_THAT(lines(parse(changed("letter = \"A\"\nname = \"待",
                                    "item = \"pension\"\nletter = "
                                    "\"A\"\nname = \"待"),
                            "hall.toml")),
                HasSubstr("hall.toml:12:8: the service names the item \"pension\", but [hall] "
                          "names no catalogue"));
}

TEST_F(Halls, MoreThanTheLogHoldsInOneEventIsRefused) {
    std::string catalogue = kItem;
    for (int i = 0; i < 38; ++i) {
        catalogue += "[[item.material]]\ncode = \"m" + std::to_string(i) + "\"\nname = \"" +
                     std::string(390, 'n') + "\"\nnote = \"" + std::string(390, 'o') +
                     "\"\nlegal_basis = \"" + std::string(390, 'b') + "\"\n";
    }
    std::string services;
    std::string codes;
    for (int i = 0; i < 60; ++i) {
        const std::string code = "s" + std::to_string(i);
        services += "[[service]]\ncode = \"" + code + "\"\nitem = \"pension\"\nletter = \"A\"\n" +
                    "expected_min = 5\n";
        codes += "\"" + code + "\", ";
    }
    write("catalogue.toml", catalogue);
    std::string text = changed("services = [", "services = [" + codes);
    text.replace(text.find("[[category]]"), 0, services);
    text.replace(text.find("time_zone"), 0, "catalogue = \"catalogue.toml\"\n");
    const auto file = load(write("hall.toml", text));
    EXPECT_THAT(lines(file), HasSubstr("says more than 2097152 bytes with its catalogue"));
    catalogue += "[[item.material]]\ncode = \"m38\"\nname = \"x\"\n";
    EXPECT_THAT(lines(hall("", "", catalogue)),
                HasSubstr("the file has 41 [[item.material]]: at most 40 are allowed"));
}

TEST(CareFile, NamesAllMistakesOfAHallAndItsCatalogueInOneRun) {
    const std::string folder = HALL_SOURCE_DIR "/tests/config/";
    const std::vector<std::string> expected = {
        "care_mistakes.toml:8:18: printer \"bands\" makes wristbands, no slips: its paper_mm is 25 "
        "(did you mean slips?)",
        "care_mistakes.toml:9:16: printer \"slips\" makes slips, no wristbands: its paper_mm is 80 "
        "(did you mean bands?)",
        "care_mistakes.toml:16:10: the letter Z is that of slips written on paper: use another "
        "from A to Y",
        "care_mistakes.toml:26:17: 6 promised working days are more than the 5 that the law allows",
        "care_mistakes.toml:27:12: `handling` of [[service]] is \"everywhere\": it must be one of "
        "here, region_wide, online, collect_for_other, joint",
        "care_mistakes.toml:28:9: `guide` of [[service]] must be a list of texts such as [\"a\", "
        "\"b\"], not a text",
        "care_mistakes.toml:34:15: shared data proves \"photo\", so nobody may ask for it: drop "
        "conditional or proved_by_data",
        "care_mistakes.toml:37:8: material \"photo\" is there twice, first in line 31",
        "care_mistakes.toml:39:8: `kind` of [[service.material]] is \"picture\": it must be one of "
        "proof, identity, form",
        "care_mistakes.toml:40:1: [[service.material]] has no key `need`",
        "care_mistakes.toml:56:7: socket:// is for label printers: say language = \"zpl\"",
        "care_mistakes.toml:59:12: printer \"bands\" makes wristbands: it cannot stand in for "
        "\"slips\"",
        "care_mistakes.toml:63:7: \"ipp://band.local/\" is not a label printer: write cups:QUEUE "
        "or socket://HOST:PORT",
        "care_mistakes.toml:72:12: zpl is for wristbands, whose paper_mm is 25: slips are pdf",
        "care_mistakes.toml:79:9: 12 priority seats do not fit zone \"waiting\" of 10",
        "care_mistakes.toml:85:9: `stage` of [[station]] is \"form_fill\": it must be one of "
        "reception, consultation, copying, form_filling, acceptance, processing, feedback (did you "
        "mean form_filling?)",
        "care_mistakes.toml:87:1: a scan at station \"nothing\" would do nothing: give it a stage, "
        "a window or both",
        "care_mistakes.toml:92:8: station \"desk\" is there twice, first in line 83",
        "care_mistakes.toml:94:10: there is no window \"2\"",
        "care_mistakes.toml:98:17: `training_days` of [emergency] is 0: it must be 1 to 3650",
        "care_mistakes.toml:101:13: `case_days` of [retention] is 4000: it must be 1 to 3650",
        "mistaken_catalogue.toml:3:1: [[item]] lacks `name`",
        "mistaken_catalogue.toml:6:1: [[item]] has no key `expected_min`",
        "mistaken_catalogue.toml:9:8: item \"pension\" is there twice, first in line 4",
        "mistaken_catalogue.toml:11:17: `promised_days` of [[item]] is -1: it must be 0 to 365",
        "mistaken_catalogue.toml:13:1: [[item.material]] lacks `code`",
        "mistaken_catalogue.toml:16:3: the file has no key `itme` (did you mean item?)",
    };
    const auto file = load(folder + "care_mistakes.toml");
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().size(), expected.size()) << lines(file);
    for (std::size_t i = 0; i < std::min(expected.size(), file.error().size()); ++i) {
        EXPECT_EQ(to_string(file.error()[i]), folder + expected[i]);
    }
}

TEST(CareRules, CarryWhatIsThereForPeopleAndHowLongItIsKept) {
    const auto file = parse(changed("time_zone", "band_printer = \"b\"\ntime_zone") + R"([[printer]]
name = "a"
uri = "socket://[::1]:9100"
paper_mm = 25
language = "zpl"
zone = "waiting"
[[printer]]
name = "b"
uri = "cups:bands"
paper_mm = 25
zone = "waiting"
fallback = "a"
[[printer]]
name = "slips"
uri = "cups:slips"
paper_mm = 80
zone = "waiting"
[[facility]]
code = "seat"
name = "爱心专座"
kind = "seat"
count = 12
zone = "waiting"
[[facility]]
code = "water"
name = "水"
kind = "consumable"
count = 9
[[station]]
code = "copier"
name = "复印台"
stage = "copying"
[[station]]
code = "console"
name = "窗口"
window = 1
[emergency]
acknowledge_s = 20
training_days = 100
steps = ["拨打 120", "取 AED"]
[entry_check]
mode = "temperature"
limit_c = 37.5
[retention]
check_in_days = 1
case_days = 2
emergency_days = 3
note_days = 4
)",
                            "hall.toml");
    ASSERT_TRUE(file.has_value()) << lines(file);
    const protocol::HallRules made = rules(*file);
    EXPECT_EQ(made.band_printer(), "b");
    EXPECT_EQ(made.ticket_printer(), "slips") << "the first one that makes slips";
    EXPECT_EQ(file->printers[0].language, PrinterLanguage::zpl);
    EXPECT_EQ(file->printers[1].language, PrinterLanguage::pdf);
    EXPECT_EQ(made.facilities(0).kind(), protocol::FacilityKind::seat);
    EXPECT_EQ(made.facilities(0).count(), 12U);
    EXPECT_EQ(made.facilities(0).zone(), "waiting");
    EXPECT_EQ(made.facilities(1).kind(), protocol::FacilityKind::consumable);
    EXPECT_EQ(made.stations(0).stage(), protocol::CaseStage::copying);
    EXPECT_EQ(made.stations(0).window(), 0U);
    EXPECT_EQ(made.stations(1).stage(), protocol::CaseStage::unknown);
    EXPECT_EQ(made.stations(1).window(), 1U);
    EXPECT_EQ(made.emergency_ack_ms(), 20'000);
    EXPECT_EQ(made.emergency_steps(1), "取 AED");
    EXPECT_EQ(made.training_days(), 100U);
    EXPECT_EQ(made.entry_check(), protocol::EntryCheck::temperature);
    EXPECT_EQ(made.temperature_limit_tenths(), 375U);
    ASSERT_EQ(made.retention_size(), 4);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(made.retention(i).days(), std::uint32_t(i + 1));
    EXPECT_EQ(made.retention(0).kind(), protocol::VaultKind::check_in);
    EXPECT_EQ(made.retention(1).kind(), protocol::VaultKind::case_file);
    EXPECT_EQ(made.retention(2).kind(), protocol::VaultKind::emergency);
    EXPECT_EQ(made.retention(3).kind(), protocol::VaultKind::note);
}

TEST(CareRules, AHallThatSaysNothingHasTheDesignsDefaults) {
    const auto file = parse(kSmallHall, "hall.toml");
    ASSERT_TRUE(file.has_value());
    const protocol::HallRules made = rules(*file);
    EXPECT_EQ(made.band_printer(), "");
    EXPECT_EQ(made.emergency_ack_ms(), 30'000);
    EXPECT_EQ(made.training_days(), 365U);
    EXPECT_EQ(made.entry_check(), protocol::EntryCheck::off);
    EXPECT_EQ(made.temperature_limit_tenths(), 373U);
    EXPECT_EQ(made.retention(0).days(), 30U);
    EXPECT_EQ(made.services(0).promised_days(), 0U);
    EXPECT_EQ(made.services(0).handling(), protocol::Handling::here);
    EXPECT_EQ(made.services(0).materials_size(), 0);
}

TEST(LabelPrinters, AreAQueueOrAHostWithAPort) {
    const auto uri = [](const std::string& text) {
        return lines(parse(kSmallHall + "[[printer]]\nname = \"p\"\nuri = \"" + text +
                               "\"\npaper_mm = 25\nlanguage = \"zpl\"\nzone = \"waiting\"\n",
                           "hall.toml"));
    };
    for (const char* good :
         {"cups:bands", "socket://band.local:9100", "socket://192.0.2.7:65535"}) {
        EXPECT_EQ(uri(good), "") << good;
    }
    for (const char* bad : {"socket://band.local", "socket://:9100", "socket://b:0",
                            "socket://b:", "socket://b:65536", "socket://b:91000000000",
                            "socket://b/c:9100", "socket://", "cups:", "ipps://b/"}) {
        EXPECT_THAT(uri(bad), HasSubstr("is not a label printer")) << bad;
    }
}

}  // namespace
}  // namespace hall::config
