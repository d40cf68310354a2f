#include "client/paper_slips.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <optional>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client {
namespace {

using Fields = std::vector<std::string>;
using wording::format;
using wording::text;

constexpr std::string_view kHeader[] = {"slip", "arrived", "service", "category", "served"};
constexpr size_t kColumns = 5;
constexpr int64_t kMinuteMs = 60'000;

bool is_utf8(std::string_view bytes) {
    size_t left = 0;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (left > 0) {
            if ((byte & 0xC0) != 0x80) return false;
            --left;
        } else if (byte >= 0x80) {
            if (byte < 0xC2 || byte > 0xF4) return false;
            left = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
        }
    }
    return left == 0;
}

std::string trimmed(std::string_view field) {
    const size_t from = field.find_first_not_of(" \t");
    if (from == std::string_view::npos) return "";
    return std::string(field.substr(from, field.find_last_not_of(" \t") - from + 1));
}

// Nothing when the quotes do not match.
std::optional<Fields> fields_of(std::string_view line) {
    Fields fields(1);
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            const bool twice = quoted && i + 1 < line.size() && line[i + 1] == '"';
            if (twice) {
                fields.back() += line[++i];
            } else {
                quoted = !quoted;
            }
        } else if (line[i] == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += line[i];
        }
    }
    if (quoted) return std::nullopt;
    for (std::string& field : fields) field = trimmed(field);
    return fields;
}

