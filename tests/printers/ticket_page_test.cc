// Measures the paper: where the ink is, how high it is, and whether it can be read back.
#include "printers/layout/ticket_page.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "printers/layout/captions.h"

namespace hall::printers::layout {
namespace {

constexpr std::array kPapers = {Paper::roll_58mm, Paper::roll_80mm};

const Typesetter& typesetter() {
    static const Typesetter shared;
    return shared;
}

TicketSlip full_slip() {
    TicketSlip slip;
    slip.number = "A023";
    slip.hall_name = "横州市社会保险服务大厅";
    slip.services = {"城乡居民养老保险待遇申领", "社会保障卡申领"};
    slip.green_channel = true;
    slip.people_ahead = 12;
    slip.wait = "115–120 分钟";
    slip.issued_at = "11月24日 09:42";
    slip.early_waiting = true;
    slip.early_waiting_hint = "8:30 开始办理，不用再取号。";
    slip.reprint = true;
    slip.code = "hengzhou/2026-11-24/A023";
    slip.footer = {"听到叫号，请到窗口。"};
    return slip;
}

// 110 hanzi without a space or a comma: the longest name of the catalogue.
std::string longest_service() {
    std::string name;
    for (int i = 0; i < 11; ++i) name += "被征地农民养老保险审";
    return name;
}

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "nuanting-page.XXXXXX");
        if (::mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string file(const std::string& name, const std::string& content) const {
        const std::filesystem::path path = path_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

  private:
    std::filesystem::path path_;
};

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string result;
    std::array<char, 4096> buffer{};
    size_t got = 0;
    while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) {
        result.append(buffer.data(), got);
    }
    return result;
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](unsigned char c) { return c <= ' '; });
    return text;
}

std::string text_of(const TicketPage& page) {
    const Folder folder;
    return without_spaces(
        output_of("pdftotext -raw " + folder.file("page.pdf", page.pdf()) + " -"));
}

// Rows with a black dot: first and last.
std::pair<int, int> inked_rows(const Bitmap& bitmap) {
    const auto black = std::find(bitmap.dots.begin(), bitmap.dots.end(), 0);
    const auto last = std::find(bitmap.dots.rbegin(), bitmap.dots.rend(), 0);
    return {static_cast<int>((black - bitmap.dots.begin()) / bitmap.width),
            static_cast<int>((bitmap.dots.rend() - last - 1) / bitmap.width)};
}

TEST(TicketPaper, SizesAreWhatOldEyesNeed) {
    for (const Paper paper : kPapers) {
        for (const char* number : {"A001", "W888", "B1005"}) {
            TicketSlip slip = full_slip();
            slip.number = number;
            const TicketPage page(typesetter(), slip, paper);
            for (const Drawn& drawn : page.drawn()) {
                switch (drawn.role) {
                    case Role::number:
                        EXPECT_GE(drawn.em_pt, kNumberMin_pt);
                        // Five characters on the narrow roll are as high as they can be.
                        if (paper == Paper::roll_80mm || std::string(number).size() == 4) {
                            EXPECT_GE(drawn.ink_mm.height, 15.0) << number;
                        }
                        break;
                    case Role::service:
                    case Role::title:
                    case Role::day:
                        EXPECT_GE(drawn.em_pt, kServiceMin_pt) << drawn.text;
                        break;
                    case Role::green_mark:
                        EXPECT_GE(drawn.ink_mm.height, 10.0);
                        break;
                    case Role::code:
                        EXPECT_GE(drawn.ink_mm.height, 15.0);
                        break;
                    case Role::hall:
                    case Role::reprint:
                    case Role::green_word:
                    case Role::body:
                    case Role::ahead:
                    case Role::item:
                    case Role::name:
                    case Role::page_number:
                        EXPECT_GE(drawn.em_pt, kBodyMin_pt) << drawn.text;
                        break;
                    case Role::tick_box:
                    case Role::sign:
                        ADD_FAILURE() << "a ticket is not filled in";
                        break;
                }
            }
        }
    }
}

TEST(TicketPaper, TheDigitsOfAnOrdinaryNumberAreEighteenMillimetresHighOnBothRolls) {
    for (const Paper paper : kPapers) {
        TicketSlip slip;
        slip.number = "A023";
        const TicketPage page(typesetter(), slip, paper);
        // Measured on the dots, not on what the layout believes.
        const auto [first, last] = inked_rows(page.bitmap(kThermalDpi));
        EXPECT_GE((last - first + 1) * 25.4 / kThermalDpi, kNumberHeightMin_mm);
    }
}

