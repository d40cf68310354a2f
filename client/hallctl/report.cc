// What a day was like and what the ledgers say: report day | integrity | ledger | second-trips.
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "client/hallctl/ledger_table.h"
#include "client/hallctl/report_text.h"
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "printers/layout/ledger_pages.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

Answer answer_for(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_report()->set_date(words.places.empty() ? "" : words.places.front());
    return session.answer(query);
}

int day(Session& session, const Words& words) {
    const bool csv = words.has("csv");
    if (csv && session.globals().json) {
        throw UsageError{
            wording::format("hallctl.usage.exclude", {{"one", "--csv"}, {"other", "--json"}})};
    }
    Answer answer = answer_for(session, words);
    if (!csv || !answer || !answer->has_report()) return session.show(std::move(answer));
    std::cout << report_csv(answer->report());
    return kExitOk;
}

int integrity(Session& session, const Words& words) {
    Answer answer = answer_for(session, words);
    if (!answer || !answer->has_report()) return session.show(std::move(answer));
    if (!session.globals().json) {
        std::cout << integrity_text(answer->report());
        return kExitOk;
    }
    protocol::DayReport list;
    list.set_date(answer->report().date());
    list.set_over(answer->report().over());
    list.set_utc_offset_s(answer->report().utc_offset_s());
    list.set_hall_name(answer->report().hall_name());
    *list.mutable_questions() = answer->report().questions();
    list.set_question_count(answer->report().question_count());
    list.set_head(answer->report().head());
    *answer->mutable_report() = list;
    return session.show(std::move(answer));
}

// As signed and filed: A4 pages.
std::string ledger_pdf(const protocol::Ledger& ledger, int& unknown_glyphs) {
    const Table table = ledger_table(ledger);
    printers::layout::LedgerSheet sheet;
    sheet.title = ledger_title(ledger);
    sheet.period = ledger_period(ledger);
    sheet.heading = table.rows().front();
    sheet.rows.assign(table.rows().begin() + 1, table.rows().end());
    sheet.nothing = wording::text("hallctl.ledger.nothing");
    sheet.signatures = {wording::text("hallctl.ledger.made_by"),
                        wording::text("hallctl.ledger.checked_by"),
                        wording::text("hallctl.ledger.signed_on")};
    sheet.foot = ledger_foot(ledger);
    sheet.page_caption = [](int page, int pages) {
        return wording::format("hallctl.ledger.page",
                               {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}});
    };
    const printers::layout::Typesetter typesetter;
    const printers::layout::LedgerPages pages(typesetter, std::move(sheet));
    unknown_glyphs = pages.unknown_glyphs();
    return pages.pdf();
}

// Errors: `file_not_written`.
tl::expected<void, Error> write_file(const std::string& path, const std::string& content) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (out) return {};
    return tl::unexpected(
        Error{"file_not_written", wording::format("hallctl.file_not_written", {{"file", path}})});
}

// The table to a file or to stdout, the pages to a file; what went wrong with either.
tl::expected<void, Error> write_ledger(const protocol::Ledger& ledger, const Words& words) {
    if (words.has("csv") && words.one("csv").empty()) std::cout << ledger_csv(ledger);
    if (!words.one("csv").empty()) {
        auto written = write_file(words.one("csv"), ledger_csv(ledger));
        if (!written) return written;
    }
    if (!words.has("pdf")) return {};
    int unknown_glyphs = 0;
    const std::string pdf = ledger_pdf(ledger, unknown_glyphs);
    if (unknown_glyphs > 0) {
        std::cerr << wording::format("hallctl.ledger.unknown_glyphs",
                                     {{"count", std::to_string(unknown_glyphs)}})
                  << '\n';
    }
    return write_file(words.one("pdf"), pdf);
}

int show_ledger(Session& session, const protocol::Query& query, const Words& words) {
    const bool to_stdout = words.has("csv") && words.one("csv").empty();
    if (to_stdout && session.globals().json) {
        throw UsageError{wording::text("hallctl.usage.csv_file")};
    }
    if (words.has("pdf") && words.one("pdf").empty()) {
        throw UsageError{wording::format("hallctl.usage.missing", {{"what", "--pdf FILE"}})};
    }
    Answer answer = session.answer_patiently(query);
    if (!answer || !answer->has_ledger()) return session.show(std::move(answer));
    if (answer->ledger().cut()) {
        std::cerr << wording::format("hallctl.ledger.cut",
                                     {{"count", std::to_string(answer->ledger().rows_size())}})
                  << '\n';
    }
    const auto written = write_ledger(answer->ledger(), words);
    if (!written) {
        std::cerr << written.error().code << ": " << written.error().message << '\n';
        return kExitRefused;
    }
    const bool elsewhere = words.has("csv") || words.has("pdf");
    return elsewhere && !session.globals().json ? kExitOk : session.show(std::move(answer));
}

int ledger(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_ledger()->set_kind(
        value_from<protocol::LedgerKind>(words.places.front(), "KIND"));
    query.mutable_ledger()->set_from(words.one("from"));
    query.mutable_ledger()->set_to(words.one("to"));
    return show_ledger(session, query, words);
}

// "2026-11": its first and its last day.
int second_trips(Session& session, const Words& words) {
    const std::string month = words.one("month");
    const bool shape = month.size() == 7 && month[4] == '-';
    const uint32_t year = shape ? count_from(month.substr(0, 4), "--month") : 0;
    const uint32_t number = shape ? count_from(month.substr(5), "--month") : 0;
    if (year < 1970 || number < 1 || number > 12) {
        throw UsageError{wording::format("hallctl.usage.month", {{"value", month}})};
    }
    constexpr uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const uint32_t days = number == 2 && leap ? 29 : kDays[number - 1];
    protocol::Query query;
    query.mutable_ledger()->set_kind(protocol::LedgerKind::second_trips);
    query.mutable_ledger()->set_from(month + "-01");
    query.mutable_ledger()->set_to(fmt::format("{}-{}", month, days));
    return show_ledger(session, query, words);
}

}  // namespace

Verbs report_verbs() {
    using Takes = Option::Takes;
    const Option csv{"csv", Takes::maybe, "[FILE]"};
    const Option pdf{"pdf", Takes::one, "FILE"};
    return {
        {"report", "day", {"[DATE]"}, {{"csv", Takes::flag, ""}}, {}, day},
        {"report", "integrity", {"[DATE]"}, {}, {}, integrity},
        {"report",
         "ledger",
         {choices<protocol::LedgerKind>()},
         {{"from", Takes::one, "YYYY-MM-DD"}, {"to", Takes::one, "YYYY-MM-DD"}, csv, pdf},
         {"from", "to"},
         ledger},
        {"report",
         "second-trips",
         {},
         {{"month", Takes::one, "YYYY-MM"}, csv, pdf},
         {"month"},
         second_trips},
    };
}

}  // namespace hall::client::hallctl