bool is_code(const std::string& word) {
    constexpr size_t kCodeMax = 200;
    return !word.empty() && word.size() <= kCodeMax &&
           std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// "pension+card"; nothing of an empty field.
Fields codes_in(const std::string& field) {
    Fields codes;
    if (field.empty()) return codes;
    size_t from = 0;
    while (from <= field.size()) {
        const size_t plus = std::min(field.find('+', from), field.size());
        codes.push_back(trimmed(std::string_view(field).substr(from, plus - from)));
        from = plus + 1;
    }
    return codes;
}

// Minutes after midnight of "8:05" or "08:05".
std::optional<int> minute_of(const std::string& clock) {
    int hour = -1;
    int minute = -1;
    int used = 0;
    const bool read = std::sscanf(clock.c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2 &&
                      static_cast<size_t>(used) == clock.size();
    if (!read || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    if (clock.size() - clock.find(':') != 3) return std::nullopt;  // "8:5" may be ten past or five
    return hour * 60 + minute;
}

// "Z001" as the hall writes it, or nothing.
std::optional<std::string> slip_number(const std::string& field) {
    uint32_t serial = 0;
    const char* end = field.data() + field.size();
    if (field.size() < 2 || field.size() > 6 || (field[0] != 'Z' && field[0] != 'z')) {
        return std::nullopt;
    }
    const auto [stop, failure] = std::from_chars(field.data() + 1, end, serial);
    if (failure != std::errc() || stop != end || serial == 0) return std::nullopt;
    std::string digits = std::to_string(serial);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return "Z" + digits;
}

class Reader {
  public:
    explicit Reader(const HallDay& today) : today_(today) {}

    void read(std::string_view csv) {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        if (csv.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
            csv.remove_prefix(kByteOrderMark.size());
        }
        while (!csv.empty()) {
            const size_t end = std::min(csv.find('\n'), csv.size());
            std::string_view line = csv.substr(0, end);
            csv.remove_prefix(std::min(end + 1, csv.size()));
            ++line_;
            while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            read_line(line);
            if (no_header_) return;  // every line would be wrong
        }
        if (mistakes_.empty() && slips_.lines.empty()) wrong(text("hallctl.paper.no_slips"));
    }

    tl::expected<PaperSlips, std::vector<SlipMistake>> take() {
        if (!mistakes_.empty()) return tl::unexpected(std::move(mistakes_));
        return std::move(slips_);
    }

  private:
    void wrong(const std::string& what) { mistakes_.push_back({line_, what}); }
    void wrong_value(const char* key, const std::string& value) {
        wrong(format(key, {{"value", value}}));
    }

    void read_line(std::string_view line) {
        if (!is_utf8(line)) return wrong(text("hallctl.paper.not_utf8"));
        const auto fields = fields_of(line);
        if (!fields) return wrong(text("hallctl.paper.quotes"));
        const bool blank = std::all_of(fields->begin(), fields->end(),
                                       [](const std::string& field) { return field.empty(); });
        if (blank) return;
        if (!header_) return read_header(*fields);
        if (fields->size() != kColumns) {
            return wrong(format("hallctl.paper.columns", {{"count", std::to_string(fields->size())},
                                                          {"wanted", std::to_string(kColumns)}}));
        }
        if (slips_.lines.size() == kPaperSlipsMax) {
            if (!too_many_) wrong(text("hallctl.paper.too_many_slips"));
            too_many_ = true;
            return;
        }
        slips_.lines.push_back(line_);
        auto& slip = *slips_.import.add_slips();
        read_number((*fields)[0], slip);
        read_arrival((*fields)[1], slip);
        read_codes((*fields)[2], *slip.mutable_services());
        if (slip.services().empty()) wrong(text("hallctl.paper.no_service"));
        read_codes((*fields)[3], *slip.mutable_categories());
        read_served((*fields)[4], slip);
    }

    void read_header(const Fields& fields) {
        header_ = fields.size() == kColumns &&
                  std::equal(fields.begin(), fields.end(), std::begin(kHeader));
        if (header_) return;
        no_header_ = true;
        wrong(text("hallctl.paper.no_header"));
    }

    void read_number(const std::string& field, protocol::ImportPaper::Slip& slip) {
        const auto number = slip_number(field);
        if (!number) return wrong_value("hallctl.paper.number", field);
        slip.set_number(*number);
        const auto [first, fresh] = line_of_.emplace(*number, line_);
        if (fresh) return;
        wrong(format("hallctl.paper.twice_at",
                     {{"number", *number}, {"line", std::to_string(first->second)}}));
    }

    void read_arrival(const std::string& field, protocol::ImportPaper::Slip& slip) {
        const size_t space = field.find(' ');
        const bool dated = space != std::string::npos;
        if (dated && field.substr(0, space) != today_.date) {
            return wrong(format("hallctl.paper.other_day",
                                {{"value", field.substr(0, space)}, {"date", today_.date}}));
        }
        const auto minute = minute_of(dated ? trimmed(field.substr(space)) : field);
        if (!minute) return wrong_value("hallctl.paper.arrived", field);
        slip.set_arrived_ms(today_.midnight_ms + *minute * kMinuteMs);
    }

    template <typename List>
    void read_codes(const std::string& field, List& list) {
        for (const std::string& code : codes_in(field)) {
            if (!is_code(code)) wrong_value("hallctl.paper.code", code);
            *list.Add() = code;
        }
    }

    void read_served(const std::string& field, protocol::ImportPaper::Slip& slip) {
        if (field == "yes") return slip.set_served(true);
        if (!field.empty() && field != "no") wrong_value("hallctl.paper.served", field);
    }

    const HallDay& today_;
    PaperSlips slips_;
    std::vector<SlipMistake> mistakes_;
    std::map<std::string, int> line_of_;
    int line_ = 0;
    bool header_ = false;
    bool no_header_ = false;
    bool too_many_ = false;
};

// The sentence of a word that the hall gave ("arrived_in_future", or the code of a refusal).
std::string sentence_of(const std::string& word, const std::string& value) {
    const std::string key = "hallctl.paper." + word;
    if (wording::has(key)) return format(key, {{"value", value}});
    protocol::Refusal refusal;
    protocol::RefusalCode::Value code = protocol::RefusalCode::unknown;
    (void)protocol::RefusalCode::Value_Parse(word, &code);
    refusal.set_code(code);
    refusal.set_field(value);
    return wording::sentence(refusal);
}

}  // namespace

tl::expected<PaperSlips, std::vector<SlipMistake>> read_paper_slips(std::string_view csv,
                                                                    const HallDay& today) {
    Reader reader(today);
    reader.read(csv);
    return reader.take();
}

SlipMistake mistake_of(const protocol::Refusal& refusal, const PaperSlips& slips) {
    SlipMistake mistake;
    if (refusal.code() == protocol::RefusalCode::paper_slip_known) {
        for (int i = 0; i < slips.import.slips_size(); ++i) {
            const bool named = slips.import.slips(i).number() == refusal.number();
            if (named) mistake.line = slips.lines[static_cast<size_t>(i)];
        }
        mistake.what = wording::sentence(refusal);
        return mistake;
    }
    // "LINE WORD [VALUE]", as hall-server/core/decide_paper.cc says.
    const std::string& field = refusal.field();
    const size_t first = std::min(field.find(' '), field.size());
    const size_t second = std::min(field.find(' ', first + 1), field.size());
    size_t place = 0;
    (void)std::from_chars(field.data(), field.data() + first, place);
    if (place >= 1 && place <= slips.lines.size()) mistake.line = slips.lines[place - 1];
    const std::string word = first < second ? field.substr(first + 1, second - first - 1) : "";
    mistake.what = sentence_of(word, second < field.size() ? field.substr(second + 1) : "");
    return mistake;
}

}  // namespace hall::client
