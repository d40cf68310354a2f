// [[printer]], and which of them slips and wristbands may use.
#include <fmt/format.h>

#include <algorithm>

#include "config/forms.h"
#include "config/reader.h"

namespace hall::config {
namespace {

const std::vector<std::string> kPrinterLanguages = {"pdf", "zpl"};

enum class Use { slips, bands, sheets };

Use use_of(const Printer& printer) {
    if (printer.paper_mm == kBandPaperMm) return Use::bands;
    return printer.paper_mm == kSheetPaperMm ? Use::sheets : Use::slips;
}

const char* name_of(Use use) {
    switch (use) {
        case Use::slips:
            break;
        case Use::bands:
            return "wristbands";
        case Use::sheets:
            return "sheets";
    }
    return "slips";
}

void check_uri(Section& section, const Printer& printer, Report& report) {
    if (printer.uri.empty()) return;
    if (printer.language == PrinterLanguage::zpl) {
        if (is_socket_uri(printer.uri)) return;
        if (is_printer_uri(printer.uri) && printer.uri.rfind("cups:", 0) == 0) return;
        report.add(section.at("uri"),
                   fmt::format("\"{}\" is not a label printer: write cups:QUEUE or "
                               "socket://HOST:PORT",
                               printer.uri));
    } else if (is_socket_uri(printer.uri)) {
        report.add(section.at("uri"), "socket:// is for label printers: say language = \"zpl\"");
    } else if (!is_printer_uri(printer.uri)) {
        report.add(section.at("uri"),
                   fmt::format("\"{}\" is not a printer: write ipp://HOST:PORT/PATH or cups:QUEUE",
                               printer.uri));
    }
}

void check_paper(Section& section, const Printer& printer, Report& report) {
    const Use use = use_of(printer);
    const bool roll = printer.paper_mm == 58 || printer.paper_mm == 80;
    if (printer.paper_mm != 0 && use == Use::slips && !roll) {
        report.add(
            section.at("paper_mm"),
            fmt::format("ticket paper is 58 or 80 mm wide, a wristband {}, a sheet {}, not {}",
                        kBandPaperMm, kSheetPaperMm, printer.paper_mm));
    } else if (printer.language == PrinterLanguage::zpl && use != Use::bands) {
        report.add(section.at("language"),
                   fmt::format("zpl is for wristbands, whose paper_mm is {}: {} are pdf",
                               kBandPaperMm, name_of(use)));
    }
}

}  // namespace

void Reader::printer(Section& section) {
    Printer printer;
    const auto name = section.code("name", kRequired);
    printers_.declare(name);
    printer.name = name.value;
    printer.uri = section.text("uri", kRequired);
    printer.paper_mm = section.integer("paper_mm", {1, 1'000}, kRequired).value_or(0);
    printer.language = static_cast<PrinterLanguage>(
        section.choice("language", kPrinterLanguages, kOptional).value_or(0));
    check_uri(section, printer, report_);
    check_paper(section, printer, report_);
    const std::size_t index = file_.printers.size();
    refer(zones_, {section.text("zone", kRequired), section.at("zone")},
          [this, index](std::string zone) { file_.printers[index].zone = std::move(zone); });
    const Located<std::string> fallback{section.text("fallback", kOptional),
                                        section.at("fallback")};
    if (!fallback.value.empty() && fallback.value == printer.name) {
        report_.add(fallback.at, fmt::format("printer \"{}\" is its own fallback", printer.name));
    }
    fallback_at_.push_back(fallback.at);
    refer(printers_, fallback,
          [this, index](std::string other) { file_.printers[index].fallback = std::move(other); });
    file_.printers.push_back(std::move(printer));
}

void Reader::choose_printers() {
    const auto& printers = file_.printers;
    const auto choose = [&](std::string& name, Use use, Place at) {
        const auto named = std::find_if(printers.begin(), printers.end(),
                                        [&](const Printer& p) { return p.name == name; });
        const auto first = std::find_if(printers.begin(), printers.end(), [&](const Printer& p) {
            return use_of(p) == use && p.paper_mm > 0;
        });
        if (name.empty() && first != printers.end()) name = first->name;
        if (named == printers.end() || named->paper_mm == 0 || use_of(*named) == use) return;
        report_.add(at,
                    fmt::format("printer \"{}\" makes {}, no {}: its paper_mm is {}", name,
                                name_of(use_of(*named)), name_of(use), named->paper_mm),
                    first == printers.end() ? "" : first->name);
    };
    choose(file_.hall.ticket_printer, Use::slips, ticket_printer_at_);
    choose(file_.hall.band_printer, Use::bands, band_printer_at_);
    for (std::size_t i = 0; i < printers.size(); ++i) {
        const auto other = std::find_if(printers.begin(), printers.end(), [&](const Printer& p) {
            return p.name == printers[i].fallback;
        });
        if (printers[i].fallback.empty() || other == printers.end()) continue;
        if (use_of(printers[i]) == use_of(*other)) continue;
        report_.add(fallback_at_[i],
                    fmt::format("printer \"{}\" makes {}: it cannot stand in for \"{}\"",
                                other->name, name_of(use_of(*other)), printers[i].name));
    }
}

}  // namespace hall::config
