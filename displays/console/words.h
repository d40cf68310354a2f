// What consoles say alike: how the link is, why nothing can be done without it, what an answer
// that is no success means. Used by console models. Pure.
#pragma once

#include <string>

#include "client/command_client.h"
#include "client/view_feed.h"

namespace hall::console {

// How grave a thing is; screens give each its colour and its shape.
enum class Gravity { good, plain, waiting, warning, bad };

struct Word {
    std::string word;
    Gravity gravity = Gravity::plain;

    friend bool operator==(const Word&, const Word&) = default;
};

// 已连接, 连接中断, …
Word link_word(client::FeedState state);

// Why the buttons are off and what to do; empty while live. `heard` is the hall's clock when the
// last view came ("09:42"), empty when none has come.
std::string link_reason(client::FeedState state, const std::string& heard);

// The sentence of an answer that did not do what was asked; empty for a success. `again` names the
// button to press once more when nothing came back.
std::string answer_problem(const client::Answer& answer, const std::string& again);

}  // namespace hall::console
