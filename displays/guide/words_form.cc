// The words of the form: services, care, needs, and what choosing comes to.
#include <algorithm>

#include "displays/guide/guide_model.h"
#include "displays/guide/guide_words.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Need;
using protocol::Phase;
using protocol::Proxy;
using wording::format;
using wording::name_of;
using wording::name_of_language;
using wording::text;

namespace {

constexpr Need::Value kMeans[] = {Need::low_desk, Need::quiet_call, Need::writing_pad,
                                  Need::sign_video, Need::walk_along};

std::string name_of_proxy(Proxy::Value proxy) {
    return text("guide.proxy." + Proxy::Value_Name(proxy));
}

}  // namespace

void GuideModel::add_services(GuidePicture& out) const {
    for (const auto& service : view().services()) {
        Choice choice;
        choice.code = service.code();
        choice.label = service.short_name().empty() ? service.name() : service.short_name();
        choice.stopped = service.stopped();
        choice.brief = format("guide.ahead_brief", {{"count", std::to_string(service.ahead())}});
        if (service.stopped()) {
            choice.detail = text("guide.stopped");
            choice.brief = choice.detail;
        } else if (service.windows_open() == 0 && !early()) {
            choice.detail = text("guide.no_window_open");
            choice.brief = text("guide.no_window_brief");
        } else {
            choice.detail =
                place_text(service.ahead(), service.wait_low_ms(), service.wait_high_ms());
        }
        const auto at = std::find(form_.services.begin(), form_.services.end(), service.code());
        choice.on = at != form_.services.end();
        if (choice.on && form_.services.size() > 1) {
            choice.detail = format("guide.several.place",
                                   {{"place", std::to_string(at - form_.services.begin() + 1)}});
        }
        out.services.push_back(std::move(choice));
    }
    const auto used = [&](const Choice& choice) {
        const auto at = used_.find(choice.code);
        return at == used_.end() ? 0U : at->second;
    };
    std::stable_sort(out.services.begin(), out.services.end(),
                     [&](const Choice& a, const Choice& b) { return used(a) > used(b); });
    out.service_page = service_page_;
    out.several = {true, form_.several, text("guide.several"), ""};
}

void GuideModel::add_categories(GuidePicture& out) const {
    for (const auto& category : view().categories()) {
        Choice choice;
        choice.code = category.code();
        choice.label = category.name();
        choice.on = form_.categories.count(category.code()) != 0;
        const std::int64_t minutes = console::minutes_of(category.credit_ms());
        if (minutes > 0) {
            choice.detail = format("guide.credit", {{"minutes", std::to_string(minutes)}});
        }
        out.categories.push_back(std::move(choice));
    }
    const auto credit = [&](const Choice& choice) { return category(choice.code)->credit_ms(); };
    std::stable_sort(
        out.categories.begin(), out.categories.end(),
        [&](const Choice& a, const Choice& b) { return (credit(a) > 0) > (credit(b) > 0); });
    out.category_page = category_page_;
    out.by_sight = {true, form_.by_sight, text("guide.by_sight"), by_sight_disabled()};
    if (!early() || view().seats() == 0) return;
    const std::string left = std::to_string(view().seats_free());
    out.seat = {true, form_.seat, format("guide.seat", {{"count", left}}),
                view().seats_free() == 0 && !form_.seat ? text("guide.seat.none") : ""};
}

std::vector<std::string> GuideModel::needs_chosen() const {
    std::vector<std::string> out;
    if (form_.proxy != Proxy::none) out.push_back(name_of_proxy(form_.proxy));
    if (!form_.must_speak.empty()) {
        out.push_back(
            format("guide.preview.must_speak", {{"language", name_of_language(form_.must_speak)}}));
    }
    for (const std::string& tag : form_.prefers) {
        out.push_back(format("guide.preview.prefers", {{"language", name_of_language(tag)}}));
    }
    if (form_.step_free) out.push_back(text("guide.step_free"));
    for (const auto mean : form_.means) out.push_back(name_of(mean));
    return out;
}