TEST(TicketPaper, NothingLiesWithinFourMillimetresOfTheCutOrBeyondTheSides) {
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), full_slip(), paper);
        for (const Drawn& drawn : page.drawn()) {
            EXPECT_GE(drawn.ink_mm.y, kCutMargin_mm - 0.01) << drawn.text;
            EXPECT_LE(drawn.ink_mm.bottom(), page.height_mm() - kCutMargin_mm) << drawn.text;
            EXPECT_GE(drawn.ink_mm.x, 0) << drawn.text;
            EXPECT_LE(drawn.ink_mm.right(), page.width_mm()) << drawn.text;
        }
        const Bitmap bitmap = page.bitmap(kThermalDpi);
        const auto [first, last] = inked_rows(bitmap);
        EXPECT_GE(first * 25.4 / kThermalDpi, kCutMargin_mm - 0.13);
        EXPECT_LE((last + 1) * 25.4 / kThermalDpi, page.height_mm() - kCutMargin_mm);
        for (int row = 0; row < bitmap.height; ++row) {
            const auto start = static_cast<size_t>(row) * static_cast<size_t>(bitmap.width);
            ASSERT_EQ(bitmap.dots[start], 255);
            ASSERT_EQ(bitmap.dots[start + static_cast<size_t>(bitmap.width) - 1], 255);
        }
    }
}

TEST(TicketPaper, NoTwoPiecesOverlap) {
    for (const Paper paper : kPapers) {
        TicketSlip slip = full_slip();
        slip.services.push_back(longest_service());
        const TicketPage page(typesetter(), slip, paper);
        const std::vector<Drawn>& drawn = page.drawn();
        for (size_t i = 0; i < drawn.size(); ++i) {
            for (size_t j = i + 1; j < drawn.size(); ++j) {
                if (drawn[i].role == Role::green_mark && drawn[j].role == Role::green_mark)
                    continue;
                const Box& a = drawn[i].ink_mm;
                const Box& b = drawn[j].ink_mm;
                EXPECT_FALSE(a.x < b.right() && b.x < a.right() && a.y < b.bottom() &&
                             b.y < a.bottom())
                    << drawn[i].text << " and " << drawn[j].text;
            }
        }
    }
}

TEST(TicketPaper, HowLongItMayTakeIsOnTheSlipAndNothingWhenNobodyKnows) {
    for (const Paper paper : kPapers) {
        TicketSlip slip = full_slip();
        EXPECT_NE(text_of(TicketPage(typesetter(), slip, paper)).find("预计等候115–120分钟"),
                  std::string::npos);
        slip.wait.clear();
        EXPECT_EQ(text_of(TicketPage(typesetter(), slip, paper)).find("预计"), std::string::npos);
    }
}

TEST(TicketPaper, EveryServiceOfTheVisitIsListedInItsOrder) {
    for (const Paper paper : kPapers) {
        TicketSlip slip = full_slip();
        slip.services = {"城乡居民养老保险", "社会保障卡申领", "领取资格认证"};
        const std::string text = text_of(TicketPage(typesetter(), slip, paper));
        std::size_t at = 0;
        for (const std::string& service : slip.services) {
            const std::size_t found = text.find(service, at);
            ASSERT_NE(found, std::string::npos) << service;
            at = found;
        }
    }
}

TEST(TicketPaper, RollsAreAsWideAsTheirPrintHeads) {
    const TicketPage narrow(typesetter(), full_slip(), Paper::roll_58mm);
    EXPECT_EQ(narrow.bitmap(kThermalDpi).width, 384);
    const TicketPage wide(typesetter(), full_slip(), Paper::roll_80mm);
    EXPECT_EQ(wide.bitmap(kThermalDpi).width, 576);
}

TEST(TicketPaper, AScannerReadsTheCodeFromTheDots) {
    const Folder folder;
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), full_slip(), paper);
        const std::string file = folder.file("page.png", png(page.bitmap(kThermalDpi)));
        EXPECT_EQ(output_of("zbarimg -q --raw " + file + " 2>/dev/null"),
                  "hengzhou/2026-11-24/A023\n");
    }
}

TEST(TicketPaper, EveryWordIsInTheText) {
    for (const Paper paper : kPapers) {
        const std::string text = text_of(TicketPage(typesetter(), full_slip(), paper));
        for (const std::string& word :
             {std::string("横州市社会保险服务大厅"), std::string("A023"), caption_reprint(),
              caption_green_channel(), caption_green_mark(), caption_services(),
              std::string("城乡居民养老保险待遇申领"), std::string("社会保障卡申领"),
              caption_early_waiting(), std::string("8:30开始办理，不用再取号。"), caption_ahead(),
              without_spaces(caption_people(12)), caption_issued(), std::string("11月24日09:42"),
              std::string("听到叫号，请到窗口。")}) {
            EXPECT_NE(text.find(word), std::string::npos) << word << " in " << text;
        }
    }
}

