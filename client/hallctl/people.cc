// What a person may ask of what the hall knows of them, by the id of a check-in, a case or a
// consultation: correct | forget | unmask.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

// The kind of id is the noun that was typed.
enum class Of { check_in, case_file, consultation };

template <class Message>
void name(Message& message, Of of, uint64_t id) {
    switch (of) {
        case Of::check_in:
            return message.set_check_in(id);
        case Of::case_file:
            return message.set_case_id(id);
        case Of::consultation:
            return message.set_consultation(id);
    }
}

template <class Message>
void fill_correction(Message& message, const Words& words) {
    protocol::Person person = person_from(words);
    const auto erase = words.many("erase");
    if (person.ByteSizeLong() == 0 && erase.empty()) {
        throw UsageError{wording::text("hallctl.usage.nothing_corrected")};
    }
    *message.mutable_person() = std::move(person);
    for (std::string field : erase) {
        std::replace(field.begin(), field.end(), '-', '_');
        message.add_erase(field);
    }
}

template <Of of>
int correct(Session& session, const Words& words) {
    protocol::Command command;
    if constexpr (of == Of::check_in) {
        command.mutable_correct_check_in()->set_check_in(id_from(words));
        fill_correction(*command.mutable_correct_check_in(), words);
    } else {
        auto& correction = *command.mutable_correct_person();
        if (of == Of::case_file) correction.set_case_id(id_from(words));
        if (of == Of::consultation) correction.set_consultation(id_from(words));
        fill_correction(correction, words);
    }
    return session.send(command);
}

template <Of of>
int forget(Session& session, const Words& words) {
    protocol::Command command;
    name(*command.mutable_forget_person(), of, id_from(words));
    return session.send(command);
}

template <Of of>
int unmask(Session& session, const Words& words) {
    protocol::Command command;
    name(*command.mutable_unmask(), of, id_from(words));
    command.mutable_unmask()->set_purpose(
        value_from<protocol::UnmaskPurpose>(words.one("purpose"), "--purpose"));
    command.mutable_unmask()->set_note(words.one("note"));
    return session.send(command);
}

template <Of of>
void add_verbs(const char* noun, Verbs& verbs) {
    using Takes = Option::Takes;
    std::vector<Option> of_correct = person_options();
    of_correct.push_back({"erase", Takes::many, "FIELD…"});
    verbs.push_back({noun, "correct", {"ID"}, of_correct, {}, correct<of>});
    verbs.push_back({noun, "forget", {"ID"}, {}, {}, forget<of>});
    verbs.push_back({noun,
                     "unmask",
                     {"ID"},
                     {{"purpose", Takes::one, choices<protocol::UnmaskPurpose>()},
                      {"note", Takes::one, "TEXT"}},
                     {"purpose"},
                     unmask<of>});
}

}  // namespace

Verbs people_verbs() {
    Verbs verbs;
    add_verbs<Of::check_in>("check-in", verbs);
    add_verbs<Of::case_file>("case", verbs);
    add_verbs<Of::consultation>("consultation", verbs);
    return verbs;
}

}  // namespace hall::client::hallctl
