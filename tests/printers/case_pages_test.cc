// The papers of a case and the guides: what is on them, read back from the PDF.
#include "printers/layout/case_pages.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "printers/layout/captions.h"
#include "printers/layout/paper_guide.h"

namespace hall::printers::layout {
namespace {

const Typesetter& letters() {
    static const Typesetter shared;
    return shared;
}

// Its text without white space, as pdftotext reads it.
std::string read_back(const Page& page) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("nuanting-case-page-" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << page.pdf();
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        ::popen(("pdftotext -raw " + file.string() + " -").c_str(), "r"), ::pclose);
    std::string text;
    std::array<char, 4096> buffer{};
    size_t got = 0;
    while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) {
        text.append(buffer.data(), got);
    }
    std::filesystem::remove(file);
    std::erase_if(text, [](unsigned char c) { return c <= ' '; });
    return text;
}

auto lines_to_write_on(const Page& page) {
    return std::count_if(page.drawn().begin(), page.drawn().end(),
                         [](const Drawn& drawn) { return drawn.role == Role::sign; });
}

FormSheet known_form() {
    FormSheet form;
    form.hall_name = "横州市社会保险服务大厅";
    form.service = "城乡居民养老保险待遇申领";
    form.case_number = "17";
    form.name = "王小明";
    form.identity = "11010519491231002X";
    form.phone = "13978886666";
    form.proxy = "亲友代办";
    form.relation = "外甥女";
    form.own_wish = true;
    form.materials = {{"身份证", "原件和复印件一份", true}, {"银行卡", "", false}};
    return form;
}

TEST(FormPaper, WhatTheHallKnowsIsFilledInAndWhatItDoesNotIsALineToWriteOn) {
    const FormPage full(letters(), known_form(), Paper::a4);
    const std::string text = read_back(full);
    for (const char* words : {"申请人王小明", "身份证号11010519491231002X", "联系电话13978886666",
                              "代办方式亲友代办", "与申请人关系外甥女"}) {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    }
    EXPECT_EQ(full.pages(), 1U);
    EXPECT_EQ(lines_to_write_on(full), 3);  // signatures and the date

    FormSheet unknown = known_form();
    for (auto* field : {&unknown.name, &unknown.identity, &unknown.phone, &unknown.relation}) {
        field->clear();
    }
    const FormPage empty(letters(), unknown, Paper::a4);
    EXPECT_EQ(lines_to_write_on(empty), 7);
    const std::string captions = read_back(empty);
    for (const std::string& caption :
         {caption_name(), caption_identity(), caption_phone_number(), caption_relation()}) {
        EXPECT_NE(captions.find(caption), std::string::npos) << caption;
    }
}

TEST(FormPaper, WhoCameThemselvesIsNotAskedForAProxy) {
    FormSheet form = known_form();
    form.proxy.clear();
    form.relation.clear();
    const FormPage page(letters(), form, Paper::a4);
    EXPECT_EQ(read_back(page).find(caption_relation()), std::string::npos);
    EXPECT_EQ(lines_to_write_on(page), 2);
}

TEST(FormPaper, ALineToWriteOnIsLongEnoughOnEveryPaper) {
    FormSheet form = known_form();
    for (auto* field : {&form.name, &form.identity, &form.phone, &form.relation}) field->clear();
    for (const Paper paper : {Paper::roll_58mm, Paper::roll_80mm, Paper::a4}) {
        const FormPage page(letters(), form, paper);
        for (const Drawn& drawn : page.drawn()) {
            if (drawn.role != Role::sign) continue;
            EXPECT_GE(drawn.ink_mm.width, paper == Paper::a4 ? 60 : 20);
            EXPECT_LE(drawn.ink_mm.right(), page.width_mm());
        }
    }
}

protocol::CatalogueItem item_without_words() {
    protocol::CatalogueItem item;
    item.set_code("pension");
    item.set_name("城乡居民养老保险待遇申领");
    item.set_promised_days(10);
    auto* card = item.add_materials();
    card->set_name("身份证");
    card->set_note("原件,我们当场复印");
    item.add_materials()->set_name("银行卡");
    auto* proved = item.add_materials();
    proved->set_name("户口本");
    proved->set_proved_by_data(true);
    item.add_windows(2);
    item.add_windows(3);
    return item;
}

TEST(GuidePaper, AServiceWithoutWordsOfItsOwnStillTellsWhatToBringWhereAndHowLong) {
    for (const Paper paper : {Paper::roll_58mm, Paper::roll_80mm, Paper::a4}) {
        const PaperGuide page(letters(), item_without_words(), "横州市社会保险服务大厅", paper);
        const std::string text = read_back(page);
        for (const char* words :
             {"横州市社会保险服务大厅", "城乡居民养老保险待遇申领", "身份证", "原件,我们当场复印",
              "银行卡", "不用带:户口本", "10个工作日内办好", "2、3号", "12333"}) {
            EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
        }
        EXPECT_TRUE(page.warnings().empty());
        for (const Drawn& drawn : page.drawn()) {
            if (drawn.em_pt == 0) continue;
            EXPECT_GE(drawn.em_pt, kBodyMin_pt) << drawn.text;
        }
    }
}

TEST(NoticePaper, EverythingThatIsMissingIsNamedAndTheDay) {
    NoticeSlip slip;
    slip.hall_name = "横州市社会保险服务大厅";
    slip.case_number = "办件号 17";
    slip.service = "城乡居民养老保险待遇申领";
    slip.missing = {{"一寸照片", "两张", false}, {"委托书", "", true}};
    slip.day = "11月26日";
    slip.weekday = "星期四";
    slip.code = "hengzhou/case/17";
    slip.footer = {"来了先找引导员,接着办。"};
    const std::string text = read_back(NoticePage(letters(), slip, Paper::roll_80mm));
    for (const char* words : {"一寸照片", "两张", "委托书", "11月26日", "星期四"}) {
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    }
}

}  // namespace
}  // namespace hall::printers::layout