TEST(TicketPaper, MarksAppearOnlyWhereTheyAreTrue) {
    TicketSlip slip = full_slip();
    slip.green_channel = false;
    slip.reprint = false;
    slip.early_waiting = false;
    slip.people_ahead = 0;
    const std::string text = text_of(TicketPage(typesetter(), slip, Paper::roll_80mm));
    for (const std::string& word :
         {caption_green_channel(), caption_green_mark(), caption_reprint(), caption_early_waiting(),
          caption_ahead(), without_spaces(caption_people(0))}) {
        EXPECT_EQ(text.find(word), std::string::npos) << word;
    }
}

TEST(TicketPaper, TheLongestServiceNameWrapsAndIsNeverCut) {
    for (const Paper paper : kPapers) {
        TicketSlip slip = full_slip();
        slip.services = {longest_service()};
        const TicketPage page(typesetter(), slip, paper);
        EXPECT_NE(text_of(page).find(longest_service()), std::string::npos);
        EXPECT_TRUE(page.warnings().empty());
        // An ellipsis keeps its text in a PDF, so the ink is measured too: room for 110 squares.
        for (const Drawn& drawn : page.drawn()) {
            if (drawn.text.size() < longest_service().size()) continue;
            const double em_mm = drawn.em_pt * kMmPerPoint;
            EXPECT_GE(drawn.ink_mm.width * drawn.ink_mm.height, 110 * em_mm * em_mm * 0.9);
            EXPECT_GE(drawn.ink_mm.height, drawn.lines * em_mm * 0.9);
        }
    }
}

TEST(TicketPaper, RareCharactersAndZhuangLettersHaveGlyphs) {
    TicketSlip slip = full_slip();
    slip.hall_name = "䶮㙟𠮷街道";
    slip.services = {"Ƃouxgya daihlwngz ŋəɯƨƽ"};
    const TicketPage page(typesetter(), slip, Paper::roll_80mm);
    EXPECT_TRUE(page.warnings().empty()) << page.warnings().front();
}

TEST(TicketPaper, ACharacterWithoutAGlyphPrintsTheRestAndIsReported) {
    TicketSlip slip = full_slip();
    slip.services = {"养老\xF3\xB0\x80\x80待遇"};  // U+F0000, private use
    const TicketPage page(typesetter(), slip, Paper::roll_80mm);
    EXPECT_EQ(page.warnings(), std::vector<std::string>{"unknown_glyphs:1"});
    EXPECT_NE(text_of(page).find("待遇"), std::string::npos);
}

TEST(TicketPaper, HostileTextPrintsAsText) {
    TicketSlip slip = full_slip();
    slip.services = {"<span size='1'>养老</span> & %s %n $(reboot)",
                     "line\nbreak\ttab\x1b@\x1d\x56\x00zero",  // ESC/POS reset and cut
                     "\xE2\x80\xAE"
                     "021A",  // right-to-left override
                     "bad \xFF\xC3\x28 bytes"};
    slip.hall_name = std::string(100'000, 'x');
    slip.code = std::string(5'000, 'y');
    const TicketPage page(typesetter(), slip, Paper::roll_80mm);
    const std::string text = text_of(page);
    EXPECT_NE(text.find("<spansize='1'>养老</span>&%s%n$(reboot)"), std::string::npos) << text;
    EXPECT_NE(text.find("linebreaktab@V"), std::string::npos) << text;
    EXPECT_NE(text.find("021A"), std::string::npos) << text;
    EXPECT_NE(text.find("(bytes"), std::string::npos) << text;
    EXPECT_EQ(page.warnings(), (std::vector<std::string>{"code_left_out", "text_shortened"}));
    EXPECT_LT(page.height_mm(), 1'500);
}

TEST(TicketPaper, AnEmptySlipIsAShortWhitePage) {
    const TicketPage page(typesetter(), TicketSlip{}, Paper::roll_58mm);
    EXPECT_LT(page.height_mm(), 30);
    EXPECT_GT(page.bitmap(kThermalDpi).height, 0);
    EXPECT_FALSE(page.pdf().empty());
}

AppointmentSlip full_appointment() {
    AppointmentSlip slip;
    slip.hall_name = "横州市社会保险服务大厅";
    slip.title = "留件回执";
    slip.day = "12月24日";
    slip.weekday = "星期四";
    slip.time = "10:30";
    slip.number = "预约号 12345";
    slip.services = {"城乡居民养老保险待遇申领", "社会保障卡申领"};
    slip.green_channel = true;
    slip.reprint = true;
    slip.code = "hengzhou/appointment/12345";
    slip.promises = {"上次已等候,下次优先"};
    slip.footer = {"请在 10:45 前到厅,晚了按现场取号排队。",
                   "请带身份证和办事材料,到厅先找引导员。"};
    return slip;
}

// The rules of a ticket hold for it: what is largest is when to come.
TEST(AppointmentPaper, SizesAreThoseOfATicketAndTheTimeIsTheLargest) {
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), full_appointment(), paper);
        double time_pt = 0;
        double largest_pt = 0;
        for (const Drawn& drawn : page.drawn()) {
            EXPECT_TRUE(page.warnings().empty());
            if (drawn.role == Role::code) {
                EXPECT_GE(drawn.ink_mm.height, 15.0);
                continue;
            }
            if (drawn.role == Role::green_mark) continue;
            if (drawn.role == Role::number) {
                EXPECT_EQ(drawn.text, "10:30");
                EXPECT_GE(drawn.em_pt, kNumberMin_pt);
                EXPECT_GE(drawn.ink_mm.height,
                          paper == Paper::roll_80mm ? kNumberHeightMin_mm : 15.0);
                time_pt = drawn.em_pt;
                continue;
            }
            const bool small = drawn.role == Role::body || drawn.role == Role::hall;
            EXPECT_GE(drawn.em_pt, small ? kBodyMin_pt : kServiceMin_pt) << drawn.text;
            largest_pt = std::max(largest_pt, drawn.em_pt);
        }
        EXPECT_GT(time_pt, largest_pt);
    }
}