// What a press of the button will do, short enough to be read in one look: service, place, needs.
Word GuideModel::preview(const std::vector<Choice>& services) const {
    Word out;
    auto more = needs_chosen();
    const std::size_t all = more.size();
    if (all > 2) {
        more = {format("guide.preview.needs",
                       {{"first", more.front()}, {"count", std::to_string(all)}})};
    }
    if (proxy_rule() == Proxy::in_person) more.push_back(text("guide.proxy.in_person_short"));
    for (const Choice& choice : services) {
        if (choice.code != form_.services.front()) continue;
        if (choice.stopped) {
            return {format("guide.preview.stopped", {{"service", choice.label}}), Gravity::warning};
        }
        const std::string& place = more.empty() ? choice.detail : choice.brief;
        const bool several = form_.services.size() > 1;
        out.word = several ? format("guide.preview.several",
                                    {{"count", std::to_string(form_.services.size())}})
                           : format("guide.preview", {{"service", choice.label}, {"ahead", place}});
    }
    if (!form_.visitor.empty()) more.push_back(form_.visitor);
    for (const std::string& one : more) out.word += text("guide.and") + one;
    return out;
}

void GuideModel::add_form(GuidePicture& out, std::int64_t now_ms) const {
    add_services(out);
    add_categories(out);
    const bool empty = form_ == Form{};
    const bool can_return = empty && !(cleared_ == Form{});
    out.clear_label = text(can_return ? "guide.bring_back" : "guide.clear");
    out.clear_disabled = empty && !can_return ? text("guide.nothing_to_clear") : std::string();
    out.issue_label = text(early() ? "guide.register" : "guide.issue");
    out.issue_disabled = issue_disabled(now_ms);
    const auto phase = view().head().phase();
    const bool closed = phase == Phase::closed || phase == Phase::unknown;
    if (!live()) {
        out.message = {link_reason(), Gravity::bad};
    } else if (!form_message_.word.empty()) {
        out.message = form_message_;
    } else if (slot_.slow(now_ms)) {
        out.message = {text("guide.sending"), Gravity::waiting};
    } else if (closed) {
        out.message = {closed_reason(now_ms), Gravity::warning};
    } else if (form_.services.empty()) {
        out.message = {text(early() ? "guide.early_hint" : "guide.choose_service"),
                       Gravity::waiting};
        if (!form_.visitor.empty()) {
            out.message = {format("guide.ticket_for", {{"name", form_.visitor}}), Gravity::plain};
        }
    } else {
        out.message = preview(out.services);
    }
}

void GuideModel::add_who(NeedsPicture& out) const {
    const Proxy::Value rule = proxy_rule();
    if (rule == Proxy::in_person) {
        out.who_only = text("guide.proxy.in_person");
        return;
    }
    if (rule == Proxy::letter) out.who_only = text("guide.proxy.letter_only");
    for (const auto proxy : {Proxy::none, Proxy::free, Proxy::letter}) {
        if (proxy == Proxy::free && rule == Proxy::letter) continue;
        out.who.push_back(
            {Proxy::Value_Name(proxy), name_of_proxy(proxy), "", form_.proxy == proxy});
    }
    if (form_.proxy == Proxy::none || !view().proxy_inherits()) return;
    for (const auto& category : view().categories()) {
        if (category.credit_ms() == 0) continue;
        out.principal.push_back(
            {category.code(), category.name(), "", form_.principal.count(category.code()) != 0});
    }
}

void GuideModel::add_needs(GuidePicture& out) const {
    const std::size_t count = needs_chosen().size();
    out.more_needs = {true, count > 0,
                      count == 0 ? text("guide.needs")
                                 : format("guide.needs.count", {{"count", std::to_string(count)}}),
                      ""};
    NeedsPicture& needs = out.needs;
    needs.open = sheet_ == Sheet::needs;
    if (!needs.open) return;
    for (const std::string& tag : view().languages()) {
        needs.must_speak.push_back({tag, name_of_language(tag), "", form_.must_speak == tag});
        needs.prefers.push_back({tag, name_of_language(tag), "", form_.prefers.count(tag) != 0});
    }
    add_who(needs);
    needs.means.push_back({"step_free", text("guide.step_free"), "", form_.step_free});
    for (const auto mean : kMeans) {
        needs.means.push_back(
            {Need::Value_Name(mean), name_of(mean), "", form_.means.count(mean) != 0});
    }
}

}  // namespace hall::guide
