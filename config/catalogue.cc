#include "config/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/forms.h"
#include "config/text_file.h"

namespace hall::config {
namespace {

constexpr int kServiceDaysMax = 365;

const std::vector<std::string> kProxyRules = {"free", "letter", "in_person"};
const std::vector<std::string> kHandlings = {"here", "region_wide", "online", "collect_for_other",
                                             "joint"};
const std::vector<std::string> kMaterialKinds = {"proof", "identity", "form"};

std::optional<bool> flag_if_said(Section& section, const char* key) {
    const bool value = section.flag(key, false);
    return section.has(key) ? std::optional<bool>(value) : std::nullopt;
}

Material read_material(Section& section, Names& codes) {
    Material material;
    const auto code = section.code("code", kRequired);
    codes.declare(code);
    material.code = code.value;
    material.name = section.text("name", kRequired);
    material.kind =
        static_cast<MaterialKind>(section.choice("kind", kMaterialKinds, kOptional).value_or(0));
    material.legal_basis = section.text("legal_basis", kOptional);
    material.proved_by_data = section.flag("proved_by_data", false);
    material.conditional = section.flag("conditional", false);
    material.note = section.text("note", kOptional);
    if (material.proved_by_data && material.conditional) {
        section.report().add(
            section.at("conditional"),
            fmt::format("shared data proves \"{}\", so nobody may ask for it: drop "
                        "conditional or proved_by_data",
                        material.code));
    }
    return material;
}

void check_days(Section& section, const ServiceWords& words) {
    const int legal = words.legal_days.value_or(0);
    const int promised = words.promised_days.value_or(0);
    if (legal > 0 && promised > legal) {
        section.report().add(section.at("promised_days"),
                             fmt::format("{} promised working days are more than the {} that the "
                                         "law allows",
                                         promised, legal));
    }
}

const std::string& first_said(const std::string& own, const std::string& item) {
    return own.empty() ? item : own;
}

template <typename T>
T first_said(const std::optional<T>& own, const std::optional<T>& item, T otherwise) {
    return own ? *own : item.value_or(otherwise);
}

}  // namespace

const Item* Catalogue::find(const std::string& code) const {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& item) { return item.code == code; });
    return found == items.end() || code.empty() ? nullptr : &*found;
}

std::vector<std::string> Catalogue::codes() const {
    std::vector<std::string> out;
    out.reserve(items.size());
    for (const Item& item : items) out.push_back(item.code);
    return out;
}

ServiceWords read_service_words(Section& section, const std::string& name) {
    ServiceWords words;
    words.name = section.text("name", kOptional);
    words.name_za = section.text("name_za", kOptional);
    words.za_approved = flag_if_said(section, "za_approved");
    words.name_en = section.text("name_en", kOptional);
    words.short_name = section.text("short_name", kOptional);
    if (characters(words.short_name) > kShortNameMax) {
        section.report().add(
            section.at("short_name"),
            fmt::format("the short name \"{}\" has {} characters: at most {} fit a button",
                        words.short_name, characters(words.short_name), kShortNameMax));
    }
    words.catalogue_code = section.text("catalogue_code", kOptional);
    words.legal_basis = section.text("legal_basis", kOptional);
    if (const auto rule = section.choice("proxy", kProxyRules, kOptional)) {
        words.proxy = static_cast<ProxyRule>(*rule);
    }
    words.legal_days = section.integer("legal_days", {0, kServiceDaysMax}, kOptional);
    words.promised_days = section.integer("promised_days", {0, kServiceDaysMax}, kOptional);
    check_days(section, words);
    if (const auto handling = section.choice("handling", kHandlings, kOptional)) {
        words.handling = static_cast<Handling>(*handling);
    }
    words.asks_own_wish = flag_if_said(section, "asks_own_wish");
    for (auto& line : section.texts("guide", kGuideLinesMax, kOptional)) {
        words.guide.push_back(std::move(line.value));
    }
    const std::string material_name = name.substr(0, name.size() - 2) + ".material]]";
    Names codes("material", section.report());
    section.tables("material", material_name, kMaterialsMax,
                   [&](Section& s) { words.materials.push_back(read_material(s, codes)); });
    return words;
}

void settle(Service& service, const ServiceWords& own, const ServiceWords& item) {
    service.name = first_said(own.name, item.name);
    const ServiceWords& zhuang = own.name_za.empty() ? item : own;
    service.name_za = zhuang.name_za;
    // An approval is of one text: the hall's does not cover the catalogue's next one.
    service.za_approved = zhuang.za_approved.value_or(false);
    service.name_en = first_said(own.name_en, item.name_en);
    service.short_name = first_said(own.short_name, item.short_name);
    service.catalogue_code = first_said(own.catalogue_code, item.catalogue_code);
    service.legal_basis = first_said(own.legal_basis, item.legal_basis);
    service.proxy = first_said(own.proxy, item.proxy, ProxyRule::free);
    service.legal_days = first_said(own.legal_days, item.legal_days, 0);
    service.promised_days = first_said(own.promised_days, item.promised_days, 0);
    service.handling = first_said(own.handling, item.handling, Handling::here);
    service.asks_own_wish = first_said(own.asks_own_wish, item.asks_own_wish, false);
    service.guide = own.guide.empty() ? item.guide : own.guide;
    service.materials = own.materials.empty() ? item.materials : own.materials;
}

Catalogue read_catalogue(std::string_view text, const std::string& file, Report& report) {
    Catalogue out;
    out.file = file;
    if (const auto table = parse_toml(text, "catalogue.toml shows what a catalogue says", report)) {
        Section root(*table, "the file", report);
        Names codes("item", report);
        root.tables("item", "[[item]]", kItemsMax, [&](Section& section) {
            Item item;
            const auto code = section.code("code", kRequired);
            codes.declare(code);
            item.code = code.value;
            item.words = read_service_words(section, "[[item]]");
            if (!section.has("name")) report.add(section.at(), "[[item]] lacks `name`");
            out.items.push_back(std::move(item));
        });
        root.finish();
        if (!root.has("item")) report.add(root.at(), "the catalogue has no [[item]]");
    }
    out.whole = report.empty();
    return out;
}

}  // namespace hall::config
