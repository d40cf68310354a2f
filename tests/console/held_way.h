// A way that leads to no hall: what a console sends and asks is kept, and answered when a test
// says so.
#pragma once

#include <utility>
#include <vector>

#include "displays/console/way.h"

namespace hall::console {

class HeldWay final : public Way {
  public:
    void send(const Sending& sending, Done done) override {
        sent.push_back(sending);
        sent_done_ = std::move(done);
    }
    void ask(const protocol::Query& query, Done done) override {
        asked.push_back(query);
        asked_done_ = std::move(done);
    }
    void deliver() override {}

    // To the newest command, and to the newest query. REQUIRES: there is one.
    void answer(const client::Answer& answer) { sent_done_(answer); }
    void tell(const client::Answer& answer) { asked_done_(answer); }

    std::vector<Sending> sent;
    std::vector<protocol::Query> asked;

  private:
    Done sent_done_;
    Done asked_done_;
};

}  // namespace hall::console