TEST(AppointmentPaper, NothingIsCutOrCoversAnother) {
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), full_appointment(), paper);
        const std::vector<Drawn>& drawn = page.drawn();
        for (size_t i = 0; i < drawn.size(); ++i) {
            const Box& a = drawn[i].ink_mm;
            EXPECT_GE(a.y, kCutMargin_mm - 0.01) << drawn[i].text;
            EXPECT_LE(a.bottom(), page.height_mm() - kCutMargin_mm) << drawn[i].text;
            EXPECT_GE(a.x, 0) << drawn[i].text;
            EXPECT_LE(a.right(), page.width_mm()) << drawn[i].text;
            for (size_t j = i + 1; j < drawn.size(); ++j) {
                if (drawn[i].role == Role::green_mark && drawn[j].role == Role::green_mark) {
                    continue;
                }
                const Box& b = drawn[j].ink_mm;
                EXPECT_FALSE(a.x < b.right() && b.x < a.right() && a.y < b.bottom() &&
                             b.y < a.bottom())
                    << drawn[i].text << " and " << drawn[j].text;
            }
        }
    }
}

TEST(AppointmentPaper, EveryWordIsInTheTextAndAScannerReadsItsCode) {
    const Folder folder;
    const AppointmentSlip slip = full_appointment();
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), slip, paper);
        const std::string text = text_of(page);
        for (const std::string& word :
             {slip.hall_name, slip.title, slip.day, slip.weekday, slip.time, slip.number,
              slip.services[0], slip.services[1], slip.promises[0], slip.footer[0], slip.footer[1],
              caption_green_channel(), caption_reprint()}) {
            EXPECT_NE(text.find(without_spaces(word)), std::string::npos) << word << " in " << text;
        }
        const std::string file = folder.file("page.png", png(page.bitmap(kThermalDpi)));
        EXPECT_EQ(output_of("zbarimg -q --raw " + file + " 2>/dev/null"), slip.code + "\n");
    }
}

TEST(AppointmentPaper, ADateIsNeverBroken) {
    for (const Paper paper : kPapers) {
        const TicketPage page(typesetter(), full_appointment(), paper);
        for (const Drawn& drawn : page.drawn()) {
            if (drawn.role == Role::day) {
                EXPECT_EQ(drawn.lines, 1) << drawn.text;
            }
        }
    }
}

TEST(AppointmentPaper, WithoutASlotItSaysAnyDayAndNoTime) {
    AppointmentSlip slip = full_appointment();
    slip.day = "任意一天来都可以";
    slip.weekday = "";
    slip.time = "";
    const TicketPage page(typesetter(), slip, Paper::roll_58mm);
    for (const Drawn& drawn : page.drawn()) EXPECT_NE(drawn.role, Role::number);
    EXPECT_NE(text_of(page).find(slip.day), std::string::npos);
}

TEST(PrintableText, IsOneLineOfValidCharactersAndBounded) {
    EXPECT_EQ(printable("a\r\n\tb"), "a b");
    EXPECT_EQ(printable("\xE2\x80\xAE"
                        "12\xE2\x80\x8B"),
              "12");
    EXPECT_EQ(printable("\xFF"), "\xEF\xBF\xBD");
    const std::string shortened = printable(std::string(10'000, 'x'));
    EXPECT_EQ(shortened.size(), kTextCharactersMax - 1 + 3);
    EXPECT_TRUE(shortened.ends_with("…"));
    EXPECT_EQ(printable(std::string(kTextCharactersMax, 'x')).size(), kTextCharactersMax);
}

}  // namespace
}  // namespace hall::printers::layout
