#include <fmt/format.h>

#include <iostream>

#include "client/hallctl/session.h"
#include "config/hall_file.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

std::string problem_json(const config::Problem& problem) {
    return fmt::format(R"({{"file":{},"line":{},"column":{},"what":{},"nearest":{}}})",
                       json_string(problem.file), problem.line, problem.column,
                       json_string(problem.what), json_string(problem.nearest));
}

int report(Session& session, const std::vector<config::Problem>& problems) {
    if (session.globals().json) {
        std::vector<std::string> list;
        list.reserve(problems.size());
        for (const auto& problem : problems) list.push_back(problem_json(problem));
        std::cout
            << fmt::format(
                   R"({{"refusal":{{"code":"config_invalid","message":{},"problems":[{}]}}}})",
                   json_string(to_string(problems.front())), fmt::join(list, ","))
            << '\n';
    }
    for (const auto& problem : problems) std::cerr << to_string(problem) << '\n';
    std::cerr << "config_invalid\n";
    return kExitRefused;
}

int check_config(Session& session, const Words& words) {
    const auto file = config::load(words.places.front());
    if (!file) return report(session, file.error());
    return session.show(
        wording::format("hallctl.config.good",
                        {{"hall", file->hall.name},
                         {"windows", std::to_string(file->windows.size())},
                         {"services", std::to_string(file->services.size())}}),
        fmt::format(R"({{"config":{{"file":{},"hall":{},"windows":{},"services":{}}}}})",
                    json_string(words.places.front()), json_string(file->hall.code),
                    file->windows.size(), file->services.size()));
}

}  // namespace

Verbs config_verbs() {
    return {{"config", "check", {"FILE"}, {}, {}, check_config}};
}

}  // namespace hall::client::hallctl
