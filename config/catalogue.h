// Catalogue: what halls share of their services — names, materials with their legal basis, working
// days, paper guides. A hall file names one ([hall] catalogue) and takes from it what its own
// [[service]] does not say. Inside config/ only; catalogue.toml shows every key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/hall_file.h"
#include "config/section.h"

namespace hall::config {

// What [[service]] and [[item]] may both say of a service. Empty or nullopt = not said.
struct ServiceWords {
    std::string name;
    std::string name_za;
    std::optional<bool> za_approved;
    std::string name_en;
    std::string short_name;
    std::string catalogue_code;
    std::string legal_basis;
    std::optional<ProxyRule> proxy;
    std::optional<int> legal_days;
    std::optional<int> promised_days;
    std::optional<Handling> handling;
    std::optional<bool> asks_own_wish;
    std::vector<std::string> guide;
    std::vector<Material> materials;
};

// An [[item]]. `code` is the project's own short name of it, which services refer to; the national
// code is words.catalogue_code.
struct Item {
    std::string code;
    ServiceWords words;
};

struct Catalogue {
    std::string file;  // as messages call it; empty = the hall file names none
    bool whole =
        true;  // false: it has mistakes, so what is missing may be no mistake of the hall's
    std::vector<Item> items;

    const Item* find(const std::string& code) const;
    std::vector<std::string> codes() const;
};

// Reads the keys of ServiceWords; `name` is how messages call the section: "[[service]]".
ServiceWords read_service_words(Section& section, const std::string& name);

// Fills `service` with `own` and, where that says nothing, with `item`. A list of materials or a
// guide is taken whole from one of the two.
void settle(Service& service, const ServiceWords& own, const ServiceWords& item);

// Everything that can be read of the text of `file`; its mistakes go to `report`, which is that
// file's own.
Catalogue read_catalogue(std::string_view text, const std::string& file, Report& report);

}  // namespace hall::config
