// A band is read back by programs that others wrote: poppler and zbar for its PDF, zpl-renderer-js
// and zbar for its ZPL; printed on a real ippeveprinter and sent to a label printer's socket.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "printers/spooler/raw_spooler.h"
#include "printers/spooler/spooler.h"
#include "tests/printers/cups_fixture.h"
#include "wristband/label/band_page.h"
#include "wristband/label/zpl.h"

namespace hall::wristband {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using printers::Band;
using printers::layout::Bitmap;
using printers::layout::Box;
using printers::layout::Drawn;
using printers::layout::Role;
using printers::layout::Typesetter;
using printers::spooler::Condition;
using printers::spooler::Format;
using printers::spooler::Outcome;

constexpr const char* kToken = "W699F60RK4CSM6MV3EE1S9";

const Typesetter& typesetter() {
    static const Typesetter shared;
    return shared;
}

Band full_band() {
    return {"王小明", "办件号 17", "A023", true, "横州市社会保险服务大厅", kToken};
}

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "nuanting-band.XXXXXX");
        if (::mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    std::string file(const std::string& name, const std::string& content = "") const {
        const fs::path path = path_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

  private:
    fs::path path_;
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

// What zbarimg reads from a picture, a code a line.
std::string read_back(const std::string& picture) {
    return output_of("zbarimg -q --raw " + picture + " 2>/dev/null");
}

std::string every_code() {
    std::string lines;
    for (int i = 0; i < kCodesAlongBand; ++i) lines += std::string(kToken) + "\n";
    return lines;
}

std::vector<Band> bands() {
    std::vector<Band> all(5, full_band());
    all[1].name = "阿卜杜热西提·买买提明";
    all[1].language_sign = false;
    all[2].name = "𠮷䶮㙟";
    all[2].ticket = "";
    all[3].name = std::string();
    for (int i = 0; i < 40; ++i) all[3].name += "孫";
    all[3].hall_name = "广西壮族自治区横州市社会保险事业管理中心城乡居民养老保险服务大厅第二分厅";
    all[4].name = "Wolfeschlegelsteinhausenbergerdorff von Habsburg-Lothringen";
    return all;
}

TEST(BandPaper, NothingLeavesItsMarginsOrCoversAnother) {
    const std::vector<Band> all = bands();
    for (const Band& band : all) {
        const BandPage page(typesetter(), band);
        // Of the hall's name some may go, and that is said; of a person's nothing here does.
        const bool long_hall = &band == &all[3];
        EXPECT_EQ(page.warnings().size(), long_hall ? 1U : 0U) << band.name;
        const std::vector<Drawn>& drawn = page.drawn();
        for (size_t i = 0; i < drawn.size(); ++i) {
            const Box& a = drawn[i].ink_mm;
            EXPECT_GE(a.x, 5.9) << drawn[i].text;
            EXPECT_GE(a.y, kBandMargin_mm - 0.1) << drawn[i].text;
            EXPECT_LE(a.right(), kBandLength_mm - 5.9) << drawn[i].text;
            EXPECT_LE(a.bottom(), kBandWidth_mm - kBandMargin_mm + 0.1) << drawn[i].text;
            for (size_t j = i + 1; j < drawn.size(); ++j) {
                if (drawn[i].role == Role::sign && drawn[j].role == Role::sign) continue;
                const Box& b = drawn[j].ink_mm;
                // The quiet zone of a code is four modules of 0.59 mm.
                const double quiet =
                    drawn[i].role == Role::code || drawn[j].role == Role::code ? 2.3 : 0;
                EXPECT_FALSE(a.x - quiet < b.right() && b.x < a.right() + quiet &&
                             a.y < b.bottom() && b.y < a.bottom())
                    << drawn[i].text << " and " << drawn[j].text;
            }
        }
    }
}

TEST(BandPaper, TheNameIsTheLargestThingAndAnOrdinaryOneIsReadAcrossATable) {
    const BandPage page(typesetter(), full_band());
    for (const Drawn& drawn : page.drawn()) {
        if (drawn.role == Role::name) {
            EXPECT_GE(drawn.em_pt, 40);
        }
        if (drawn.role == Role::number || drawn.role == Role::ahead) {
            EXPECT_LE(drawn.em_pt, 25);
        }
    }
}

TEST(BandPaper, ANameOfSeveralPartsIsBrokenAtItsDotAndNoneIsCut) {
    for (const char* dot : {"·", "•", "・"}) {
        Band band = full_band();
        band.name = std::string("阿卜杜热西提") + dot + "买买提明";
        const BandPage page(typesetter(), band);
        const auto name = std::find_if(page.drawn().begin(), page.drawn().end(),
                                       [](const Drawn& d) { return d.role == Role::name; });
        ASSERT_NE(name, page.drawn().end());
        EXPECT_EQ(name->lines, 2);
        EXPECT_EQ(name->text, std::string("阿卜杜热西提") + dot + "\n买买提明");
        EXPECT_GE(name->em_pt, 20);
    }
}

TEST(BandPaper, TheSignSaysThatALanguageIsNeededAndNeverWhich) {
    Band band = full_band();
    const auto signs = [](const BandPage& page) {
        return std::count_if(page.drawn().begin(), page.drawn().end(),
                             [](const Drawn& d) { return d.role == Role::sign; });
    };
    EXPECT_EQ(signs(BandPage(typesetter(), band)), 2);  // the bubble and 语
    band.language_sign = false;
    EXPECT_EQ(signs(BandPage(typesetter(), band)), 0);
}

TEST(BandPaper, WhatCannotBeShownIsSaid) {
    Band band = full_band();
    band.name = "王\xF3\xB0\x80\x80明";  // U+F0000, private use
    EXPECT_EQ(BandPage(typesetter(), band).warnings(),
              std::vector<std::string>{"unknown_glyphs:1"});
    band.name = std::string(500, 'x');
    EXPECT_EQ(BandPage(typesetter(), band).warnings(), std::vector<std::string>{"text_shortened"});
}

TEST(BandPaper, EveryCodeOfThePdfIsRead) {
    const Folder folder;
    for (const Band& band : bands()) {
        const std::string pdf = folder.file("band.pdf", BandPage(typesetter(), band).pdf());
        const std::string size = output_of("pdfinfo " + pdf + " | grep 'Page size'");
        EXPECT_NE(size.find("72 x 504.567"), std::string::npos) << size;
        const std::string base = folder.file("page");
        output_of("pdftoppm -r 300 -png -singlefile " + pdf + " " + base);
        EXPECT_EQ(read_back(base + ".png"), every_code()) << band.name;
    }
}

TEST(BandZpl, IsOneGraphicOfTheWholeBand) {
    const Bitmap dots = BandPage(typesetter(), full_band()).bitmap(kBandDpi);
    EXPECT_EQ(dots.width, 300);
    EXPECT_EQ(dots.height, 2102);
    const std::string text = zpl(dots);
    EXPECT_EQ(text.find("^XA^LH0,0^PW300^LL2102^FO0,0^GFA,79876,79876,38,"), 0U);
    EXPECT_TRUE(text.ends_with("^FS^PQ1^XZ\n"));
    EXPECT_LT(text.size(), 40'000U);
}

TEST(BandZpl, RunsAreWrittenAsTheManualSays) {
    Bitmap bitmap;
    bitmap.width = 16;
    bitmap.height = 4;
    bitmap.dpi = 300;
    bitmap.dots.assign(64, 255);
    for (int i = 16; i < 24; ++i) bitmap.dots[static_cast<size_t>(i)] = 0;  // FF00
    for (int i = 32; i < 48; ++i) bitmap.dots[static_cast<size_t>(i)] = 0;  // FFFF
    for (int i = 48; i < 64; ++i) bitmap.dots[static_cast<size_t>(i)] = 0;  // the same
    EXPECT_NE(zpl(bitmap).find(",8,8,2,,HF,!:^FS"), std::string::npos) << zpl(bitmap);
}

// Installs the reader once into the build folder; the reason why it cannot be had, or "".
std::string zpl_reader() {
    const std::string folder = HALL_NPM_DIR;
    if (output_of("command -v node").empty()) return "node is missing: apt-get install nodejs";
    if (!fs::exists(folder + "/node_modules/zpl-renderer-js")) {
        if (output_of("command -v npm").empty()) return "npm is missing: apt-get install npm";
        fs::create_directories(folder);
        output_of("cd " + folder +
                  " && npm install --prefix . --no-audit --no-fund --fetch-retries 1 "
                  "--fetch-timeout 20000 zpl-renderer-js@3.4.0 2>&1");
    }
    if (!fs::exists(folder + "/node_modules/zpl-renderer-js")) {
        return "the npm registry cannot be reached: zpl-renderer-js is not here";
    }
    fs::copy_file(std::string(HALL_SOURCE_DIR) + "/tests/wristband/render_zpl.cjs",
                  folder + "/render_zpl.cjs", fs::copy_options::overwrite_existing);
    return "";
}

TEST(BandZpl, EveryCodeIsReadFromAnIndependentRendering) {
    if (const std::string missing = zpl_reader(); !missing.empty()) GTEST_SKIP() << missing;
    const Folder folder;
    const std::string text = zpl(BandPage(typesetter(), full_band()).bitmap(kBandDpi));
    const std::string from = folder.file("band.zpl", text);
    const std::string to = folder.file("band.png");
    output_of(std::string("cd ") + HALL_NPM_DIR + " && node render_zpl.cjs " + from + " " + to);
    EXPECT_EQ(read_back(to), every_code());
}

TEST(BandPrinting, ThePdfComesOutOfAQueueAndItsCodesAreRead) {
    tests::CupsFixture printer(tests::CupsFixture::With::printer_and_queue);
    const auto spooler = *printers::spooler::make_spooler(printer.queue_uri());
    const auto verdict =
        spooler->submit({BandPage(typesetter(), full_band()).pdf(), Format::pdf, "band-1"}, 20s);
    EXPECT_EQ(verdict.outcome, Outcome::printed) << verdict.reason;
    ASSERT_EQ(printer.printed().size(), 1U);
    const fs::path paper = printer.printed().front();
    if (paper.extension() == ".pdf") {
        const Folder folder;
        const std::string base = folder.file("page");
        output_of("pdftoppm -r 300 -png -singlefile " + paper.string() + " " + base);
        EXPECT_EQ(read_back(base + ".png"), every_code());
    }
}

// A label printer's socket: keeps what it gets and answers ~HS as it is told to.
class LabelPrinter {
  public:
    enum class Mood { well, silent, paper_out };

    explicit LabelPrinter(Mood mood) : mood_(mood) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 4) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            std::abort();
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~LabelPrinter() {
        stop();
        ::close(listener_);
    }
    std::string uri() const { return "socket://127.0.0.1:" + std::to_string(port_); }
    // Everything that came, without the questions how it is.
    std::string got() {
        stop();
        std::string document = got_;
        for (size_t at = 0; (at = document.find("~HS")) != std::string::npos;)
            document.erase(at, 3);
        return document;
    }

  private:
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }
    void run() {
        while (!stopping_) {
            if (!readable(listener_)) continue;
            const int peer = ::accept(listener_, nullptr, nullptr);
            serve(peer);
            ::close(peer);
        }
    }
    void serve(int peer) {
        char buffer[4096];
        size_t answered = 0;
        while (!stopping_) {
            if (!readable(peer)) continue;
            const ssize_t size = ::recv(peer, buffer, sizeof buffer, 0);
            if (size <= 0) return;
            got_.append(buffer, static_cast<size_t>(size));
            for (size_t at = 0; (at = got_.find("~HS", answered)) != std::string::npos;) {
                answered = at + 3;
                if (mood_ != Mood::silent) answer(peer);
            }
        }
    }
    void answer(int peer) const {
        const std::string flag = mood_ == Mood::paper_out ? "1" : "0";
        const std::string text =
            "\x02"
            "030," +
            flag +
            ",0,2102,000,0,0,0,000,0,0,0\x03\r\n"
            "\x02"
            "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
            "\x02"
            "1234,0\x03\r\n";
        if (::send(peer, text.data(), text.size(), MSG_NOSIGNAL) < 0) return;
    }
    static bool readable(int socket) {
        pollfd wait{socket, POLLIN, 0};
        return ::poll(&wait, 1, 20) > 0;
    }

    const Mood mood_;
    int listener_ = -1;
    int port_ = 0;
    std::string got_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

TEST(BandPrinting, ALabelPrinterGetsTheZplByteForByteAndIsBelievedWhenItAnswers) {
    LabelPrinter printer(LabelPrinter::Mood::well);
    const auto spooler = *printers::spooler::make_spooler(printer.uri());
    EXPECT_EQ(spooler->state().condition, Condition::ok);
    EXPECT_EQ(spooler->capabilities().format, Format::zpl);
    const std::string text = zpl(BandPage(typesetter(), full_band()).bitmap(kBandDpi));
    const auto verdict = spooler->submit({text, Format::zpl, "band-1"}, spooler->verdict_limit());
    EXPECT_EQ(verdict.outcome, Outcome::printed) << verdict.reason;
    EXPECT_EQ(printer.got(), text);
}

TEST(BandPrinting, SilenceIsAFaultAndNeverCalledPrinted) {
    LabelPrinter printer(LabelPrinter::Mood::silent);
    const auto spooler = *printers::spooler::make_spooler(printer.uri());
    EXPECT_EQ(spooler->state().condition, Condition::fault);
    const std::string text = zpl(BandPage(typesetter(), full_band()).bitmap(kBandDpi));
    const auto verdict = spooler->submit({text, Format::zpl, "band-1"}, spooler->verdict_limit());
    EXPECT_EQ(verdict.outcome, Outcome::unconfirmed);
    EXPECT_EQ(verdict.reason, "no_answer");
    EXPECT_LE(verdict.took, spooler->verdict_limit());
    EXPECT_EQ(printer.got(), text);
}

TEST(BandPrinting, APrinterThatComplainsGetsNothingToPrintLater) {
    LabelPrinter printer(LabelPrinter::Mood::paper_out);
    const auto spooler = *printers::spooler::make_spooler(printer.uri());
    EXPECT_EQ(spooler->state().condition, Condition::paper_out);
    const auto verdict = spooler->submit({"^XA^XZ", Format::zpl, "band-1"}, 2s);
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "paper_out");
    EXPECT_EQ(printer.got(), "");
}

TEST(BandPrinting, AnEarlierAttemptIsForgottenFirst) {
    LabelPrinter printer(LabelPrinter::Mood::well);
    const auto spooler = *printers::spooler::make_spooler(printer.uri());
    EXPECT_EQ(spooler->submit({"^XA^XZ", Format::zpl, "band-1", true}, 2s).outcome,
              Outcome::printed);
    EXPECT_EQ(printer.got(), "~JA^XA^XZ");
}

TEST(BandPrinting, AnAddressThatIsNoneIsRefusedAndNobodyThereIsUnreachable) {
    for (const char* uri : {"socket://", "socket://:9100", "socket://host:0", "socket://host:x",
                            "socket://host:99999", "socket://a b", "socket://host:9100/path"}) {
        EXPECT_FALSE(printers::spooler::make_spooler(uri).has_value()) << uri;
    }
    std::string uri;
    {
        LabelPrinter gone(LabelPrinter::Mood::well);
        uri = gone.uri();
    }
    const auto spooler = *printers::spooler::make_spooler(uri);
    EXPECT_EQ(spooler->state().condition, Condition::off_line);
    const auto verdict = spooler->submit({"^XA^XZ", Format::zpl, "band-1"}, 2s);
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "printer_unreachable");
}

TEST(HostStatus, HalfAnAnswerIsNone) {
    using printers::spooler::host_status_from;
    EXPECT_FALSE(host_status_from("").has_value());
    EXPECT_FALSE(host_status_from("HTTP/1.1 400 Bad Request").has_value());
    EXPECT_FALSE(host_status_from("\x02"
                                  "030,0,0")
                     .has_value());
    EXPECT_FALSE(host_status_from("\x02"
                                  "030,0,0,2102,000,0,0,0,000,0,0,0\x03\r\n")
                     .has_value());
    const auto open = host_status_from(
        "\x02"
        "030,0,0,2102,001,0,0,0,000,0,0,0\x03\r\n\x02"
        "000,0,1,0,0,2,4,0,00000003,1,000\x03");
    ASSERT_TRUE(open.has_value());
    EXPECT_EQ(open->condition, Condition::cover_open);
    EXPECT_TRUE(open->busy);
}

}  // namespace
}  // namespace hall::wristband
