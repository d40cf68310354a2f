// [[group]], [[service]] and [[category]].
#include <fmt/format.h>

#include "config/forms.h"
#include "config/nearest.h"
#include "config/reader.h"

namespace hall::config {

void Reader::group(Section& section) {
    Group group;
    group.letter = section.text("letter", kRequired);
    group.name = section.text("name", kRequired);
    const bool good = group.letter.size() == 1 && group.letter[0] >= 'A' && group.letter[0] <= 'Z';
    if (!group.letter.empty() && !good) {
        report_.add(section.at("letter"), fmt::format("the letter of a group is one of A to Y, not "
                                                      "\"{}\"",
                                                      group.letter));
    }
    if (good && group.letter[0] == kPaperLetter) {
        report_.add(section.at("letter"), fmt::format("the letter {} is that of slips written on "
                                                      "paper: use another from A to Y",
                                                      kPaperLetter));
    }
    groups_.declare({group.letter, section.at("letter")});
    file_.groups.push_back(std::move(group));
}

const Item* Reader::item_of(const Located<std::string>& named, const std::string& service) {
    const std::string& code = named.value.empty() ? service : named.value;
    const Item* found = catalogue_.find(code);
    if (found != nullptr || named.value.empty() || !catalogue_.whole) return found;
    if (catalogue_.file.empty()) {
        report_.add(named.at, fmt::format("the service names the item \"{}\", but [hall] names no "
                                          "catalogue",
                                          code));
        return nullptr;
    }
    // The nearest one stands for it, so that one mistake does not cause more messages.
    const std::string near = nearest(code, catalogue_.codes());
    report_.add(named.at, fmt::format("there is no item \"{}\" in {}", code, catalogue_.file),
                near);
    return catalogue_.find(near);
}

void Reader::service(Section& section) {
    Service service;
    const auto code = section.code("code", kRequired);
    services_.declare(code);
    service.code = code.value;
    const ServiceWords own = read_service_words(section, "[[service]]");
    const Item* item = item_of(section.code("item", kOptional), code.value);
    if (item != nullptr) service.item = item->code;
    settle(service, own, item == nullptr ? ServiceWords{} : item->words);
    check_settled(section, service);
    service.department = section.text("department", kOptional);
    service.expected_min = section.integer("expected_min", {1, 480}, kRequired).value_or(0);
    const std::size_t index = file_.services.size();
    refer(groups_, {section.text("letter", kRequired), section.at("letter")},
          [this, index](std::string letter) { file_.services[index].letter = std::move(letter); });
    file_.services.push_back(std::move(service));
}

// What neither the service nor its item says, and what the two say against each other.
void Reader::check_settled(const Section& section, const Service& service) {
    const auto need = [&](const char* key, const std::string& value) {
        if (!value.empty() || section.has(key) || !catalogue_.whole) return;
        report_.add(section.at(), service.item.empty()
                                      ? fmt::format("[[service]] lacks `{}`", key)
                                      : fmt::format("[[service]] lacks `{}`, and so does its item "
                                                    "\"{}\"",
                                                    key, service.item));
    };
    need("name", service.name);
    need("short_name", service.short_name);
    const bool said_both = section.has("legal_days") && section.has("promised_days");
    if (!said_both && catalogue_.whole && service.legal_days > 0 &&
        service.promised_days > service.legal_days) {
        const char* key = section.has("promised_days") ? "promised_days" : "legal_days";
        report_.add(section.at(key),
                    fmt::format("with its item \"{}\" the service promises {} "
                                "working days, more than the {} that the law "
                                "allows",
                                service.item, service.promised_days, service.legal_days));
    }
}

void Reader::category(Section& section) {
    Category category;
    const auto code = section.code("code", kRequired);
    categories_.declare(code);
    category.code = code.value;
    category.name = section.text("name", kRequired);
    const auto credit = section.integer("credit_min", {0, kCreditMinMax}, kRequired);
    category.credit_min = credit.value_or(0);
    credits_.push_back(Located<int>{category.credit_min, section.at("credit_min")});
    category.min_age = section.integer("min_age", {0, 120}, kOptional);
    category.by_sight = section.flag("by_sight", false);
    file_.categories.push_back(std::move(category));
}

}  // namespace hall::config
